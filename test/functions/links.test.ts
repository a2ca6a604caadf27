import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { type Capability, type LinkKey, type Purpose, signCapability } from '../../domain/contact/capability.ts';
import { claimSubject } from '../../domain/identity/claim.ts';
import { DAY, HOUR, plus } from '../../domain/support/time.ts';
import { surveyMailKey } from '../../domain/survey/issue.ts';
import { problemOf } from '../../functions/_shared/middleware.ts';
import { build as acknowledge } from '../../functions/acknowledge-notice/handler.ts';
import { build as answerSurvey } from '../../functions/answer-survey/handler.ts';
import { build as askForRating } from '../../functions/ask-for-rating/handler.ts';
import { build as climb } from '../../functions/climb-the-ladder/handler.ts';
import { build as confirmIdentity } from '../../functions/confirm-identity/handler.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { build as rateReply } from '../../functions/rate-reply/handler.ts';
import { build as receiveAnswer } from '../../functions/receive-answer/handler.ts';
import { build as reopenTicket } from '../../functions/reopen-ticket/handler.ts';
import { build as showIdentity } from '../../functions/show-identity/handler.ts';
import { build as showNotice } from '../../functions/show-notice/handler.ts';
import { build as showSurvey } from '../../functions/show-survey/handler.ts';
import { build as showTicket } from '../../functions/show-ticket/handler.ts';
import { build as showUnsubscribe } from '../../functions/show-unsubscribe/handler.ts';
import { build as unsubscribe } from '../../functions/unsubscribe/handler.ts';
import { act } from './acting.ts';
import { aDesk, anOpenTicket, aRequest, type Desk } from './support.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
const KEY: LinkKey = { id: 'k1', secret: 'a-secret-of-more-than-32-characters' };

type Handler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;
interface Kind {
  token: string;
  purpose: Purpose;
  subject: string;
  /** What the path of this kind reaches: looking first, then doing. */
  routes: Array<(token: string) => Promise<APIGatewayProxyStructuredResultV2>>;
}

const get =
  (handler: Handler, query: Record<string, string> = {}) =>
  (token: string) =>
    handler(aRequest({ path: { token }, query, headers: { accept: 'text/html' } }));
const post = (handler: Handler, form: Record<string, string>) => (token: string) =>
  handler(aRequest({ path: { token }, raw: new URLSearchParams(form).toString(), headers: FORM }));
const partOf = (link: string): string => link.slice(link.lastIndexOf('/') + 1);

