import { CustomerMadeMeanwhile, FeedbackMoved, RequestAlreadyTaken } from '../../domain/errors.ts';
import { dayOfFeedback, type Feedback, type FeedbackChange } from '../../domain/feedback/feedback.ts';
import { type NpsAsk, type NpsAskChange, npsKey, type SheetChange } from '../../domain/feedback/nps-ask.ts';
import type { Feedbacks, NpsAsks } from '../../domain/ports.ts';
import { isKnown } from './fake-customers.ts';
import type { Memory } from './memory.ts';

type Kept = Pick<Memory, 'feedback' | 'npsAsks' | 'contacts' | 'requests' | 'customers' | 'erased' | 'mails'>;

/** Throws when the feedback is not as it was decided on. */
export const refuseMoved = (
  { feedback, npsAsks }: Pick<Memory, 'feedback' | 'npsAsks'>,
  { before, after, ask }: FeedbackChange,
): void => {
  if (feedback.get(after.id)?.version !== before?.version) throw new FeedbackMoved(after.id);
  if (ask) refuseMovedAsk({ npsAsks }, ask);
};

const refuseMovedAsk = ({ npsAsks }: Pick<Memory, 'npsAsks'>, { before, after }: NpsAskChange): void => {
  if (npsAsks.get(npsKey(after))?.version !== before?.version) throw new FeedbackMoved(npsKey(after));
};

const refuseMovedSheet = ({ contacts: sheets }: Pick<Memory, 'contacts'>, contacts: SheetChange | undefined): void => {
  if (contacts && (sheets.get(contacts.before.customerId)?.version ?? 0) !== contacts.before.version)
    throw new FeedbackMoved(contacts.before.customerId);
};

/** What a change of feedback leaves behind. */
export const applyFeedback = ({ feedback, npsAsks }: Pick<Memory, 'feedback' | 'npsAsks'>, change: FeedbackChange) => {
  feedback.set(change.after.id, structuredClone(change.after));
  if (change.ask) npsAsks.set(npsKey(change.ask.after), structuredClone(change.ask.after));
};

export const fakeFeedbacks = (memory: Kept): Feedbacks => {
  const newestFirst = (): Feedback[] =>
    structuredClone([...memory.feedback.values()].sort((a, b) => (a.id < b.id ? 1 : -1)));
  const given = (from: string, to: string) => newestFirst().filter(({ at }) => at >= from && at < to);
  return {
    keep: async ({ request, newcomer, mails = [], contacts, ...change }) => {
      refuseMoved(memory, change);
      refuseMovedSheet(memory, contacts);
      const taken = request && memory.requests.get(request.key);
      if (taken && taken.expiresAt >= change.after.at) throw new RequestAlreadyTaken(taken.key);
      if (newcomer && isKnown(memory, newcomer)) throw new CustomerMadeMeanwhile(newcomer.id);
      applyFeedback(memory, change);
      if (contacts) memory.contacts.set(contacts.after.customerId, structuredClone(contacts.after));
      if (request) memory.requests.set(request.key, structuredClone(request));
      if (newcomer) memory.customers.push(structuredClone(newcomer));
      for (const mail of mails) memory.mails.set(mail.key, structuredClone(mail));
    },
    get: async (id) => structuredClone(dayOfFeedback(id) === undefined ? undefined : memory.feedback.get(id)),
    list: async ({ from, to, kinds, limit, next }) => {
      const all = given(from, to).filter(
        ({ id, kind }) => (next === undefined || id < next) && (kinds === undefined || kinds.includes(kind)),
      );
      const last = all[limit - 1];
      return { feedback: all.slice(0, limit), ...(all.length > limit && last && { next: last.id }) };
    },
    between: async (from, to) => given(from, to).toReversed(),
    ofCustomer: async (customerId) => newestFirst().filter((each) => each.customerId === customerId),
  };
};

export const fakeNpsAsks = (memory: Pick<Memory, 'npsAsks' | 'contacts' | 'mails'>): NpsAsks => {
  const inTime = (): NpsAsk[] => structuredClone([...memory.npsAsks.values()].sort((a, b) => (a.at < b.at ? -1 : 1)));
  return {
    get: async (person, day) => structuredClone(memory.npsAsks.get(npsKey({ person, day }))),
    lastAsked: async (person) => inTime().findLast((ask) => ask.person === person && ask.status !== 'skipped')?.at,
    keep: async ({ ask, contacts, mail }) => {
      refuseMovedAsk(memory, { after: ask });
      refuseMovedSheet(memory, contacts);
      memory.npsAsks.set(npsKey(ask), structuredClone(ask));
      if (contacts) memory.contacts.set(contacts.after.customerId, structuredClone(contacts.after));
      if (mail) memory.mails.set(mail.key, structuredClone(mail));
    },
    between: async (from, to) => inTime().filter(({ at }) => at >= from && at < to),
  };
};
