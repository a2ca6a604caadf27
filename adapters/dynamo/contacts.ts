import { emptySheet, joined } from '../../domain/contact/governor.ts';
import type { Contacts } from '../../domain/ports.ts';
import { readContacts } from './items/contacts.ts';
import { contactsKey } from './keys.ts';
import { personsIn } from './persons.ts';
import { getItem, getItems } from './read.ts';
import type { Table } from './table.ts';

/**
 * One sheet per person. What was written about their other identities before they were one counts too: it is read from
 * all of them and written to the first, so that a link made or undone later needs no move.
 */
export const contactsIn = (table: Table): Contacts => {
  const persons = personsIn(table);
  return {
    sheetOf: async (customerId) => {
      // Most people have one identity: their sheet is under way while that is found out.
      const [person, alone] = await Promise.all([persons.person(customerId), getItem(table, contactsKey(customerId))]);
      const ids = person?.members.map(({ id }) => id) ?? [];
      const items = ids.length > 1 ? await getItems(table, ids.map(contactsKey)) : alone ? [alone] : [];
      const sheets = items.map(readContacts);
      const first = person?.id ?? customerId;
      const own = sheets.find((sheet) => sheet.customerId === first) ?? emptySheet(first);
      return joined(
        own,
        sheets.filter((sheet) => sheet !== own),
      );
    },
  };
};
