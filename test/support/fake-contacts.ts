import { type ContactSheet, emptySheet, joined } from '../../domain/contact/governor.ts';
import type { CustomerRecord } from '../../domain/identity/identity.ts';
import type { Contacts } from '../../domain/ports.ts';
import { fakePersons } from './fake-customers.ts';

interface Memory {
  customers: CustomerRecord[];
  contacts: Map<string, ContactSheet>;
}

export const fakeContacts = (memory: Memory): Contacts => ({
  sheetOf: async (customerId) => {
    const person = await fakePersons(memory).person(customerId);
    const first = person?.id ?? customerId;
    const others = (person?.members ?? []).filter(({ id }) => id !== first);
    return structuredClone(
      joined(
        memory.contacts.get(first) ?? emptySheet(first),
        others.flatMap(({ id }) => memory.contacts.get(id) ?? []),
      ),
    );
  },
});
