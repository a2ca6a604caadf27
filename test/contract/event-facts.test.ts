import { describe, expect, test } from 'vitest';
import { RECOVERY_TYPES } from '../../domain/report/recovery-facts.ts';
import type { TicketEvent } from '../../domain/ticket/event.ts';
import { aFact } from '../support/report-builders.ts';
import { onBothDesks } from './desks.ts';

let count = 0;
const answered = (at: string, ticketId = 'T-7K2M9Q'): TicketEvent => ({
  id: `01J${String(++count).padStart(23, '0')}`,
  ticketId,
  at,
  by: 'customer:kim',
  reason: 'The customer answered the survey.',
  policy: '1',
  cycle: 1,
  version: 7,
  type: 'survey-answered',
  survey: 'after-resolve@1',
  kind: 'csat',
  score: 5,
  scale: 'csat-5',
  low: false,
  edit: 0,
});
const DAY = ['2026-11-23T00:00:00.000Z', '2026-11-24T00:00:00.000Z'] as const;

describe('what happened, for reports', () => {
  onBothDesks((desk) => {
    test('is found at its time, with what stood beside it, however often it was kept', async () => {
      const { traces, eventFacts } = desk();
      const event = answered('2026-11-23T08:00:00.000Z');
      const about = { channel: 'chat', category: 'payment', group: 'frontline', leftOut: 'staff' } as const;

      await traces.keepFact(event, about);
      await traces.keepFact(event, about);

      expect(await eventFacts.between(...DAY, ['survey-answered'])).toEqual([{ event, about }]);
    });

    test('keeps what the event itself is about apart from what stood beside it', async () => {
      const { traces, eventFacts } = desk();
      const { event } = aFact('remediation-opened', {
        at: '2026-11-23T08:00:00.000Z',
        ratedCycle: 1,
        score: 1,
        about: 'survey#1',
        deadline: '2026-11-24T13:00:00.000Z',
      });

      await traces.keepFact(event, { channel: 'mail' });

      expect(await eventFacts.between(...DAY, RECOVERY_TYPES)).toEqual([{ event, about: { channel: 'mail' } }]);
    });

    test('is found by its type alone, and in the period that begins with it', async () => {
      const { traces, eventFacts } = desk();
      const first = answered(DAY[0], 'T-AAAAAA');
      const next = answered(DAY[1], 'T-BBBBBB');

      await traces.keepFact(first);
      await traces.keepFact(next);

      expect(await eventFacts.between(...DAY, ['survey-answered', 'survey-sent'])).toEqual([
        { event: first, about: {} },
      ]);
      expect(await eventFacts.between(...DAY, ['survey-sent'])).toEqual([]);
    });
  });
});
