import { describe, expect, test } from 'vitest';
import { ConcurrentChange } from '../../domain/errors.ts';
import { aMessage, changing, opening, triaging, ulid } from './changes.ts';
import { onBothDesks } from './desks.ts';

describe('a change of two tickets', () => {
  onBothDesks((desk) => {
    test('is stored for both or for neither', async () => {
      const { tickets } = desk();
      const [one, two] = [opening(), opening()];
      for (const change of [one, two]) await tickets.record(change);
      const [here, there] = [triaging(one.after), triaging(two.after)];
      for (const change of [here, there]) await tickets.record(change);
      const into = there.after.id;
      const part = {
        ...here.after,
        status: 'closed' as const,
        resolvedAt: here.after.updatedAt,
        closedAt: here.after.updatedAt,
        mergedInto: into,
        beforeMerge: { status: 'open' as const },
        version: 3,
      };
      const whole = {
        ...there.after,
        mergedFrom: [part.id],
        links: [{ ticket: part.id, as: 'related' as const }],
        version: 3,
      };
      const carries = [{ as: 'firstReply' as const, row: 'rest', since: part.createdAt, pausedMs: 0 }];
      const merging = {
        ...changing(here.after, part, { type: 'merged', into }),
        beside: changing(there.after, whole, { type: 'merged', from: part.id, carries }),
      };

      const outcomes = await Promise.allSettled([tickets.record(merging), tickets.record(structuredClone(merging))]);

      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: expect.any(ConcurrentChange),
      });
      expect(await tickets.ticket(part.id)).toEqual(part);
      expect(await tickets.ticket(whole.id)).toEqual(whole);
      expect((await tickets.ledger(whole.id))?.events.at(-1)).toMatchObject({ type: 'merged', from: part.id, carries });
    });

    test('that comes too late for the other ticket leaves both alone', async () => {
      const { tickets } = desk();
      const [one, two] = [opening(), opening()];
      for (const change of [one, two]) await tickets.record(change);
      const [here, there] = [triaging(one.after), triaging(two.after)];
      for (const change of [here, there]) await tickets.record(change);
      const linking = {
        ...changing(here.after, { ...here.after, version: 3 }, { type: 'linked', to: there.after.id, as: 'related' }),
        // Decided on what the other ticket was before it was triaged.
        beside: changing(
          two.after,
          { ...there.after, version: 2 },
          { type: 'linked', to: here.after.id, as: 'related' },
        ),
      };

      await expect(tickets.record(linking)).rejects.toThrow(ConcurrentChange);

      expect(await tickets.ticket(here.after.id)).toEqual(here.after);
      expect(await tickets.ticket(there.after.id)).toEqual(there.after);
    });

    test('moves a message: it is on the one, and a mark on the other', async () => {
      const { tickets } = desk();
      const [one, two] = [opening(), opening()];
      for (const change of [one, two]) await tickets.record(change);
      const message = aMessage(one.after, { id: ulid(), text: 'About something else' });
      await tickets.record({ ...triaging(one.after), messages: [message] });
      const placed = triaging(one.after).after;
      const stays = await tickets.ticket(one.after.id);
      if (!stays) throw new Error('The ticket is gone.');
      const mark = { ...message, text: '', movedTo: two.after.id };
      const moved = { ...message, ticketId: two.after.id, movedFrom: one.after.id };

      await tickets.record({
        ...changing(stays, { ...placed, version: 3 }, { type: 'message-moved', message: message.id, to: two.after.id }),
        messages: [mark],
        beside: {
          ...changing(
            two.after,
            { ...two.after, version: 2 },
            { type: 'message-moved', message: message.id, from: one.after.id },
          ),
          messages: [moved],
        },
      });

      expect(await tickets.messages(one.after.id)).toContainEqual(mark);
      expect(await tickets.messages(two.after.id)).toContainEqual(moved);
    });
  });
});
