import { describe, expect, test } from 'vitest';
import { identityHash } from '../../adapters/dynamo/keys.ts';
import { ConcurrentChange } from '../../domain/errors.ts';
import { erasedEvent, erasedMessage } from '../../domain/privacy/erased.ts';
import { advanced, beginErasure, type ErasureRequest } from '../../domain/privacy/request.ts';
import { aMail, aMessage, anEvent, at, changing, opening, triaging, ulid } from './changes.ts';
import { type Desk, onBothDesks } from './desks.ts';

onBothDesks((open) => {
  const met = async (email: string): Promise<string> => (await open().customers.byAddress(email, {}, at(0), ulid())).id;

  const begins = async (desk: Desk, id: string, when = at(1)) => {
    const person = await desk.persons.person(id);
    if (!person) throw new Error('nobody');
    const request = beginErasure({
      id: ulid(),
      customers: person.members.map((member) => member.id),
      identities: person.members.map(({ email = '' }) => identityHash({ kind: 'email', value: email })),
      by: 'agent:lina',
      at: when,
    });
    return { request, person };
  };

  describe('an erasure', () => {
    test('takes the identities of a person with it, all or none', async () => {
      const desk = open();
      const [kim, other] = [await met('kim@example.com'), await met('kim@work.example')];
      await desk.persons.link(kim, other, at(0));
      const { request, person } = await begins(desk, kim);

      await desk.requests.begin(request, person);

      expect(await desk.requests.get(request.id)).toEqual(request);
      expect(await desk.customers.find('kim@example.com')).toBeUndefined();
      expect(await desk.customers.find('kim@work.example')).toBeUndefined();
      expect(await desk.customers.find(kim)).toEqual({
        id: kim,
        locale: 'en',
        type: 'standard',
        since: at(0),
        erased: true,
        erasure: request.id,
      });
    });

    test('is refused when the person was linked with another meanwhile, and when it was begun before', async () => {
      const desk = open();
      const [kim, other] = [await met('kim@example.com'), await met('kim@work.example')];
      const early = await begins(desk, kim);
      await desk.persons.link(kim, other, at(0));

      const moved = await desk.requests.begin(early.request, early.person).catch((error: unknown) => error);
      const now = await begins(desk, kim);
      await desk.requests.begin(now.request, now.person);
      const twice = await desk.requests.begin({ ...now.request, id: ulid() }, now.person).catch((e: unknown) => e);

      expect([moved, twice]).toEqual([expect.any(ConcurrentChange), expect.any(ConcurrentChange)]);
      expect(await desk.requests.get(early.request.id)).toBeUndefined();
    });

    test('that two admins ask for at once is one', async () => {
      const desk = open();
      const kim = await met('kim@example.com');
      const [one, other] = [await begins(desk, kim), await begins(desk, kim)];

      await desk.requests.begin(one.request, one.person);
      const late = await desk.requests.begin(other.request, other.person).catch((error: unknown) => error);

      expect(late).toBeInstanceOf(ConcurrentChange);
      expect(await desk.requests.get(other.request.id)).toBeUndefined();
      expect(await desk.customers.find(kim)).toMatchObject({ erasure: one.request.id });
    });

    test('makes whoever writes from the address again somebody new, who is not asked for ratings', async () => {
      const desk = open();
      const kim = await met('kim@example.com');
      const { request, person } = await begins(desk, kim);
      await desk.requests.begin(request, person);

      const again = await met('Kim@Example.com');
      const { newcomer } = await desk.customers.meet('kim@example.com', {}, at(5), ulid());
      const stranger = await met('sam@example.com');

      expect(again).not.toBe(kim);
      expect(await desk.optOuts.has(again)).toBe(true);
      expect(newcomer).toBeUndefined();
      expect(await desk.optOuts.has(stranger)).toBe(false);
    });

    test('is remembered when the newcomer is stored with what they began', async () => {
      const desk = open();
      const { request, person } = await begins(desk, await met('kim@example.com'));
      await desk.requests.begin(request, person);

      const { customer, newcomer } = await desk.customers.meet('kim@example.com', {}, at(5), ulid());
      await desk.tickets.record({ ...opening({ customer }), ...(newcomer && { newcomer }) });

      expect(customer).toEqual({ id: customer.id, email: 'kim@example.com', locale: 'en', type: 'standard' });
      expect(await desk.optOuts.has(customer.id)).toBe(true);
      expect(await desk.customers.find('kim@example.com')).toMatchObject({ id: customer.id });
    });

    test('goes on once from where it is', async () => {
      const desk = open();
      const { request, person } = await begins(desk, await met('kim@example.com'));
      await desk.requests.begin(request, person);
      const after: ErasureRequest = advanced(request, { erased: { tickets: 3 } }, at(2));

      await desk.requests.goOn(request, after);
      const again = await desk.requests.goOn(request, after).catch((error: unknown) => error);

      expect(again).toBeInstanceOf(ConcurrentChange);
      expect(await desk.requests.get(request.id)).toEqual(after);
    });

    test('stands in the list with exports, the newest first, page by page and over the turn of a year', async () => {
      const desk = open();
      const of = async (when: string, year: string) => {
        const id = ulid();
        const noted = { kind: 'export' as const, id, customers: ['01JA'], by: 'agent:lina' as const, version: 1 };
        await desk.requests.note({ ...noted, at: `${year}${when.slice(4)}` });
        return id;
      };
      const [oldest, older, newest] = [await of(at(0), '2025'), await of(at(1), '2026'), await of(at(2), '2026')];

      const first = await desk.requests.list({ limit: 2 }, at(3));
      const second = await desk.requests.list({ limit: 2, ...(first.next && { next: first.next }) }, at(3));

      expect(first.requests.map(({ id }) => id)).toEqual([newest, older]);
      expect(second.requests.map(({ id }) => id)).toEqual([oldest]);
      expect(second.next).toBeUndefined();
    });
  });

  describe('what is held of a person', () => {
    test('is replaced in its place: a message, an event with its fact, and a category that still lists the ticket', async () => {
      const desk = open();
      const first = opening();
      await desk.tickets.record(first);
      const second = triaging(first.after, { category: 'printing' });
      await desk.tickets.record(second);
      const solved = { ...second.after, status: 'resolved' as const, resolvedAt: at(3), version: 3, updatedAt: at(3) };
      const third = changing(second.after, solved, { type: 'resolved', agent: 'ada', cause: 'Kim' });
      await desk.tickets.record(third);
      const [resolved] = third.events;
      if (resolved === undefined) throw new Error('no event');
      await desk.traces.keepFact(resolved, { channel: 'mail' });
      const left = erasedEvent(resolved);
      const [message] = await desk.tickets.messages(first.after.id);
      if (left === undefined || message === undefined) throw new Error('nothing to erase');

      await desk.data.replaceEvent(left, solved);
      await desk.data.replaceMessage(erasedMessage(message));

      const ledger = await desk.tickets.ledger(first.after.id);
      expect(JSON.stringify(ledger?.events)).not.toContain('Kim');
      expect((await desk.tickets.messages(first.after.id)).map(({ text }) => text)).toEqual(['']);
      expect((await desk.queues.ofCategory('printing', at(0), at(9), { limit: 9 })).tickets).toHaveLength(1);
    });

    test('is found where somebody wrote on a ticket of another', async () => {
      const desk = open();
      const first = opening();
      const note = aMessage(first.after, {
        direction: 'note',
        author: 'rule:x@1',
        from: 'Kim@Example.com',
        quarantined: 'x',
      });
      await desk.tickets.record({ ...first, messages: [note, aMessage(first.after)] });
      const [kim, sam] = ['kim@example.com', 'sam@example.com'].map((value) => identityHash({ kind: 'email', value }));

      const found = await desk.data.writtenBy([kim ?? '', sam ?? '']);

      expect(found.map(({ id }) => id)).toEqual([note.id]);
      await desk.data.replaceMessage(erasedMessage(note));
      expect(await desk.data.writtenBy([kim ?? ''])).toEqual([]);
    });

    test('is gone from the outbox, owed or sent, but for when a rating was asked for', async () => {
      const desk = open();
      const first = opening();
      const survey = {
        template: 'survey' as const,
        subject: 'Kim',
        survey: 'after-resolve@1',
        link: 'https://desk.example.com/s/x',
        unsubscribe: 'https://desk.example.com/u/x',
        reminder: false,
      };
      const sent = { status: 'sent' as const, sentAt: at(1) };
      const mails = [
        aMail(first.after),
        aMail(first.after, { key: 'survey#1', content: survey, ...sent }),
        aMail(first.after, { key: 'ack#sent', ...sent }),
      ];
      await desk.tickets.record({ ...first, mails });
      const keys = [...mails.map(({ key }) => key), 'survey#1', 'never#owed'];

      const counted = [await desk.data.forgetMails(keys), await desk.data.forgetMails(keys)];

      expect(counted).toEqual([3, 0]);
      expect(await desk.outbox.get('ack#sent')).toBeUndefined();
      expect(await desk.outbox.get(aMail(first.after).key)).toBeUndefined();
      expect(await desk.outbox.get('survey#1')).toMatchObject({ to: { email: '' }, sentAt: at(1) });
    });

    test('is gone beside the tickets: the line of text messages, and what they were asked', async () => {
      const desk = open();
      const customer = await met('kim@example.com');
      const first = opening();
      await desk.tickets.record({ ...first, line: { customerId: customer, ticketId: first.after.id } });
      await desk.budgets.take(customer, 'text', 3, at(0));
      await desk.optOuts.add(customer, at(0));

      await desk.data.forgetTraces(customer);

      expect(await desk.tickets.line(customer)).toBeUndefined();
      expect(await desk.customers.find(customer)).toBeDefined();
      expect(await desk.optOuts.has(customer)).toBe(true);
    });
  });

  test('an event that is none of theirs is left where it is', async () => {
    const desk = open();
    const first = opening();
    await desk.tickets.record(first);
    const strange = anEvent(first.after, { type: 'resolved', agent: 'ada' });

    const refused = await desk.data.replaceEvent(strange, first.after).catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(Error);
    expect((await desk.tickets.ledger(first.after.id))?.events).toHaveLength(1);
  });
});
