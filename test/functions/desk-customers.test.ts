import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../domain/support/time.ts';
import { build } from '../../functions/desk-api/handler.ts';
import { statusOf } from './refused.ts';
import { aDesk, aNewTicket, aRequest, type Desk, held, parsed } from './support.ts';

const claims = { 'cognito:username': 'lina', 'cognito:groups': '[lead]' };

const call = (desk: Desk, route: string, over: Parameters<typeof aRequest>[0]) =>
  held(route, build(desk)(aRequest({ route, claims, ...over })));
const shown = async (desk: Desk, id: string, query: Record<string, string> = {}) =>
  Object(parsed(await call(desk, 'GET /desk/customers/{id}', { path: { id }, query })));
const unlink = async (desk: Desk, id: string, identity: unknown) =>
  Object(parsed(await call(desk, 'POST /desk/customers/{id}/unlink', { path: { id }, body: { identity } })));

/** Kim, who wrote by mail at nine and by text at ten, and is proven to be one person. */
const aLinkedDesk = async () => {
  const desk = aDesk();
  const byMail = await aNewTicket(desk);
  desk.pass(HOUR);
  const phone = { kind: 'phone', value: '+4930123456' } as const;
  const customer = await desk.customers.byIdentity(phone, {}, desk.clock.at, desk.ids.ulid(), true);
  const byText = await aNewTicket(desk, { customer, channel: 'sms' });
  const kim = await desk.customers.find('kim@example.com');
  await desk.persons.link(kim?.id ?? '', customer.id, desk.clock.at);
  return { desk, byMail, byText, mail: kim?.id ?? '', text: customer.id };
};

describe('a customer', () => {
  test.each(['kim@example.com', 'kim%40example.com', '+4930123456', '%2B4930123456'])(
    'is one from every side: %s shows all identities and all tickets, the newest first',
    async (word) => {
      const { desk, byMail, byText, mail } = await aLinkedDesk();

      const { customer, tickets } = await shown(desk, word);

      expect(customer).toMatchObject({
        id: mail,
        identities: [
          { kind: 'email', value: 'kim@example.com', proven: false },
          { kind: 'phone', value: '+4930123456', proven: true, since: expect.any(String) },
        ],
      });
      expect(tickets.map(({ id }: { id: string }) => id)).toEqual([byText, byMail]);
    },
  );

  test('has a history that is read page by page, over all identities', async () => {
    const { desk, byMail, text } = await aLinkedDesk();
    const customer = await desk.customers.byIdentity({ kind: 'phone', value: '+4930123456' }, {}, desk.clock.at, 'x');
    for (let index = 0; index < 4; index += 1) {
      desk.pass(MINUTE);
      await aNewTicket(desk, index % 2 ? {} : { customer });
    }
    const ids: string[] = [];
    let next: string | undefined;
    do {
      const page = await shown(desk, text, { limit: '2', ...(next !== undefined && { next }) });
      ids.push(...page.tickets.map(({ id }: { id: string }) => id));
      next = page.next;
    } while (next !== undefined);

    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(6);
    expect(ids.at(-1)).toBe(byMail);
  });

  test('has their ratings beside their tickets', async () => {
    const { desk, byText } = await aLinkedDesk();
    const ticket = desk.memory.tickets.get(byText);
    if (!ticket) throw new Error(byText);
    const satisfaction = {
      score: 1,
      scale: 'csat-5',
      label: 'Bad',
      low: true,
      group: 'frontline',
      tier: 1,
      cycle: 1,
    } as const;
    desk.memory.tickets.set(byText, {
      ...ticket,
      satisfaction: { ...satisfaction, survey: 'after-resolve@1', at: desk.clock.at },
    });

    expect((await shown(desk, 'kim@example.com')).ratings).toMatchObject([{ ticket: byText, score: 1, label: 'Bad' }]);
  });

  test('is listed by the tickets of all identities too', async () => {
    const { desk, byMail, byText } = await aLinkedDesk();

    const list = Object(parsed(await call(desk, 'GET /desk/tickets', { query: { customer: 'kim@example.com' } })));

    expect(list.tickets.map(({ id }: { id: string }) => id)).toEqual([byText, byMail]);
  });

  test.each(['nobody@example.com', '01JNOBODY', '+4911111111', '%E0%A4%A'])('%s is not there', async (id) => {
    const { desk } = await aLinkedDesk();

    expect(await statusOf(shown(desk, id))).toBe(404);
  });
});

describe('taking identities apart', () => {
  test.each<[string, unknown]>([
    ['its value', '+4930123456'],
    ['its kind and value', { kind: 'phone', value: '+4930123456' }],
  ])('an identity, by %s, stands alone again with what was written by it', async (_, identity) => {
    const { desk, byMail, byText, text } = await aLinkedDesk();

    const rest = await unlink(desk, 'kim@example.com', identity);

    expect(rest.tickets.map(({ id }: { id: string }) => id)).toEqual([byMail]);
    expect((await shown(desk, text)).tickets.map(({ id }: { id: string }) => id)).toEqual([byText]);
    expect(desk.memory.events.at(-1)).toMatchObject({ type: 'identity-unlinked', by: 'agent:lina', ticketId: byText });
  });

  test.each<[string, unknown, number]>([
    ['an identity of somebody else', 'other@example.com', 422],
    ['a number as an address', { kind: 'email', value: '+4930123456' }, 422],
    ['nothing', '', 422],
    ['an unknown kind', { kind: 'name', value: 'Kim' }, 422],
  ])('%s is refused', async (_, identity, status) => {
    const { desk } = await aLinkedDesk();

    expect(await statusOf(unlink(desk, 'kim@example.com', identity))).toBe(status);
    expect((await shown(desk, 'kim@example.com')).customer.identities).toHaveLength(2);
  });

  test('what stands alone cannot be taken apart', async () => {
    const { desk } = await aLinkedDesk();
    await unlink(desk, 'kim@example.com', '+4930123456');

    expect(await statusOf(unlink(desk, 'kim@example.com', 'kim@example.com'))).toBe(409);
  });
});
