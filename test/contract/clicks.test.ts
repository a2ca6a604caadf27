import { describe, expect, test } from 'vitest';
import { type Clicked, MOST_OPENINGS, type Opening } from '../../domain/survey/clicks.ts';
import { aMail, anId, at, opening as opens, ulid } from './changes.ts';
import { onBothDesks } from './desks.ts';

const opening = (minute: number, option: number, by: Opening['by'] = 'get'): Opening => ({
  at: at(minute),
  option,
  by,
});
const aSurvey = (): Clicked => ({ ticketId: anId(), cycle: 1, kind: 'csat' });

describe('opened links', () => {
  onBothDesks((desk) => {
    test('are kept in the order they were noted, each with how it was opened', async () => {
      const { noteClick, clicks } = desk();
      const about = aSurvey();

      await noteClick(about, opening(1, 4));
      await noteClick(about, opening(2, 0, 'head'));

      expect(await clicks.of([about])).toEqual([{ about, openings: [opening(1, 4), opening(2, 0, 'head')] }]);
    });

    test('of one survey are not those of another cycle, another kind or a reply', async () => {
      const { noteClick, clicks } = desk();
      const ticketId = anId();
      const all: Clicked[] = [
        { ticketId, cycle: 1, kind: 'csat' },
        { ticketId, cycle: 2, kind: 'csat' },
        { ticketId, cycle: 1, kind: 'follow-up' },
        { ticketId, message: ulid() },
      ];

      for (const [option, about] of all.entries()) await noteClick(about, opening(1, option));

      const found = await clicks.of([...all, aSurvey()]);
      for (const [option, about] of all.entries())
        expect(found).toContainEqual({ about, openings: [opening(1, option)] });
      expect(found).toHaveLength(4);
    });

    test('beyond the most that is noted leave no trace, however many come at once', async () => {
      const { noteClick, clicks } = desk();
      const about = aSurvey();

      await Promise.all(Array.from({ length: 3 * MOST_OPENINGS }, (_, n) => noteClick(about, opening(n % 60, n % 5))));

      const [found] = await clicks.of([about]);
      expect(found?.openings).toHaveLength(MOST_OPENINGS);
    });

    test('of more surveys than one read takes are all found', async () => {
      const { noteClick, clicks } = desk();
      const many = Array.from({ length: 130 }, aSurvey);
      await Promise.all(many.map((about, n) => noteClick(about, opening(1, n % 5))));

      expect(await clicks.of([...many, ...many])).toHaveLength(130);
    });

    test('are told from the sending of their mails, of which those not yet sent have none', async () => {
      const { tickets, outbox, clicks } = desk();
      const opened = opens();
      const [sent, owed] = [aMail(opened.after), aMail(opened.after, { key: 'reply#1' })];
      await tickets.record({ ...opened, mails: [sent, owed] });
      await outbox.settle(sent.key, { status: 'sent', messageId: 'ses-1', at: at(21) });

      expect(await clicks.sentAt([sent.key, owed.key, sent.key, 'none'])).toEqual(new Map([[sent.key, at(21)]]));
    });
  });
});
