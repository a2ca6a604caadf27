import { comparableAddress } from '../contact/mail-address.ts';
import type { Agent } from '../policy.ts';
import type { Requester } from '../ticket/ticket.ts';
import { comparable } from './identity.ts';

/** Whether one of these identities is a colleague's, by mail address or number: the desk's own people write in too. */
export const isOfStaff = (
  identities: ReadonlyArray<Pick<Requester, 'email' | 'phone'>>,
  staff: ReadonlyArray<Pick<Agent, 'email' | 'phone'>>,
): boolean => {
  const emails = new Set(identities.flatMap(({ email }) => (email === undefined ? [] : [comparableAddress(email)])));
  const phones = new Set(identities.flatMap(({ phone }) => (phone === undefined ? [] : [phoneOf(phone)])));
  return staff.some(
    ({ email, phone }) => emails.has(comparableAddress(email)) || (phone !== undefined && phones.has(phoneOf(phone))),
  );
};

const phoneOf = (value: string): string => comparable({ kind: 'phone', value });
