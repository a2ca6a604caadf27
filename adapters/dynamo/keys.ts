import { createHash } from 'node:crypto';
import { comparableAddress } from '../../domain/contact/mail-address.ts';
import { comparable, type Identity } from '../../domain/identity/identity.ts';
import type { Clicked } from '../../domain/survey/clicks.ts';
import type { SurveyKind } from '../../domain/ticket/event.ts';
import type { WaitingMachine } from '../../domain/ticket/wait.ts';

/**
 * Every key of the table, and the only place that joins strings with `#`. A question that is not listed does not exist;
 * nothing is ever scanned.
 *
 * | question                                              | index  | key                                                   |
 * |-------------------------------------------------------|--------|-------------------------------------------------------|
 * | a ticket                                              | table  | `TICKET#T-7K2M9Q`, `TICKET`                           |
 * | what happened to it; its conversation                 | table  | `TICKET#T-7K2M9Q`, begins with `EVENT#`, `MESSAGE#`   |
 * | the survey and the remediation of a cycle             | table  | `TICKET#T-7K2M9Q`, `SURVEY#1#csat`, `REMEDIATION#1`   |
 * | when the link of a survey ends (removed by TTL)       | table  | `TICKET#T-7K2M9Q`, `LINK#1#csat`                      |
 * | which links of a survey or a reply were opened        | table  | `CLICKS#T-7K2M9Q#1#csat`, `CLICKS#T-7K2M9Q#01J…#reply`; `CLICKS` |
 * | the task token of a waiting state                     | table  | `TICKET#T-7K2M9Q`, `WAIT#escalation`                  |
 * | a customer; the customer of an address, number or handle | table | `CUSTOMER#01J…`, `CUSTOMER`; `ADDRESS#9f86…`, `ADDRESS` |
 * | whether an address must not be written to             | table  | `ADDRESS#9f86…`, `SUPPRESSION`                        |
 * | whether somebody of this identity was erased; with whose it is now, at once | table | `ADDRESS#9f86…`, `ERASED`; `ADDRESS#9f86…` |
 * | whether a customer does not want to be asked for ratings | table | `CUSTOMER#01J…`, `OPT-OUT`                          |
 * | the ticket that a customer's text messages belong to  | table  | `CUSTOMER#01J…`, `LINE`                               |
 * | what a customer was written and brought on a day      | table  | `CUSTOMER#01J…`, `CONTACT#2026-11-22`                 |
 * | what a person was asked lately, and what was put right for them | table | `CUSTOMER#01J…`, `CONTACTS`         |
 * | whether a number wants no text messages               | table  | `ADDRESS#9f86…`, `TEXT-OPT-OUT`                       |
 * | presence and load of an agent                         | table  | `AGENT#ada`, `AGENT`                                  |
 * | who waits in a group without an owner, in working order | table | `WAITING#frontline`, begins with `WAITING#`       |
 * | what came in a category lately, and its outage        | table  | `OUTAGE#payment`, `OUTAGE`                            |
 * | the newest classifier of categories                   | table  | `MODEL#category`, the last that begins with `MODEL#`  |
 * | which version of the policy open tickets are counted by | table | `POLICY`, `CARRIED`                              |
 * | a mail owed, being sent, sent                         | table  | `MAIL#ack#T-7K2M9Q`, `MAIL`                           |
 * | the mail that SES sent under an id                    | table  | `SENT#0100018f…`, `SENT`                              |
 * | a mail that made no ticket                            | table  | `PARKED#5f…`, `PARKED`                                |
 * | mails that made no ticket, newest first               | lookup | `PARKED#2026-11`, `2026-11-22T09:00:00.000Z#5f…`      |
 * | what one sender caused within an hour or a day        | table  | `CAP#tickets#9f86…#2026-11-22`, `CAP`                 |
 * | whether a request was taken before                    | table  | `REQUEST#http#5f…`, `REQUEST`                         |
 * | the facts of a day, for reports                       | table  | `FACTS#2026-11-22#3`, `2026-11-22T09:00:00.000Z#T-7K2M9Q#01J…` |
 * | promises begun, decided or due on a day, for reports  | table  | `FACTS#2026-11-22#3`, `2026-11-22T09:00:00.000Z#T-7K2M9Q#1.firstReply.…` |
 * | what people said of the desk on a day                 | table  | `FEEDBACK#2026-11-22`, `2026-11-22.01J…`              |
 * | what a customer said of the desk, newest first        | lookup | `SAID#01J…`, `2026-11-22.01J…`                        |
 * | when a person was due to be asked to recommend the desk | table | `CUSTOMER#01J…`, `NPS#2026-11-22`                     |
 * | who was asked to recommend the desk in a month        | lookup | `NPS#2026-11`, `2026-11-22T09:00:00.000Z#01J…`        |
 * | how often articles were read in a month               | table  | `READS#2026-11`, `2026-11-22#payment-failed#de`       |
 * | what was searched for in vain in a month              | table  | `MISSES#2026-11`, `de#ratenzahlung`                   |
 * | what a group works on next, unhappy customers first   | queue  | `QUEUE#frontline#3`, `0#2026-11-22T09:00:00.000Z#T-7K2M9Q` |
 * | tickets whose intake has not ended                    | queue  | `QUEUE#untriaged#3`, as above                         |
 * | tickets of a group at which nobody has looked in time | queue  | `QUEUE#frontline#3`, all of it                        |
 * | a customer's tickets, newest first                    | lookup | `CUSTOMER#01J…`, `2026-11-22T09:00:00.000Z#T-7K2M9Q`  |
 * | what somebody wrote on tickets of others              | lookup | `WROTE#9f86…`, `2026-11-22T09:00:00.000Z#T-7K2M9Q`    |
 * | what was asked of the desk about a person's data      | table  | `PRIVACY#01J…`, `PRIVACY`                             |
 * | the same in a year                                    | lookup | `PRIVACY#2026`, `2026-11-22T09:00:00.000Z#01J…`       |
 * | a category's tickets between two instants             | lookup | `CATEGORY#billing#2026-11`, as above (on the event `triaged`) |
 */