/** One ticket of each kind of link, and a real token of each. */
const linksOf = async (): Promise<{ desk: Desk; customerId: string; kinds: Record<string, Kind> }> => {
  const desk = aDesk();
  const page = { ...desk, agents: new Map<string, string>(), links: desk.links };
  const late = await anOpenTicket(desk);
  desk.pass(20 * HOUR);
  await climb(desk)({ ticketId: late, cycle: 1 });
  desk.pass(4 * HOUR);
  await climb(desk)({ ticketId: late, cycle: 1 });
  const id = await anOpenTicket(desk);
  await act(desk, acts.replies, id, { body: 'Done.', then: 'resolved', cause: 'c', solution: 's', check: 'k' });
  desk.pass(2 * HOUR);
  await askForRating(desk)({ ticketId: id, cycle: 1, token: 'token-1' });
  const { customer } = desk.memory.tickets.get(id) ?? expect.fail('no ticket');
  const mailed = desk.memory.mails.get(surveyMailKey(id, 1, 'csat', false))?.content;
  if (mailed?.template !== 'survey') return expect.fail('nobody was asked');
  const notice = [...desk.memory.mails.values()]
    .map(({ content }) => content)
    .find((content) => content.template === 'escalation');
  const reply = desk.memory.events.find(({ type }) => type === 'replied');
  const other = await desk.customers.byAddress('lee@example.com', { name: 'Lee' }, desk.clock.at, desk.ids.ulid());
  const claim = { source: customer.id, claimed: other.id, last: true };
  const now = desk.clock.at;
  const token = (purpose: Purpose, subject: string) =>
    signCapability({ purpose, subject, recipient: customer.id, expiresAt: plus(now, DAY) }, KEY);
  return {
    desk,
    customerId: customer.id,
    kinds: {
      survey: {
        token: partOf(mailed.link),
        purpose: 'survey',
        subject: `${id}#1#csat`,
        routes: [get(showSurvey(desk), { r: '5' }), post(answerSurvey(desk), { satisfaction: '1' })],
      },
      unsubscribe: {
        token: partOf(mailed.unsubscribe),
        purpose: 'unsubscribe',
        subject: customer.id,
        routes: [get(showUnsubscribe(desk)), post(unsubscribe(desk), { 'List-Unsubscribe': 'One-Click' })],
      },
      ticket: {
        token: partOf(await desk.links.ticket({ id, customer }, now)),
        purpose: 'ticket',
        subject: id,
        routes: [
          get(showTicket(page), reply?.type === 'replied' ? { rate: reply.message, r: '1' } : {}),
          post(rateReply(page), { message: reply?.type === 'replied' ? reply.message : '', score: '1' }),
          post(receiveAnswer(page), { body: 'Hello' }),
          post(reopenTicket(page), { reason: 'Again' }),
        ],
      },
      notice: {
        token: partOf((notice?.template === 'escalation' && notice.link) || expect.fail('no notice')),
        purpose: 'acknowledge',
        subject: 'any',
        routes: [get(showNotice(desk)), post(acknowledge(desk), { notice: 'seen' })],
      },
      identity: {
        token: token('identity', claimSubject(id, claim)),
        purpose: 'identity',
        subject: claimSubject(id, claim),
        routes: [get(showIdentity(desk)), post(confirmIdentity(desk), { both: 'mine' })],
      },
    },
  };
};

/** The status of an answer or of the problem that was thrown. */
const statusOf = (answer: Promise<APIGatewayProxyStructuredResultV2>): Promise<number> =>
  answer.then(
    ({ statusCode }) => statusCode ?? 200,
    (error: unknown) => problemOf(error).status,
  );

const { desk, customerId, kinds } = await linksOf();
const names = Object.keys(kinds);
const kindOf = (name: string): Kind => kinds[name] ?? expect.fail(`no link of ${name}`);

/** Every status that these tokens get on all routes of a kind, and that nothing was changed by them. */
const tried = async ({ routes }: Kind, tokens: readonly string[]): Promise<number[]> => {
  const { clicks: _, ...before } = structuredClone(desk.memory);
  const statuses = new Set<number>();
  for (const token of tokens) for (const route of routes) statuses.add(await statusOf(route(token)));
  // That a link was opened is noted by what the desk signed, before it is known whether anything is behind it.
  const { clicks, ...after } = desk.memory;
  expect(after).toEqual(before);
  return [...statuses].sort();
};

const signed = (over: Partial<Capability> & { purpose: Purpose; subject: string }, key: LinkKey = KEY): string =>
  signCapability({ recipient: customerId, expiresAt: plus(desk.clock.at, DAY), ...over }, key);

