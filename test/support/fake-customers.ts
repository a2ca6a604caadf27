import { identityHash } from '../../adapters/dynamo/keys.ts';
import {
  type CustomerRecord,
  comparable,
  homeOf,
  type Identity,
  identityIn,
  MOST_IDENTITIES,
} from '../../domain/identity/identity.ts';
import { maskedName } from '../../domain/masking/mask-secrets.ts';
import type { Customers, Persons } from '../../domain/ports.ts';
import type { Requester } from '../../domain/ticket/ticket.ts';

interface Memory {
  customers: CustomerRecord[];
  /** Hashes of identities that were erased, with when. */
  erased?: Map<string, string>;
  optedOut?: Map<string, string>;
}

/** Whoever was erased has no identity any more. */
const isOf = (one: CustomerRecord, identity: Identity): boolean => !one.erased && same(homeOf(one), identity);

const same = (a: Identity, b: Identity): boolean => a.kind === b.kind && comparable(a) === comparable(b);

const partOf = ({ kind, value }: Identity): Partial<Requester> => {
  if (kind === 'email') return { email: value };
  if (kind === 'phone') return { phone: value };
  const at = value.indexOf(':');
  return { handle: { network: value.slice(0, at), name: value.slice(at + 1) } };
};

const said = (seen: Partial<Requester>): Partial<Requester> => ({
  ...maskedName(seen),
  ...(seen.locale !== undefined && { localeChosen: true }),
});

/** Whether the identity of a customer has a customer. */
export const isKnown = ({ customers }: Memory, newcomer: CustomerRecord): boolean =>
  customers.some((one) => isOf(one, homeOf(newcomer)));

export const fakeCustomers = (memory: Memory): Customers => {
  const byId = (id: string) => memory.customers.find((one) => one.id === id);
  const ofIdentity = (identity: Identity) => memory.customers.find((one) => isOf(one, identity));
  const erasureOf = (identity: Identity): { erasedBefore?: string } => {
    const erasedBefore = memory.erased?.get(identityHash(identity));
    return erasedBefore === undefined ? {} : { erasedBefore };
  };
  const byIdentity: Customers['byIdentity'] = async (identity, seen, now, newId, proven = false) => {
    const written = partOf(identity);
    const found = ofIdentity(identity);
    const { erasedBefore } = erasureOf(identity);
    if (!found && erasedBefore !== undefined) memory.optedOut?.set(newId, erasedBefore);
    const customer = found ?? { locale: 'en', type: 'standard', ...said(seen), id: newId, ...written, since: now };
    if (proven) customer.provenAt ??= now;
    if (!found) memory.customers.push(customer);
    const { since, provenAt, linkedTo, links, ...requester } = structuredClone(customer);
    return { ...requester, ...said(seen), ...written };
  };
  return {
    meet: async (email, seen, now, newId) => {
      const found = ofIdentity({ kind: 'email', value: email });
      if (found) return { customer: await byIdentity({ kind: 'email', value: email }, seen, now, newId) };
      const newcomer = {
        locale: 'en',
        type: 'standard',
        ...said(seen),
        id: newId,
        email,
        since: now,
        ...erasureOf({ kind: 'email', value: email }),
      };
      const { since, erasedBefore, ...customer } = newcomer;
      return { customer, newcomer };
    },
    byIdentity,
    byAddress: (email, seen, now, newId) => byIdentity({ kind: 'email', value: email }, seen, now, newId),
    find: async (word) => {
      const identity = identityIn(word);
      return structuredClone(identity ? ofIdentity(identity) : byId(word));
    },
    prove: async (id, at) => {
      const customer = byId(id);
      if (!customer) throw new Error(`The customer ${id} is not there.`);
      customer.provenAt ??= at;
    },
  };
};

export const fakePersons = (memory: Memory): Persons => {
  const byId = (id: string | undefined) => memory.customers.find((one) => one.id === id);
  const firstOf = (id: string) => {
    const one = byId(id);
    return one?.linkedTo === undefined ? one : byId(one.linkedTo);
  };
  const membersOf = ({ links = [] }: CustomerRecord) => links.flatMap(({ id }) => byId(id) ?? []);
  return {
    person: async (id) => {
      const first = firstOf(id);
      return first && structuredClone({ id: first.id, members: [first, ...membersOf(first)] });
    },
    link: async (id, other, at) => {
      const [a, b] = [firstOf(id), firstOf(other)];
      if (!a || !b) throw new Error(`One of the customers ${id} and ${other} is not there.`);
      if (a === b) return 'linked-before';
      const [head, joining] = (a.since ?? '') <= (b.since ?? '') ? [a, b] : [b, a];
      const links = [...(head.links ?? []), { id: joining.id, since: at }, ...(joining.links ?? [])];
      if (links.length >= MOST_IDENTITIES) return 'too-many';
      for (const member of [joining, ...membersOf(joining)]) member.linkedTo = head.id;
      delete joining.links;
      head.links = links;
      return 'linked';
    },
    unlink: async (id) => {
      const leaving = byId(id);
      if (!leaving) return false;
      const head = firstOf(id);
      if (!head || (head === leaving && !leaving.links)) return false;
      const others = [head, ...membersOf(head)].filter((member) => member !== leaving);
      const links = (head.links ?? []).filter((link) => link.id !== id && link.id !== others[0]?.id);
      for (const member of [leaving, ...others]) {
        delete member.linkedTo;
        delete member.links;
      }
      const [heir, ...followers] = others;
      if (!heir) return true;
      for (const member of followers) member.linkedTo = heir.id;
      if (links.length > 0) heir.links = links;
      return true;
    },
  };
};