export interface Key {
  PK: string;
  SK: string;
}

const join = (...parts: Array<string | number>): string => parts.join('#');

/** `ticketKey('T-7K2M9Q')` → PK `TICKET#T-7K2M9Q`, SK `TICKET` */
export const ticketKey = (id: string): Key => ({ PK: join('TICKET', id), SK: 'TICKET' });
/** `messageKey('T-7K2M9Q', '01J…')` → SK `MESSAGE#01J…` */
export const messageKey = (id: string, message: string): Key => ({ ...ticketKey(id), SK: join('MESSAGE', message) });
/** `eventKey('T-7K2M9Q', '01J…')` → SK `EVENT#01J…` */
export const eventKey = (id: string, event: string): Key => ({ ...ticketKey(id), SK: join('EVENT', event) });
/** `waitKey('T-7K2M9Q', 'escalation')` → SK `WAIT#escalation` */
export const waitKey = (id: string, machine: WaitingMachine): Key => ({ ...ticketKey(id), SK: join('WAIT', machine) });
/** `surveyKey('T-7K2M9Q', 1, 'csat')` → SK `SURVEY#1#csat` */
export const surveyKey = (id: string, cycle: number, kind: SurveyKind): Key => ({
  ...ticketKey(id),
  SK: join('SURVEY', cycle, kind),
});
/** `surveyLinkKey('T-7K2M9Q', 1, 'csat')` → SK `LINK#1#csat` */
export const surveyLinkKey = (id: string, cycle: number, kind: SurveyKind): Key => ({
  ...ticketKey(id),
  SK: join('LINK', cycle, kind),
});
/**
 * `clicksKey({ ticketId: 'T-7K2M9Q', cycle: 1, kind: 'csat' })` → PK `CLICKS#T-7K2M9Q#1#csat`, SK `CLICKS`. A partition of
 * its own: who may write there can touch nothing else.
 */
