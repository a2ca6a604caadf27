import { describe, expect, test } from 'vitest';
import { ConcurrentChange, LaterCycleWaits, RequestAlreadyTaken, TicketIdTaken } from '../../domain/errors.ts';
import type { Remediation } from '../../domain/remediation/remediation.ts';
import type { Survey } from '../../domain/survey/survey.ts';
import type { Happening } from '../../domain/ticket/event.ts';
import { aMail, aMessage, anId, aRequest, at, changing, opening, triaging, ulid } from './changes.ts';
import { onBothDesks } from './desks.ts';

describe('the memory of tickets', () => {
  onBothDesks((desk) => {
    test('a ticket comes back as it was recorded, with its events in order and its messages', async () => {
      const { tickets } = desk();
      const opened = opening();
      const triaged = triaging(opened.after, { assignee: 'ada', product: 'laser' });

      await tickets.record(opened);
      await tickets.record(triaged);

      const ledger = await tickets.ledger(opened.after.id);
      expect(ledger).toEqual({ ticket: triaged.after, events: [...opened.events, ...triaged.events] });
      expect(await tickets.ticket(opened.after.id)).toEqual(triaged.after);
      expect(await tickets.messages(opened.after.id)).toEqual(opened.messages);
    });

    test('what is not there is undefined', async () => {
      const { tickets } = desk();

      const found = await Promise.all([
        tickets.ticket('T-000000'),
        tickets.ledger('T-000000'),
        tickets.survey('T-000000', 1, 'csat'),
        tickets.remediation('T-000000', 1),
        tickets.wait('T-000000', 'escalation'),
        tickets.request('none'),
      ]);

      expect(found).toEqual([undefined, undefined, undefined, undefined, undefined, undefined]);
    });

    test('a new ticket cannot take the place of one that has its id', async () => {
      const { tickets } = desk();
      const first = opening();
      await tickets.record(first);

      await expect(tickets.record(opening({ id: first.after.id, subject: 'Another' }))).rejects.toThrow(TicketIdTaken);

      expect(await tickets.ticket(first.after.id)).toEqual(first.after);
    });

    test('of two changes decided on the same state one is stored, and nothing of the other', async () => {
      const { tickets } = desk();
      const opened = opening();
      await tickets.record(opened);
      const [one, two] = [
        triaging(opened.after, { group: 'frontline' }),
        triaging(opened.after, { group: 'advanced' }),
      ];

      const outcomes = await Promise.allSettled([tickets.record(one), tickets.record(two)]);

      const lost = outcomes.find(({ status }) => status === 'rejected');
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(lost).toMatchObject({ reason: { name: 'ConcurrentChange', ticketId: opened.after.id } });
      expect((await tickets.ledger(opened.after.id))?.events).toHaveLength(2);
    });

    test.each<[string, Happening]>([
      ['a reply', { type: 'replied', agent: 'ada', message: ulid() }],
      ['a recount of its promises', { type: 'promises-recounted', promises: [] }],
    ])(
      '%s of a ticket that is over is no move of the transitions: refused, whatever version it claims',
      async (_, what) => {
        const { tickets } = desk();
        const opened = opening();
        await tickets.record(opened);
        const triaged = triaging(opened.after);
        await tickets.record(triaged);
        const resolved = changing(
          triaged.after,
          { ...triaged.after, status: 'resolved' as const, resolvedAt: at(5), version: 3 },
          { type: 'resolved' },
        );
        await tickets.record(resolved);
        const pretended = { ...triaged.after, version: 3 };

        const change = changing(pretended, { ...pretended, version: 4 }, what);
        await expect(tickets.record(change)).rejects.toThrow(ConcurrentChange);

        expect(await tickets.ticket(opened.after.id)).toEqual(resolved.after);
      },
    );

    test('a request is taken once; the second is refused and makes no ticket', async () => {
      const { tickets } = desk();
      const request = aRequest();
      const first = opening({}, request);
      await tickets.record(first);
      const second = opening({}, request);

      await expect(tickets.record(second)).rejects.toThrow(RequestAlreadyTaken);

      expect(await tickets.request(request.key)).toEqual(request);
      expect(await tickets.ticket(second.after.id)).toBeUndefined();
    });

    test('twenty twins of one request make one ticket', async () => {
      const { tickets } = desk();
      const request = aRequest();
      const twins = Array.from({ length: 20 }, () => opening({}, request));

      const outcomes = await Promise.allSettled(twins.map((twin) => tickets.record(twin)));

      const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.name] : []));
      expect(lost).toEqual(Array.from({ length: 19 }, () => 'RequestAlreadyTaken'));
    });

    test('a request that is over may be taken again', async () => {
      const { tickets } = desk();
      const request = aRequest({ expiresAt: at(10) });
      await tickets.record(opening({}, request));
      const later = opening({ createdAt: at(11), updatedAt: at(11) }, { ...request, expiresAt: at(30) });

      await tickets.record(later);

      expect(await tickets.ticket(later.after.id)).toEqual(later.after);
    });

    test('the same mail is never owed twice', async () => {
      const { tickets, outbox } = desk();
      const opened = opening();
      await tickets.record(opened);
      const triaged = { ...triaging(opened.after), mails: [aMail(opened.after)] };
      await tickets.record(triaged);
      const again = {
        ...changing(triaged.after, { ...triaged.after, version: 3 }, { type: 'acknowledged', mail: 'ack' }),
        mails: [aMail(opened.after, { locale: 'de' })],
      };

      await expect(tickets.record(again)).rejects.toThrow(ConcurrentChange);

      expect((await outbox.get(`ack#${opened.after.id}`))?.locale).toBe('en');
      expect(await tickets.ticket(opened.after.id)).toEqual(triaged.after);
    });

    test('load goes up with the one who is given work, and down when it is done or taken over', async () => {
      const { tickets, team } = desk();
      const opened = opening();
      await tickets.record(opened);
      const given = triaging(opened.after, { assignee: 'ada', updatedAt: at(1) });
      await tickets.record(given);
      const taken = changing(
        given.after,
        { ...given.after, assignee: 'ben', version: 3, updatedAt: at(2) },
        { type: 'assigned', agent: 'ben', group: 'frontline' },
      );

      await tickets.record(taken);

      expect(await team.now()).toMatchObject([
        { id: 'ada', load: 0, lastAssignedAt: at(1), present: true },
        { id: 'ben', load: 1, lastAssignedAt: at(2), present: true },
      ]);
      const done = changing(
        taken.after,
        { ...taken.after, status: 'resolved' as const, resolvedAt: at(3), version: 4 },
        { type: 'resolved' },
      );
      await tickets.record(done);
      expect((await team.now()).map(({ load }) => load)).toEqual([0, 0]);
    });

    test('a survey is issued once, and changed only as it was read', async () => {
      const { tickets } = desk();
      const { ticket, next } = await aPlacedTicket(desk());
      const asked: Survey = {
        ticketId: ticket.id,
        cycle: 1,
        kind: 'csat',
        survey: 'after-resolve@1',
        credit: { agent: 'ada', group: 'frontline', tier: 1, rule: 'last-reply' },
        customer: { id: '01JCUSTOMER', locale: 'en' },
        issuedAt: at(3),
        version: 1,
        status: 'asked',
        expiresAt: at(50),
        mail: 'survey#1',
      };
      await tickets.record({ ...(await next()), survey: { after: asked } });

      const twice = { ...(await next()), survey: { after: asked } };
      await expect(tickets.record(twice)).rejects.toThrow(ConcurrentChange);
      const cancelled: Survey = { ...asked, status: 'cancelled', why: 'reopened', version: 2 };
      await tickets.record({ ...(await next()), survey: { before: asked, after: cancelled } });
      const stale = {
        ...(await next()),
        survey: { before: asked, after: { ...asked, version: 2, remindedAt: at(9) } },
      };
      await expect(tickets.record(stale)).rejects.toThrow(ConcurrentChange);

      expect(await tickets.survey(ticket.id, 1, 'csat')).toEqual(cancelled);
    });

    test('an answered survey keeps its answer and the ones before it', async () => {
      const { tickets } = desk();
      const { ticket, next } = await aPlacedTicket(desk());
      const answer = {
        at: at(4),
        score: 1,
        scale: 'csat-5',
        label: 'bad',
        low: true,
        answers: { score: '1', why: '=1' },
      };
      const answered: Survey = {
        ticketId: ticket.id,
        cycle: 1,
        kind: 'follow-up',
        survey: 'follow-up@2',
        credit: { group: 'frontline', tier: 1, rule: 'last-reply' },
        customer: { id: '01JCUSTOMER', locale: 'fa' },
        issuedAt: at(3),
        version: 3,
        status: 'answered',
        expiresAt: at(50),
        mail: 'survey#1',
        answer,
        earlier: [{ ...answer, score: 2 }],
      };

      await tickets.record({ ...(await next()), survey: { after: answered } });

      expect(await tickets.survey(ticket.id, 1, 'follow-up')).toEqual(answered);
    });

    test('a remediation is opened once, and changed only as it was read', async () => {
      const { tickets } = desk();
      const { ticket, next } = await aPlacedTicket(desk());
      const open: Remediation = {
        ticketId: ticket.id,
        cycle: 1,
        recoveryCycle: 2,
        openedAt: at(5),
        score: 1,
        survey: 'after-resolve@1',
        deadline: at(55),
        calls: 0,
        state: 'open',
        version: 1,
      };
      await tickets.record({ ...(await next()), remediation: { after: open } });

      const twice = { ...(await next()), remediation: { after: open } };
      await expect(tickets.record(twice)).rejects.toThrow(ConcurrentChange);
      const called = { ...open, calls: 1, version: 2 };
      await tickets.record({ ...(await next()), remediation: { before: open, after: called } });
      const stale = { ...(await next()), remediation: { before: open, after: called } };
      await expect(tickets.record(stale)).rejects.toThrow(ConcurrentChange);

      expect(await tickets.remediation(ticket.id, 1)).toEqual(called);
    });

    test('a token gives way to one of the same or a later cycle, never to an earlier one', async () => {
      const { tickets } = desk();
      const { ticket, next } = await aPlacedTicket(desk());
      const wait = {
        ticketId: ticket.id,
        machine: 'survey' as const,
        cycle: 2,
        awaits: 'rating' as const,
        token: 'one',
      };
      await tickets.record({ ...(await next()), wait });
      await tickets.record({ ...(await next()), wait: { ...wait, token: 'two' } });

      const earlier = { ...(await next()), wait: { ...wait, cycle: 1, token: 'late' } };
      await expect(tickets.record(earlier)).rejects.toThrow(LaterCycleWaits);

      expect(await tickets.wait(ticket.id, 'survey')).toEqual({ ...wait, token: 'two' });
    });

    test('a token that has served is forgotten, but not the one that took its place', async () => {
      const { tickets, traces } = desk();
      const { ticket, next } = await aPlacedTicket(desk());
      const wait = {
        ticketId: ticket.id,
        machine: 'survey' as const,
        cycle: 1,
        awaits: 'rating' as const,
        token: 'one',
      };
      await tickets.record({ ...(await next()), wait });

      await traces.forget({ ...wait, token: 'another' });
      const kept = await tickets.wait(ticket.id, 'survey');
      await traces.forget(wait);

      expect(kept).toEqual(wait);
      expect(await tickets.wait(ticket.id, 'survey')).toBeUndefined();
    });

    test('messages come back in the order they were written', async () => {
      const { tickets } = desk();
      const { ticket, next } = await aPlacedTicket(desk());
      const note = aMessage(ticket, { direction: 'note', author: 'agent:ada', text: '<b>&', quarantined: 'stranger' });

      await tickets.record({ ...(await next()), messages: [note] });

      const messages = await tickets.messages(ticket.id);
      expect(messages).toHaveLength(2);
      expect(messages[1]).toEqual(note);
    });

    /** A ticket in its queue, and changes that each go one version on from what is stored. */
    const aPlacedTicket = async ({ tickets }: ReturnType<typeof desk>) => {
      const opened = opening({ id: anId() });
      const triaged = triaging(opened.after);
      await tickets.record(opened);
      await tickets.record(triaged);
      const next = async () => {
        const before = (await tickets.ticket(opened.after.id)) ?? triaged.after;
        const after = { ...before, version: before.version + 1 };
        return changing(before, after, { type: 'needs-human', machine: 'm', error: 'e' });
      };
      return { ticket: triaged.after, next };
    };
  });
});
