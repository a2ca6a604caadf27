import { describe, expect, test } from 'vitest';
import { FeedbackMoved, RequestAlreadyTaken } from '../../domain/errors.ts';
import { type Feedback, feedbackId } from '../../domain/feedback/feedback.ts';
import { aMail, aRequest, aTicket, at, opening, ulid } from './changes.ts';
import { onBothDesks } from './desks.ts';

const aFeedback = (over: Partial<Feedback> = {}): Feedback => ({
  id: feedbackId(over.at ?? at(0), ulid()),
  at: at(0),
  kind: 'feedback',
  survey: 'feedback@1',
  series: 'feedback',
  measure: 'csat',
  score: 3,
  scale: 'four-point',
  label: 'good',
  low: false,
  answers: { rating: '3', words: 'Quick and kind.' },
  text: 'Quick and kind.',
  locale: 'en',
  version: 1,
  ...over,
});

const week = { from: '2026-11-20T00:00:00.000Z', to: '2026-11-27T00:00:00.000Z' };

describe('feedback', () => {
  onBothDesks((desk) => {
    test('is kept with its request and its mail, and the same request again changes nothing', async () => {
      const { feedbacks, outbox } = desk();
      const [first, second, request] = [aFeedback(), aFeedback(), aRequest()];
      const mail = aMail(aTicket(), { key: `feedback#${first.id}` });
      await feedbacks.keep({ after: first, request, mails: [mail] });

      await expect(feedbacks.keep({ after: second, request })).rejects.toThrow(RequestAlreadyTaken);

      expect(await feedbacks.get(first.id)).toEqual(first);
      expect(await feedbacks.get(second.id)).toBeUndefined();
      expect(await outbox.get(mail.key)).toEqual(mail);
    });

    test('an id that is none finds nothing', async () => {
      const { feedbacks } = desk();
      await feedbacks.keep({ after: aFeedback() });

      expect(await feedbacks.get('')).toBeUndefined();
      expect(await feedbacks.get('2026-11-23')).toBeUndefined();
    });

    test('is stored with the ticket that is opened for it, or neither is', async () => {
      const { feedbacks, tickets } = desk();
      const [said, change, other] = [aFeedback({ low: true }), opening(), opening()];
      await tickets.record({ ...change, feedback: { after: { ...said, ticketId: change.after.id } } });

      const again = tickets.record({ ...other, feedback: { after: { ...said, ticketId: other.after.id } } });

      await expect(again).rejects.toThrow(FeedbackMoved);
      expect(await feedbacks.get(said.id)).toMatchObject({ ticketId: change.after.id });
      expect(await tickets.ticket(other.after.id)).toBeUndefined();
    });

    test('of two who change it at once, one does', async () => {
      const { feedbacks } = desk();
      const before = aFeedback();
      await feedbacks.keep({ after: before });

      const both = await Promise.allSettled(
        ['T-000001', 'T-000002'].map((ticketId) =>
          feedbacks.keep({ before, after: { ...before, ticketId, version: 2 } }),
        ),
      );

      expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: 'FeedbackMoved' } });
    });

    test('the list has the newest first, over days, by kind and page by page', async () => {
      const { feedbacks } = desk();
      const times = ['2026-11-21T23:59:59.999Z', '2026-11-22T00:00:00.000Z', '2026-11-23T09:00:00.000Z'];
      for (const time of times) await feedbacks.keep({ after: aFeedback({ at: time }) });
      await feedbacks.keep({ after: aFeedback({ at: '2026-11-22T12:00:00.000Z', kind: 'nps' }) });
      await feedbacks.keep({ after: aFeedback({ at: week.to }) });

      const query = { ...week, kinds: ['feedback' as const], limit: 2 };
      const first = await feedbacks.list(query);
      const second = await feedbacks.list({ ...query, ...(first.next !== undefined && { next: first.next }) });

      expect(first.feedback.map((each) => each.at)).toEqual([times[2], times[1]]);
      expect(second).toEqual({ feedback: [expect.objectContaining({ at: times[0] })] });
      expect((await feedbacks.list({ ...week, limit: 10 })).feedback).toHaveLength(4);
    });

    test('a period holds what was given from its first instant to before its last', async () => {
      const { feedbacks } = desk();
      const times = [week.from, '2026-11-23T09:00:00.000Z', '2026-11-26T23:59:59.999Z'];
      for (const time of ['2026-11-19T23:59:59.999Z', ...times, week.to])
        await feedbacks.keep({ after: aFeedback({ at: time }) });

      const given = await feedbacks.between(week.from, week.to);

      expect(given.map((each) => each.at)).toEqual(times);
    });

    test('a customer has what they gave, and nobody else’s', async () => {
      const { feedbacks } = desk();
      const mine = aFeedback({ customerId: '01JKIM' });
      for (const after of [mine, aFeedback({ customerId: '01JLEE' }), aFeedback()]) await feedbacks.keep({ after });

      expect(await feedbacks.ofCustomer('01JKIM')).toEqual([mine]);
    });
  });
});
