import { CustomerMadeMeanwhile, FeedbackMoved, RequestAlreadyTaken } from '../../domain/errors.ts';
import { dayOfFeedback, type Feedback, type FeedbackChange } from '../../domain/feedback/feedback.ts';
import type { Feedbacks } from '../../domain/ports.ts';
import { isKnown } from './fake-customers.ts';
import type { Memory } from './fakes.ts';

type Kept = Pick<Memory, 'feedback' | 'requests' | 'customers' | 'mails'>;

/** Throws when the feedback is not as it was decided on. */
export const refuseMoved = ({ feedback }: Pick<Memory, 'feedback'>, { before, after }: FeedbackChange): void => {
  if (feedback.get(after.id)?.version !== before?.version) throw new FeedbackMoved(after.id);
};

export const fakeFeedbacks = (memory: Kept): Feedbacks => {
  const newestFirst = (): Feedback[] =>
    structuredClone([...memory.feedback.values()].sort((a, b) => (a.id < b.id ? 1 : -1)));
  const given = (from: string, to: string) => newestFirst().filter(({ at }) => at >= from && at < to);
  return {
    keep: async ({ request, newcomer, mails = [], ...change }) => {
      refuseMoved(memory, change);
      const taken = request && memory.requests.get(request.key);
      if (taken && taken.expiresAt >= change.after.at) throw new RequestAlreadyTaken(taken.key);
      if (newcomer && isKnown(memory, newcomer)) throw new CustomerMadeMeanwhile(newcomer.id);
      memory.feedback.set(change.after.id, structuredClone(change.after));
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
