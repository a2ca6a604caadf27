import { describe, expect, test } from 'vitest';
import { problemOf } from '../../functions/_shared/middleware.ts';
import { build } from '../../functions/receive-text/handler.ts';
import { aChannelDesk, aPost, type ChannelDesk, SECRET, secondsOf, signature } from '../support/channel-posts.ts';
import { parsed } from './support.ts';

const text = { messageId: 'm-1', from: '+49 30 123456', text: 'The payment fails.', at: '2026-11-23T07:59:00Z' };
const OTHER = 'another-channel-secret-of-more-than-32-letters';

const statusOf = async (answer: Promise<unknown>): Promise<number> => {
  const error = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error === undefined ? 201 : problemOf(error).status;
};

const post = (desk: ChannelDesk, over: Parameters<typeof aPost>[2] = {}, body: unknown = text) =>
  statusOf(build(desk)(aPost(desk, body, over)));

const opened = (desk: ChannelDesk) => desk.memory.tickets.size;

test('what the channel signed is taken', async () => {
  const desk = aChannelDesk();

  const status = await post(desk);

  expect([status, opened(desk)]).toEqual([201, 1]);
});

describe('the time of a post', () => {
  test.each([
    ['now', 0, 201],
    ['four minutes ago', -240, 201],
    ['in four minutes', 240, 201],
    ['five minutes ago', -300, 201],
    ['more than five minutes ago', -301, 401],
    ['in more than five minutes', 301, 401],
    ['ten minutes ago', -600, 401],
    ['in ten minutes', 600, 401],
    ['a year ago', -31_536_000, 401],
  ])('signed for %s', async (_, later, expected) => {
    const desk = aChannelDesk();

    const status = await post(desk, { later });

    expect([status, opened(desk)]).toEqual([expected, expected === 201 ? 1 : 0]);
  });
});

describe('a post that the channel did not sign is refused, and nobody is told why', () => {
  const now = secondsOf('2026-11-23T08:00:00.000Z');
  const raw = JSON.stringify(text);
  const right = signature(raw, now);
  test.each<[string, NonNullable<Parameters<typeof aPost>[2]>]>([
    ["another channel's secret", { key: OTHER }],
    ['no signature', { headers: { 'x-careline-signature': '' } }],
    ['a signature of another version', { headers: { 'x-careline-signature': right.replace('v1', 'v2') } }],
    ['a bare signature', { headers: { 'x-careline-signature': right.slice(3) } }],
    ['a signature cut short', { headers: { 'x-careline-signature': right.slice(0, -2) } }],
    ['a flipped bit', { headers: { 'x-careline-signature': right.replace(/.$/, (end) => (end === '0' ? '1' : '0')) } }],
    ['another time than it was signed for', { headers: { 'x-careline-timestamp': String(Number(now) + 1) } }],
    ['no time', { headers: { 'x-careline-timestamp': '' } }],
    ['two times', { headers: { 'x-careline-timestamp': `${now},${now}` } }],
    [
      'another body than was signed',
      { raw: raw.replace('fails', 'works'), headers: { 'x-careline-signature': right } },
    ],
    ['a body written otherwise', { raw: `${raw} `, headers: { 'x-careline-signature': right } }],
    ['more signatures than anybody needs', { headers: { 'x-careline-signature': Array(6).fill(right).join(',') } }],
  ])('%s', async (_, over) => {
    const desk = aChannelDesk();

    const refusal = build(desk)(aPost(desk, text, over));

    await expect(refusal).rejects.toThrow('This request is not signed as this channel signs.');
    expect([await statusOf(refusal), opened(desk)]).toEqual([401, 0]);
  });

  test.each([`+${now}`, `${now}.0`, ` ${now}`, `0${now}`, `0x${Number(now).toString(16)}`, `${now}e0`])(
    'the time "%s", though it was signed so',
    async (odd) => {
      const desk = aChannelDesk();
      const headers = { 'x-careline-timestamp': odd, 'x-careline-signature': signature(raw, odd) };

      expect(await post(desk, { headers })).toBe(401);
    },
  );

  test('a header that is not there at all', async () => {
    const desk = aChannelDesk();
    const event = aPost(desk, text);
    delete event.headers['x-careline-signature'];

    expect(await statusOf(build(desk)(event))).toBe(401);
  });

  test('an unsigned post learns nothing of what else is wrong with it', async () => {
    const desk = aChannelDesk();

    const status = await post(desk, { key: OTHER, raw: 'not JSON', headers: { 'content-type': 'text/plain' } });

    expect(status).toBe(401);
  });
});