export const clicksKey = (about: Clicked): Key => ({
  PK:
    'message' in about
      ? join('CLICKS', about.ticketId, about.message, 'reply')
      : join('CLICKS', about.ticketId, about.cycle, about.kind),
  SK: 'CLICKS',
});
/** `remediationKey('T-7K2M9Q', 1)` → SK `REMEDIATION#1` */
export const remediationKey = (id: string, cycle: number): Key => ({
  ...ticketKey(id),
  SK: join('REMEDIATION', cycle),
});
/** `customerKey('01J…')` → PK `CUSTOMER#01J…`, SK `CUSTOMER` */
export const customerKey = (id: string): Key => ({ PK: join('CUSTOMER', id), SK: 'CUSTOMER' });
/** `addressKey('Kim@Example.com')` → PK `ADDRESS#<SHA-256 of kim@example.com>`, SK `ADDRESS` */
export const addressKey = (email: string): Key => ({ PK: join('ADDRESS', hashOf(email)), SK: 'ADDRESS' });
/** `identityKey({ kind: 'phone', value: '+4930123456' })` → PK `ADDRESS#<SHA-256 of tel:+4930123456>`, SK `ADDRESS` */
export const identityKey = (identity: Identity): Key =>
  identity.kind === 'email'
    ? addressKey(identity.value)
    : {
        PK: join('ADDRESS', sha256(`${identity.kind === 'phone' ? 'tel' : 'handle'}:${comparable(identity)}`)),
        SK: 'ADDRESS',
      };
/** `suppressionKey('Kim@Example.com')` → PK `ADDRESS#<SHA-256 of kim@example.com>`, SK `SUPPRESSION` */
export const suppressionKey = (email: string): Key => ({ ...addressKey(email), SK: 'SUPPRESSION' });
/** `erasedKey({ kind: 'email', value: 'kim@example.com' })` → PK `ADDRESS#<SHA-256 of kim@example.com>`, SK `ERASED` */
export const erasedKey = (identity: Identity): Key => ({ ...identityKey(identity), SK: 'ERASED' });
/** `identityHash({ kind: 'email', value: 'kim@example.com' })` → the SHA-256 under which it is kept */
export const identityHash = (identity: Identity): string => identityKey(identity).PK.slice('ADDRESS#'.length);
/** `privacyKey('01J…')` → PK `PRIVACY#01J…`, SK `PRIVACY` */
export const privacyKey = (id: string): Key => ({ PK: join('PRIVACY', id), SK: 'PRIVACY' });
/** `privacyPk('2026-11-22T09:00:00.000Z')` → `PRIVACY#2026` */
export const privacyPk = (at: string): string => join('PRIVACY', at.slice(0, 4));
/** `wrotePk('9f86…')` → `WROTE#9f86…` */
export const wrotePk = (hash: string): string => join('WROTE', hash);
/** `optOutKey('01J…')` → PK `CUSTOMER#01J…`, SK `OPT-OUT` */
export const optOutKey = (customerId: string): Key => ({ ...customerKey(customerId), SK: 'OPT-OUT' });
/** `lineKey('01J…')` → PK `CUSTOMER#01J…`, SK `LINE` */
export const lineKey = (customerId: string): Key => ({ ...customerKey(customerId), SK: 'LINE' });
/** `contactKey('01J…', '2026-11-22')` → PK `CUSTOMER#01J…`, SK `CONTACT#2026-11-22` */
export const contactKey = (customerId: string, date: string): Key => ({
  ...customerKey(customerId),
  SK: join('CONTACT', date),
});
/** `contactsKey('01J…')` → PK `CUSTOMER#01J…`, SK `CONTACTS` */
export const contactsKey = (customerId: string): Key => ({ ...customerKey(customerId), SK: 'CONTACTS' });
/** `textOptOutKey('+4930123456')` → PK `ADDRESS#<SHA-256 of tel:+4930123456>`, SK `TEXT-OPT-OUT` */
export const textOptOutKey = (phone: string): Key => ({
  ...identityKey({ kind: 'phone', value: phone }),
  SK: 'TEXT-OPT-OUT',
});
/** `agentKey('ada')` → PK `AGENT#ada`, SK `AGENT` */
export const agentKey = (id: string): Key => ({ PK: join('AGENT', id), SK: 'AGENT' });
/** `waitingKey('frontline', '2#2026-11-22T09:00:00.000Z#T-7K2M9Q')` → PK `WAITING#frontline`, SK `WAITING#2#2026-…` */
export const waitingKey = (group: string, place: string): Key => ({
  PK: join('WAITING', group),
  SK: join('WAITING', place),
});
/** `outageKey('payment')` → PK `OUTAGE#payment`, SK `OUTAGE` */
export const outageKey = (category: string): Key => ({ PK: join('OUTAGE', category), SK: 'OUTAGE' });
/** `modelKey('2026-11-22T03:00:00.000Z')` → PK `MODEL#category`, SK `MODEL#2026-11-22T03:00:00.000Z` */
export const modelKey = (version: string): Key => ({ PK: join('MODEL', 'category'), SK: join('MODEL', version) });
/** PK `POLICY`, SK `CARRIED` */
export const carriedKey: Key = { PK: 'POLICY', SK: 'CARRIED' };
/** `mailKey('ack#T-7K2M9Q')` → PK `MAIL#ack#T-7K2M9Q`, SK `MAIL` */
export const mailKey = (key: string): Key => ({ PK: join('MAIL', key), SK: 'MAIL' });
/** `sentKey('0100018f…')` → PK `SENT#0100018f…`, SK `SENT` */
export const sentKey = (sesId: string): Key => ({ PK: join('SENT', sesId), SK: 'SENT' });
/** `parkedKey('5f…')` → PK `PARKED#5f…`, SK `PARKED` */
export const parkedKey = (id: string): Key => ({ PK: join('PARKED', id), SK: 'PARKED' });
/** `parkedPk('2026-11-22T09:00:00.000Z')` → `PARKED#2026-11` */
export const parkedPk = (at: string): string => join('PARKED', at.slice(0, 7));
/** `capKey('tickets', 'kim@example.com', '2026-11-22T09')` → PK `CAP#tickets#<SHA-256 of the cause>#2026-11-22T09`, SK `CAP` */
export const capKey = (cause: string, who: string, window: string): Key => ({
  PK: join('CAP', cause, sha256(who), window),
  SK: 'CAP',
});
/** `requestKey('http#5f…')` → PK `REQUEST#http#5f…`, SK `REQUEST` */
export const requestKey = (key: string): Key => ({ PK: join('REQUEST', key), SK: 'REQUEST' });
/** `factKey({ at: '2026-11-22T09:00:00.000Z', ticketId: 'T-7K2M9Q', id: '01J…' })` → PK `FACTS#2026-11-22#3` */
export const factKey = (event: { at: string; ticketId: string; id: string }): Key => ({
  PK: factPk(event.at.slice(0, 10), shardOf(event.ticketId)),
  SK: join(event.at, event.ticketId, event.id),
});

