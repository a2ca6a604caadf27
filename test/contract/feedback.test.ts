import { describe, expect, test } from 'vitest';
import { emptySheet } from '../../domain/contact/governor.ts';
import { FeedbackMoved, RequestAlreadyTaken } from '../../domain/errors.ts';
import { type Feedback, feedbackId } from '../../domain/feedback/feedback.ts';
import type { NpsAsk } from '../../domain/feedback/nps-ask.ts';
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

const anAsk = (over: Partial<Extract<NpsAsk, { status: 'asked' }>> = {}): NpsAsk & { status: 'asked' } => ({
  person: '01JKIM',
  day: '2026-11-23',
  at: at(0),
  version: 1,
  status: 'asked',
  survey: 'nps@1',
  customer: { id: '01JKIM', email: 'kim@example.com', locale: 'en', type: 'standard' },
  expiresAt: at(59),
  mail: 'nps#01JKIM#2026-11-23',
  ...over,
});
const anAnswer = { at: at(1), score: 3, scale: 'likelihood', label: '3', low: true, answers: { recommend: '3' } };
const aSheet = { before: emptySheet('01JKIM'), after: { ...emptySheet('01JKIM'), version: 1 } };

describe('asks whether somebody would recommend the desk', () => {
  onBothDesks((desk) => {
    test('a person is asked, or passed over, once for a day, with one mail and one sheet', async () => {
      const { npsAsks, outbox, contacts } = desk();
      const { ticketId: _, ...mail } = aMail(aTicket(), { key: 'nps#01JKIM#2026-11-23' });
      await npsAsks.keep({ ask: anAsk(), contacts: aSheet, mail });

      const again = npsAsks.keep({
        ask: { person: '01JKIM', day: '2026-11-23', at: at(3), version: 1, status: 'skipped', why: 'ask-open' },
      });

      await expect(again).rejects.toThrow(FeedbackMoved);
      expect(await npsAsks.get('01JKIM', '2026-11-23')).toEqual(anAsk());
      expect(await npsAsks.get('01JKIM', '2026-11-24')).toBeUndefined();
      expect(await outbox.get(mail.key)).toEqual(mail);
      expect(await contacts.sheetOf('01JKIM')).toMatchObject({ version: 1 });
    });

    test('nobody is asked on a sheet that has moved', async () => {
      const { npsAsks, outbox } = desk();
      await npsAsks.keep({ ask: anAsk({ day: '2026-11-22' }), contacts: aSheet });
      const mail = aMail(aTicket(), { key: 'nps#01JKIM#2026-11-23' });

      const stale = npsAsks.keep({ ask: anAsk(), contacts: aSheet, mail });

      await expect(stale).rejects.toThrow(FeedbackMoved);
      expect(await npsAsks.get('01JKIM', '2026-11-23')).toBeUndefined();
      expect(await outbox.get(mail.key)).toBeUndefined();
    });

    test('the last time they were asked is known, and being passed over is none', async () => {
      const { npsAsks } = desk();
      const skipped = { person: '01JKIM', day: '2026-11-24', at: at(9), version: 1 };
      await npsAsks.keep({ ask: anAsk({ day: '2026-08-25', at: '2026-08-25T09:00:00.000Z' }) });
      await npsAsks.keep({ ask: anAsk({ at: at(5) }) });
      await npsAsks.keep({ ask: { ...skipped, status: 'skipped', why: 'asked-lately' } });

      expect(await npsAsks.lastAsked('01JKIM')).toBe(at(5));
      expect(await npsAsks.lastAsked('01JLEE')).toBeUndefined();
    });

    test('an answer and its feedback are stored together, each once', async () => {
      const { npsAsks, feedbacks, tickets } = desk();
      await npsAsks.keep({ ask: anAsk() });
      const given = aFeedback({ kind: 'nps', customerId: '01JKIM' });
      const after: NpsAsk = {
        ...anAsk(),
        status: 'answered',
        feedback: given.id,
        answer: anAnswer,
        earlier: [],
        version: 2,
      };
      const ask = { before: anAsk(), after };
      await feedbacks.keep({ after: given, ask, contacts: aSheet });

      const other = aFeedback({ kind: 'nps' });
      const [again, ticket] = [feedbacks.keep({ after: other, ask }), opening()];

      await expect(again).rejects.toThrow(FeedbackMoved);
      await expect(tickets.record({ ...ticket, feedback: { after: other, ask } })).rejects.toThrow(FeedbackMoved);
      expect(await npsAsks.get('01JKIM', '2026-11-23')).toEqual(after);
      expect(await feedbacks.get(other.id)).toBeUndefined();
      expect(await tickets.ticket(ticket.after.id)).toBeUndefined();
    });

    test('a period holds all who were due in it, over months', async () => {
      const { npsAsks } = desk();
      const times = ['2026-10-31T23:59:59.999Z', '2026-11-01T00:00:00.000Z', '2026-11-23T09:00:00.000Z'];
      for (const [index, time] of times.entries())
        await npsAsks.keep({ ask: anAsk({ person: `01J${index}`, at: time }) });

      const found = await npsAsks.between('2026-10-31T00:00:00.000Z', '2026-11-23T09:00:00.000Z');

      expect(found.map((ask) => ask.at)).toEqual(times.slice(0, 2));
    });
  });
});