describe('a secret that changes', () => {
  test('the secret before it is taken as well, and the new one', async () => {
    const desk = aChannelDesk();
    desk.secrets.unshift(OTHER);

    const [before, now] = [await post(desk), await post(desk, { key: OTHER }, { ...text, messageId: 'm-2' })];

    expect([before, now]).toEqual([201, 201]);
  });

  test('a sender may sign with both at once', async () => {
    const desk = aChannelDesk();
    const raw = JSON.stringify(text);
    const now = secondsOf(desk.clock.at);
    const both = `${signature(raw, now, OTHER)}, ${signature(raw, now)}`;

    expect(await post(desk, { headers: { 'x-careline-signature': both } })).toBe(201);
  });

  test('secrets are asked for again before anybody is refused', async () => {
    const desk = aChannelDesk();

    await post(desk, { key: OTHER });

    expect(desk.asked).toEqual([false, true]);
  });

  test('a secret that could be guessed is no secret', async () => {
    const desk = aChannelDesk();
    desk.secrets.splice(0, 1, 'short');

    expect(await post(desk, { key: 'short' })).toBe(500);
  });
});

describe('bad input, though signed', () => {
  test.each<[string, number, NonNullable<Parameters<typeof aPost>[2]>, unknown]>([
    ['more than 256 KB', 413, {}, { ...text, text: 'x'.repeat(256 * 1024) }],
    ['a form', 415, { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, text],
    ['not JSON', 400, { raw: '{' }, text],
    ['null', 422, {}, null],
    ['an unknown field', 422, {}, { ...text, priority: 'P1' }],
    ['a number without its country', 422, {}, { ...text, from: '030 123456' }],
    ['a name for a number', 422, {}, { ...text, from: 'Careline' }],
    ['a number that is too short', 422, {}, { ...text, from: '+491' }],
    ['an empty text', 422, {}, { ...text, text: ' \n ' }],
    ['a text of control characters', 422, {}, { ...text, text: '\u0000\u0007\u202e' }],
    ['half a character', 422, {}, { ...text, text: 'a\ud800' }],
    ['a time without a zone', 422, {}, { ...text, at: '2026-11-23T07:59:00' }],
    ['a day that is none', 422, {}, { ...text, at: '2026-02-30T07:59:00Z' }],
    ['a time before the century', 422, {}, { ...text, at: '1926-11-23T07:59:00Z' }],
    ['a time after the century', 422, {}, { ...text, at: '9999-11-23T07:59:00Z' }],
    ['a time that has not come', 422, {}, { ...text, at: '2026-11-23T08:11:00Z' }],
    ['an id of a kilometre', 422, {}, { ...text, messageId: 'x'.repeat(201) }],
  ])('%s', async (_, expected, over, body) => {
    const desk = aChannelDesk();

    const status = await post(desk, over, body);

    expect([status, opened(desk)]).toEqual([expected, 0]);
    expect(desk.memory.customers).toEqual([]);
  });

  test('what cannot be seen and turns words around is left out, what Persian is written with stays', async () => {
    const desk = aChannelDesk();

    await post(desk, {}, { ...text, text: 'abc\u202edef\u0007\r\nنمی\u200cشود' });

    expect(desk.memory.messages[0]?.text).toBe('abcdef\nنمی\u200cشود');
  });

  test('a body in base64 is the same body', async () => {
    const desk = aChannelDesk();
    const event = aPost(desk, text);
    const encoded = { ...event, body: Buffer.from(event.body ?? '').toString('base64'), isBase64Encoded: true };

    const answer = await build(desk)(encoded);

    expect(answer.statusCode).toBe(201);
    expect(parsed(answer)).toMatchObject({ ticket: { id: 'T-000001' } });
  });

  test('the secret signs bytes, also those that are no text', async () => {
    const desk = aChannelDesk();
    const event = aPost(desk, text);
    const bytes = Buffer.concat([Buffer.from(event.body ?? ''), Buffer.from([0xff])]);
    const forged = { ...event, body: bytes.toString('base64'), isBase64Encoded: true };

    expect(SECRET.length).toBeGreaterThan(31);
    expect(await statusOf(build(desk)(forged))).toBe(401);
  });
});