/** `npsAskKey('01J…', '2026-11-22')` → PK `CUSTOMER#01J…`, SK `NPS#2026-11-22` */
export const npsAskKey = (person: string, day: string): Key => ({ ...customerKey(person), SK: `${NPS_ASKS}${day}` });
/** `npsAsksPk('2026-11')` → `NPS#2026-11` */
export const npsAsksPk = (month: string): string => join('NPS', month);
/** `feedbackKey('2026-11-22.01J…')` → PK `FEEDBACK#2026-11-22`, SK `2026-11-22.01J…` */
export const feedbackKey = (id: string): Key => ({ PK: feedbackPk(id.slice(0, 10)), SK: id });
/** `feedbackPk('2026-11-22')` → `FEEDBACK#2026-11-22` */
export const feedbackPk = (day: string): string => join('FEEDBACK', day);
/** `saidPk('01J…')` → `SAID#01J…` */
export const saidPk = (customerId: string): string => join('SAID', customerId);

/** `articleDayKey({ slug: 'payment-failed', locale: 'de' }, '2026-11-22T09:…')` → SK `2026-11-22#payment-failed#de` */
export const articleDayKey = ({ slug, locale }: { slug: string; locale: string }, at: string): Key => ({
  PK: readsPk(at.slice(0, 7)),
  SK: join(at.slice(0, 10), slug, locale),
});
/** `missKey('ratenzahlung', 'de', '2026-11-22T09:…')` → SK `de#ratenzahlung` */
export const missKey = (query: string, locale: string, at: string): Key => ({
  PK: missesPk(at.slice(0, 7)),
  SK: join(locale, query),
});
/** `readsPk('2026-11')` → `READS#2026-11` */
export const readsPk = (month: string): string => join('READS', month);
/** `missesPk('2026-11')` → `MISSES#2026-11` */
export const missesPk = (month: string): string => join('MISSES', month);

/** `factPk('2026-11-22', 3)` → `FACTS#2026-11-22#3` */
export const factPk = (day: string, shard: number): string => join('FACTS', day, shard);

