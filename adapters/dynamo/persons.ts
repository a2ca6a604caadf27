import { marshall } from '@aws-sdk/util-dynamodb';
import { ConcurrentChange } from '../../domain/errors.ts';
import { type CustomerRecord, type LinkedCustomer, MOST_IDENTITIES } from '../../domain/identity/identity.ts';
import type { Persons } from '../../domain/ports.ts';
import { customerById } from './customers.ts';
import { keyOf } from './item.ts';
import { readCustomer } from './items/customer.ts';
import { customerKey } from './keys.ts';
import { getItems } from './read.ts';
import type { Table } from './table.ts';
import { type GuardedWrite, transact } from './transact.ts';

/**
 * Who is one person with whom. Every change is one transaction over all customers it touches, each guarded by what was
 * read of it: two links at once cannot leave somebody in two persons, the loser throws `ConcurrentChange`.
 */
export const personsIn = (table: Table): Persons => {
  const byId = customerById(table);
  const firstOf = async (id: string): Promise<CustomerRecord | undefined> => {
    const customer = await byId(id);
    return customer?.linkedTo === undefined ? customer : byId(customer.linkedTo);
  };

  /** Where a customer stands in its person: a list of others, the name of the first, or neither. */
  const place = (before: CustomerRecord, after: { linkedTo?: string; links?: LinkedCustomer[] }): GuardedWrite => {
    const guards = [
      before.linkedTo === undefined ? 'attribute_not_exists(linkedTo)' : 'linkedTo = :was',
      before.links === undefined ? 'attribute_not_exists(links)' : 'links = :were',
    ];
    const sets = Object.entries({ linkedTo: after.linkedTo, links: after.links });
    const set = sets.flatMap(([name, value]) => (value === undefined ? [] : [`${name} = :${name}`]));
    const remove = sets.flatMap(([name, value]) => (value === undefined ? [name] : []));
    return {
      write: {
        Update: {
          TableName: table.name,
          Key: keyOf(customerKey(before.id)),
          UpdateExpression: [
            ...(set.length > 0 ? [`SET ${set.join(', ')}`] : []),
            ...(remove.length > 0 ? [`REMOVE ${remove.join(', ')}`] : []),
          ].join(' '),
          ConditionExpression: ['attribute_exists(PK)', ...guards].join(' AND '),
          ...valuesOf({
            ':was': before.linkedTo,
            ':were': before.links,
            ':linkedTo': after.linkedTo,
            ':links': after.links,
          }),
        },
      },
      refusal: (cause) => new ConcurrentChange(before.id, { cause }),
    };
  };

  const membersOf = async ({ links = [] }: CustomerRecord): Promise<CustomerRecord[]> => {
    const found = new Map(
      (
        await getItems(
          table,
          links.map(({ id }) => customerKey(id)),
        )
      )
        .map(readCustomer)
        .map((one) => [one.id, one]),
    );
    return links.flatMap(({ id }) => found.get(id) ?? []);
  };

  return {
    person: async (id) => {
      const first = await firstOf(id);
      return first && { id: first.id, members: [first, ...(await membersOf(first))] };
    },

    link: async (id, other, at) => {
      const [first, second] = await Promise.all([firstOf(id), firstOf(other)]);
      if (!first || !second) throw new Error(`One of the customers ${id} and ${other} is not there.`);
      if (first.id === second.id) return 'linked-before';
      // Who came first holds the list.
      const [head, joining] = (first.since ?? '') <= (second.since ?? '') ? [first, second] : [second, first];
      const links = [...(head.links ?? []), { id: joining.id, since: at }, ...(joining.links ?? [])];
      if (links.length >= MOST_IDENTITIES) return 'too-many';
      const moved = await membersOf(joining);
      await transact(table, [
        place(head, { links }),
        place(joining, { linkedTo: head.id }),
        ...moved.map((member) => place(member, { linkedTo: head.id })),
      ]);
      return 'linked';
    },

    unlink: async (id) => {
      const leaving = await byId(id);
      if (!leaving) return false;
      if (leaving.linkedTo !== undefined) {
        const first = await byId(leaving.linkedTo);
        if (!first) throw new Error(`The customer ${leaving.linkedTo} is not there.`);
        const links = (first.links ?? []).filter((link) => link.id !== id);
        await transact(table, [place(first, links.length > 0 ? { links } : {}), place(leaving, {})]);
        return true;
      }
      const [heir, ...others] = await membersOf(leaving);
      if (!heir) return false;
      const links = (leaving.links ?? []).filter((link) => link.id !== heir.id);
      await transact(table, [
        place(leaving, {}),
        place(heir, links.length > 0 ? { links } : {}),
        ...others.map((member) => place(member, { linkedTo: heir.id })),
      ]);
      return true;
    },
  };
};

const valuesOf = (values: Record<string, unknown>) => {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  return Object.keys(given).length === 0 ? {} : { ExpressionAttributeValues: marshall(given) };
};
