import { identityHash } from '../../adapters/dynamo/keys.ts';
import { ConcurrentChange } from '../../domain/errors.ts';
import { homeOf } from '../../domain/identity/identity.ts';
import type { PersonalData, PrivacyRequests } from '../../domain/ports.ts';
import { erasedRecord, remainsOf } from '../../domain/privacy/erased.ts';
import type { Memory } from './memory.ts';

const copy = <T>(value: T): T => structuredClone(value);

export const fakePrivacyRequests = (memory: Memory): PrivacyRequests => ({
  get: async (id) => copy(memory.privacy.get(id)),
  list: async ({ limit, next }) => {
    const rows = [...memory.privacy.values()]
      .map((request) => ({ key: `${request.at}#${request.id}`, request }))
      .filter(({ key }) => next === undefined || key < next)
      .sort((a, b) => (a.key < b.key ? 1 : -1));
    const last = rows[limit - 1];
    return {
      requests: copy(rows.slice(0, limit).map(({ request }) => request)),
      ...(rows.length > limit && last && { next: last.key }),
    };
  },
  note: async (request) => {
    memory.privacy.set(request.id, copy(request));
  },
  begin: async (request, { members }) => {
    for (const member of members) {
      const held = memory.customers.find(({ id }) => id === member.id);
      const moved = JSON.stringify([held?.linkedTo, held?.links]) !== JSON.stringify([member.linkedTo, member.links]);
      if (!held || held.erased || moved) throw new ConcurrentChange(member.id);
    }
    for (const member of members) {
      const at = memory.customers.findIndex(({ id }) => id === member.id);
      memory.customers[at] = erasedRecord(member, request.id);
      memory.erased.set(identityHash(homeOf(member)), request.at);
    }
    memory.privacy.set(request.id, copy(request));
  },
  goOn: async (before, after) => {
    if (memory.privacy.get(before.id)?.version !== before.version) throw new ConcurrentChange(before.id);
    memory.privacy.set(after.id, copy(after));
  },
});

export const fakePersonalData = (memory: Memory): PersonalData => ({
  surveysOf: async (id) => copy([...memory.surveys.values()].filter(({ ticketId }) => ticketId === id)),
  asksOf: async (customer) => copy([...memory.npsAsks.values()].filter(({ person }) => person === customer)),
  writtenBy: async (identities) =>
    copy(
      memory.messages.filter(
        ({ from }) => from !== undefined && identities.includes(identityHash({ kind: 'email', value: from })),
      ),
    ),
  sentBy: (identities, { from, receipt }) =>
    [from?.email, receipt.source].some(
      (email) => email !== undefined && identities.includes(identityHash({ kind: 'email', value: email })),
    ),
  replaceMessage: async (message) => {
    const at = memory.messages.findIndex(({ ticketId, id }) => ticketId === message.ticketId && id === message.id);
    if (at < 0) throw new Error(`The message ${message.id} is not there.`);
    memory.messages[at] = copy(message);
  },
  replaceEvent: async (event) => {
    const at = memory.events.findIndex(({ id }) => id === event.id);
    if (at < 0) throw new Error(`The event ${event.id} is not there.`);
    memory.events[at] = copy(event);
    const fact = memory.facts.get(event.id);
    if (fact) memory.facts.set(event.id, copy({ ...fact, event }));
  },
  replaceSurvey: async (before, after) => {
    const key = [after.ticketId, after.cycle, after.kind].join(' ');
    if (memory.surveys.get(key)?.version !== before.version) throw new ConcurrentChange(after.ticketId);
    memory.surveys.set(key, copy(after));
  },
  replaceAsk: async (before, after) => {
    const [key, held] =
      [...memory.npsAsks].find(([, ask]) => ask.person === after.person && ask.day === after.day) ?? [];
    if (key === undefined || held?.version !== before.version) throw new ConcurrentChange(after.person);
    memory.npsAsks.set(key, copy(after));
  },
  forgetMails: async (keys) => {
    let found = 0;
    for (const key of new Set(keys)) {
      const mail = memory.mails.get(key);
      if (!mail || ('email' in mail.to && mail.to.email === '')) continue;
      const left = remainsOf(mail);
      if (left) memory.mails.set(key, left);
      else memory.mails.delete(key);
      found += 1;
    }
    return found;
  },
  forgetParked: async (id) => {
    memory.parked.delete(id);
  },
  forgetTraces: async (customer) => {
    memory.contacts.delete(customer);
    memory.lines.delete(customer);
  },
});