/** Writes of one group or day spread over so many partitions; reads ask them all. */
export const SHARDS = 4;
export const shards: readonly number[] = Array.from({ length: SHARDS }, (_, shard) => shard);

/** Group of the tickets that are still `new`. */
export const UNTRIAGED = 'untriaged';

export const EVENTS = 'EVENT#';
export const MESSAGES = 'MESSAGE#';
export const SURVEYS = 'SURVEY#';
export const AGENTS = 'AGENT#';
export const WAITINGS = 'WAITING#';
export const NPS_ASKS = 'NPS#';
export const MODELS = 'MODEL#';

/** `queuePk('frontline', 3)` → `QUEUE#frontline#3` */
export const queuePk = (group: string, shard: number): string => join('QUEUE', group, shard);
/** `queueSk(0, '2026-11-22T09:00:00.000Z', 'T-7K2M9Q')` → `0#2026-11-22T09:00:00.000Z#T-7K2M9Q` */
export const queueSk = (rank: number, due: string, id: string): string => join(rank, due, id);
/** `categoryPk('billing', '2026-11-22T09:00:00.000Z')` → `CATEGORY#billing#2026-11` */
export const categoryPk = (category: string, at: string): string => join('CATEGORY', category, at.slice(0, 7));
/** `lookupSk('2026-11-22T09:00:00.000Z', 'T-7K2M9Q')` → `2026-11-22T09:00:00.000Z#T-7K2M9Q` */
export const lookupSk = (createdAt: string, id: string): string => join(createdAt, id);

/** What an item is, read from its key alone. */
export type ItemKind =
  | 'ticket'
  | 'message'
  | 'event'
  | 'wait'
  | 'survey'
  | 'survey-link'
  | 'clicks'
  | 'remediation'
  | 'mail'
  | 'customer'
  | 'address'
  | 'suppression'
  | 'erased'
  | 'privacy'
  | 'opt-out'
  | 'line'
  | 'contact'
  | 'contacts'
  | 'text-opt-out'
  | 'agent'
  | 'waiting'
  | 'outage'
  | 'model'
  | 'carried'
  | 'sent'
  | 'parked'
  | 'cap'
  | 'request'
  | 'fact'
  | 'feedback'
  | 'nps-ask'
  | 'article-day'
  | 'miss';

const kinds: Record<string, ItemKind> = {
  TICKET: 'ticket',
  MESSAGE: 'message',
  EVENT: 'event',
  WAIT: 'wait',
  SURVEY: 'survey',
  LINK: 'survey-link',
  CLICKS: 'clicks',
  REMEDIATION: 'remediation',
  MAIL: 'mail',
  CUSTOMER: 'customer',
  ADDRESS: 'address',
  SUPPRESSION: 'suppression',
  ERASED: 'erased',
  PRIVACY: 'privacy',
  'OPT-OUT': 'opt-out',
  LINE: 'line',
  CONTACT: 'contact',
  CONTACTS: 'contacts',
  'TEXT-OPT-OUT': 'text-opt-out',
  AGENT: 'agent',
  WAITING: 'waiting',
  OUTAGE: 'outage',
  MODEL: 'model',
  CARRIED: 'carried',
  SENT: 'sent',
  PARKED: 'parked',
  CAP: 'cap',
  REQUEST: 'request',
  NPS: 'nps-ask',
};

/** `kindOf({ PK: 'TICKET#T-7K2M9Q', SK: 'WAIT#escalation' })` → `wait`; undefined for a key nobody here writes. */
export const kindOf = ({ PK, SK }: Key): ItemKind | undefined =>
  kindsByPartition[PK.split('#', 1)[0] ?? ''] ?? kinds[SK.split('#', 1)[0] ?? ''];

/** Where the sort key begins with a day or a language. */
const kindsByPartition: Record<string, ItemKind> = {
  FACTS: 'fact',
  FEEDBACK: 'feedback',
  READS: 'article-day',
  MISSES: 'miss',
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const hashOf = (email: string): string => sha256(comparableAddress(email));

/** The shard of a ticket: the same wherever it stands, spread evenly by its random id. */
export const shardOf = (ticketId: string): number => {
  let sum = 0;
  for (const character of ticketId) sum = (sum * 31 + character.charCodeAt(0)) >>> 0;
  return sum % SHARDS;
};
