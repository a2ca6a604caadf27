import { describe, expect, test } from 'vitest';
import { DAY } from '../../domain/support/time.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { ticket as deskTicket } from '../../functions/desk-api/reads.ts';
import { act, ada } from './acting.ts';
import { answered, get, incoming, JSON_ONLY, rate, rateForm, ratings, write } from './on-ticket-page.ts';
import { problemIn } from './refused.ts';
import { aDesk, aNewTicket, aRequest, parsed } from './support.ts';

describe('rating a reply', () => {
  test('is kept once with the credit of the reply, and shown to the desk beside its message', async () => {
    const { desk, id, message, token } = await answered();
    await act({ ...desk, agents: aDesk().agents }, acts.transfer, id, { to: 'advanced' });

    await rateForm(desk, token, { message, score: '2' });

    expect(ratings(desk)).toMatchObject([
      {
        message,
        agent: 'ada',
        group: 'frontline',
        tier: 1,
        ratedCycle: 1,
        score: 2,
        scale: 'four-point',
        low: true,
        edit: 0,
      },
    ]);
    const seen = parsed(await deskTicket(aRequest({ path: { id } }), ada, { ...desk, agents: aDesk().agents }));
    expect(seen).toMatchObject({ ticket: { replyRating: { n: 1, mean: 33.3, good: 0 } } });
    expect(seen).toMatchObject({
      messages: [{}, { id: message, rating: { score: 2, label: 'bad', low: true } }, ...[]],
    });
    expect(desk.memory.tickets.get(id)?.satisfaction).toBeUndefined();
  });

  test('twenty times at once is one rating', async () => {
    const { desk, message, token } = await answered();

    const answers = await Promise.all(Array.from({ length: 20 }, () => rate(desk, token, { message, score: 4 })));

    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
    expect(ratings(desk)).toHaveLength(1);
  });

  test('can be changed for a day with every edit kept, and not after it', async () => {
    const { desk, message, token } = await answered();

    await rate(desk, token, { message, score: 1 });
    desk.pass(DAY - 1);
    await rateForm(desk, token, { message, score: '4' });
    desk.pass(1);
    const late = await problemIn(rate(desk, token, { message, score: 2 }));
    const page = await rateForm(desk, token, { message, score: '2' });
    const same = await rate(desk, token, { message, score: 4 });

    expect(ratings(desk)).toMatchObject([
      { score: 1, low: true, edit: 0 },
      { score: 4, low: false, edit: 1 },
    ]);
    expect([late.status, page.statusCode, same.statusCode]).toEqual([409, 409, 200]);
    expect(page.body).toContain('can no longer be changed');
    expect((await get(desk, token, { rate: message, r: '1' })).body).not.toContain('/ratings"');
  });

  test('takes replies of persons alone, and answers of the scale alone', async () => {
    const { desk, id, message, token } = await answered();
    const [own] = incoming(desk, id);

    const refused = await Promise.all([
      problemIn(rate(desk, token, { message: own?.id ?? '', score: 4 })),
      problemIn(rate(desk, token, { message: 'nothing', score: 4 })),
      problemIn(rate(desk, token, { message, score: 5 })),
      problemIn(rate(desk, token, { message, score: 2.5 })),
      problemIn(rate(desk, token, { message, score: '4' })),
    ]);
    const form = await rateForm(desk, token, { message });

    expect(refused.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422]);
    expect(form.statusCode).toBe(422);
    expect(form.body).toContain('Please choose one of the answers.');
    expect(ratings(desk)).toEqual([]);
  });

  test('moves no message in the conversation', async () => {
    const { desk, id, message, token } = await answered();
    await write(desk, token, { body: 'After it.' });

    await rate(desk, token, { message, score: 1 });

    const seen = parsed(await get(desk, token, {}, JSON_ONLY));
    expect(seen).toMatchObject({
      messages: [{ text: 'After it.' }, { id: message }, { text: 'The password is refused.' }],
    });
    expect(incoming(desk, id)).toHaveLength(2);
  });

  test('of another ticket is not possible', async () => {
    const { desk, token } = await answered();
    const other = await aNewTicket({ ...desk, agents: aDesk().agents });
    const [message] = incoming(desk, other);

    expect((await problemIn(rate(desk, token, { message: message?.id ?? '', score: 4 }))).status).toBe(422);
  });
});