describe.each(names)('a link of %s', (name) => {
  const kind = kindOf(name);
  const bytes = Buffer.from(kind.token, 'base64url');

  test('opens its page as it was made', async () => {
    const [look] = kind.routes;
    const { clicks, ...before } = structuredClone(desk.memory);

    expect(await statusOf(look?.(kind.token) ?? expect.fail('no page'))).toBe(200);

    expect({ ...desk.memory, clicks }).toEqual({ ...before, clicks });
  });

  test('opens nothing with any bit flipped', async () => {
    const flipped = Array.from({ length: bytes.length * 8 }, (_, bit) => {
      const forged = Buffer.from(bytes);
      forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return forged.toString('base64url');
    });

    expect(await tried(kind, flipped)).toEqual([404]);
  });

  test('opens nothing when any character is another one', async () => {
    const other = [...kind.token].map((character, place) => {
      const changed = character === 'A' ? 'B' : 'A';
      return `${kind.token.slice(0, place)}${changed}${kind.token.slice(place + 1)}`;
    });

    expect(await tried(kind, other)).toEqual([404]);
  });

  test('opens nothing cut at any place, at either end, nor with anything added', async () => {
    const cut = [...kind.token].flatMap((_, place) => [kind.token.slice(0, place), kind.token.slice(place + 1)]);
    const added = ['A', '=', '==', '.', '%00', ' ', '\n', kind.token].flatMap((more) => [
      `${kind.token}${more}`,
      `${more}${kind.token}`,
    ]);

    expect(await tried(kind, [...cut, ...added])).toEqual([404]);
  });

  test('opens nothing with the bytes of another link of the same desk in its place, whatever is joined to what', async () => {
    const swapped = names
      .filter((each) => each !== name)
      .flatMap((each) => {
        const foreign = Buffer.from(kindOf(each).token, 'base64url');
        const joined = [
          Buffer.concat([foreign.subarray(0, -32), bytes.subarray(-32)]),
          Buffer.concat([bytes.subarray(0, -32), foreign.subarray(-32)]),
        ];
        return [kindOf(each).token, ...joined.map((some) => some.toString('base64url'))];
      });

    expect(await tried(kind, swapped)).toEqual([404]);
  });

  test('opens nothing when it is of another ticket, another person or another purpose, though rightly signed', async () => {
    const { purpose, subject } = kind;
    const others: Purpose[] = [
      'ticket',
      'survey',
      'unsubscribe',
      'acknowledge',
      'reply',
      'upload',
      'solved',
      'identity',
    ];

    const tokens = [
      ...others.filter((each) => each !== purpose).map((each) => signed({ purpose: each, subject })),
      ...['', 'T-000000', 'T-000000#1#csat', `${subject}#`, ` ${subject}`, subject.toLowerCase(), `${subject}0`]
        .filter((each) => each !== subject)
        .map((each) => signed({ purpose, subject: each })),
      signed({ purpose, subject, recipient: '01JSTRANGER' }),
    ];

    expect(await tried(kind, tokens)).toEqual([404]);
  });

  test('opens nothing by a key the desk does not have, by none, or by an algorithm of the sender’s choice', async () => {
    const { purpose, subject } = kind;
    const [header] = [bytes.subarray(2 + (bytes[1] ?? 0), -32)];
    const payload = header.toString('utf8');
    const jwt = (alg: string) =>
      [
        { alg, typ: 'JWT' },
        { purpose, subject, recipient: customerId },
      ]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
    const withId = (id: string) =>
      Buffer.concat([Buffer.of(1, id.length), Buffer.from(id), Buffer.from(payload), Buffer.alloc(32)]);

    expect(
      await tried(kind, [
        signed({ purpose, subject }, { id: 'k1', secret: 'another-secret-of-more-than-32-chars' }),
        signed({ purpose, subject }, { id: 'k2', secret: KEY.secret }),
        ...['', 'k1', 'k2', 'none', '__proto__'].map((id) => withId(id).toString('base64url')),
        ...['none', 'None', 'HS256', 'HS512'].flatMap((alg) => [`${jwt(alg)}.`, `${jwt(alg)}.${partOf(kind.token)}`]),
        ...[0, 2, 255].map((format) => Buffer.concat([Buffer.of(format), bytes.subarray(1)]).toString('base64url')),
        'A'.repeat(4096),
      ]),
    ).toEqual([404]);
  });

  test('that has ended opens nothing, and says no more than that it ended', async () => {
    const { purpose, subject } = kind;

    const statuses = await tried(kind, [signed({ purpose, subject, expiresAt: desk.clock.at })]);

    expect(statuses.every((status) => status === 410 || status === 404)).toBe(true);
  });
});
