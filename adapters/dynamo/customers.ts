import type { Customers } from '../../domain/ports.ts';
import type { Requester } from '../../domain/ticket/ticket.ts';
import { addressItem, customerItem, readAddress, readCustomer } from './items/customer.ts';
import { addressKey, customerKey } from './keys.ts';
import { getItem } from './read.ts';
import type { Table } from './table.ts';
import { transact } from './transact.ts';

/** What a customer is until somebody says otherwise. */
const unknown = { locale: 'en', type: 'standard' };

/** The address belongs to a customer already: somebody else made them a moment ago. */
class AddressTaken extends Error {
  override readonly name = 'AddressTaken';
}

export const customersIn = (table: Table): Customers => {
  const byId = async (id: string): Promise<Requester | undefined> => {
    const item = await getItem(table, customerKey(id));
    return item && readCustomer(item);
  };
  const ofAddress = async (email: string): Promise<Requester | undefined> => {
    const item = await getItem(table, addressKey(email));
    return item && byId(readAddress(item).customerId);
  };
  const make = (customer: Requester): Promise<void> =>
    transact(table, [
      {
        write: {
          Put: {
            TableName: table.name,
            Item: addressItem(customer.email, customer.id),
            ConditionExpression: 'attribute_not_exists(PK)',
          },
        },
        refusal: (cause) => new AddressTaken('This address has a customer.', { cause }),
      },
      { write: { Put: { TableName: table.name, Item: customerItem(customer) } } },
    ]);

  return {
    byAddress: async (email, seen, _now, newId) => {
      const known = await ofAddress(email);
      // Anybody can write in with somebody's address: what they say of themselves stands on this ticket only.
      if (known) return { ...known, ...seen, email };
      const customer: Requester = { ...unknown, ...seen, id: newId, email };
      try {
        await make(customer);
        return customer;
      } catch (error) {
        if (!(error instanceof AddressTaken)) throw error;
        const twin = await ofAddress(email);
        if (!twin) throw error;
        return { ...twin, ...seen, email };
      }
    },
    find: (emailOrId) => (emailOrId.includes('@') ? ofAddress(emailOrId) : byId(emailOrId)),
  };
};
