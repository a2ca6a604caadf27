import { describe, expect, test } from 'vitest';
import { signCapability } from '../../domain/contact/capability.ts';
import { DAY, HOUR, plus } from '../../domain/support/time.ts';
import { build as deflectTicket } from '../../functions/deflect-ticket/handler.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { knowledgeFigures } from '../../functions/desk-api/knowledge.ts';
import { build as rateArticle } from '../../functions/rate-article/handler.ts';
import { build as acknowledge } from '../../functions/send-acknowledgement/handler.ts';
import { build as show } from '../../functions/show-knowledge/handler.ts';
import { act, ada } from './acting.ts';
import { statusOf } from './refused.ts';
import { aDesk, anOpenTicket, aRequest, type Desk } from './support.ts';

const browser = { accept: 'text/html', 'user-agent': 'Mozilla/5.0 Firefox/140' };

const get = (
  desk: Desk,
  route: string,
  over: { path?: Record<string, string>; query?: Record<string, string>; headers?: Record<string, string> } = {},
  method = 'GET',
) => {
  const request = aRequest({ route, headers: browser, ...over });
  const http = { ...request.requestContext.http, method };
  return show(desk)({ ...request, requestContext: { ...request.requestContext, http } });
};

const posted = (fields: Record<string, string>, headers: Record<string, string> = {}) => ({
  raw: new URLSearchParams(fields).toString(),
  headers: { ...browser, 'content-type': 'application/x-www-form-urlencoded', ...headers },
});

/** A ticket about a refused card that was acknowledged, and the path of the first article that was offered. */
const offered = async (desk: Desk, over: Parameters<typeof anOpenTicket>[1] = {}) => {
  const ticketId = await anOpenTicket(desk, {
    subject: 'Payment refused',
    text: 'My card is refused at the checkout: it says declined.',
    ...over,
  });
  await acknowledge(desk)({ ticketId });
  const content = desk.memory.mails.get(`ack#${ticketId}`)?.content;
  const articles = content?.template === 'acknowledgement' ? (content.articles ?? []) : [];
  const [, slug = '', token = ''] = /\/kb\/([a-z-]+)\/for\/([\w-]+)\?lang=en$/.exec(articles[0]?.link ?? '') ?? [];
  return { ticketId, articles, slug, token };
};

const solve = (desk: Desk, path: { slug: string; token: string }, fields: Record<string, string> = { solved: 'yes' }) =>
  deflectTicket(desk)(aRequest({ path, ...posted(fields) }));

const pathOf = ({ slug, token }: { slug: string; token: string }) => ({ slug, token });

const ticketOf = async (desk: Desk, id: string) => (await desk.tickets.ticket(id)) ?? expect.fail('no ticket');

describe('the home of the knowledge base', () => {
  test('shows every topic in the language of the link, else of the browser', async () => {
    const desk = aDesk();

    const german = await get(desk, 'GET /kb', {
      query: { lang: 'de' },
      headers: { ...browser, 'accept-language': 'fa' },
    });
    const persian = await get(desk, 'GET /kb', { headers: { ...browser, 'accept-language': 'fa-IR,en;q=0.5' } });
    const unknown = await get(desk, 'GET /kb', { query: { lang: '<x>' } });

    expect(german.body).toContain('Meine Zahlung wurde abgelehnt');
    expect(persian.body).toContain('<html lang="fa" dir="rtl">');
    expect(unknown.body).toContain('<html lang="en" dir="ltr">');
    expect(german.headers).toMatchObject({ 'cache-control': 'public, max-age=300', vary: 'accept-language' });
  });

  test('finds articles, and says what was asked as text', async () => {
    const { body, headers } = await get(aDesk(), 'GET /kb', { query: { q: 'refund <b>' } });

    expect(body).toContain('/kb/request-a-refund?lang=en');
    expect(body).toContain('refund &lt;b&gt;');
    expect(body).not.toContain('<b>');
    expect(headers?.['x-robots-tag']).toContain('noindex');
  });

  test('shows what is read most, and does without it when nobody can say', async () => {
    const desk = aDesk();
    await desk.usage.count('views', { slug: 'track-a-delivery', locale: 'de' }, desk.clock.now());
    const broken = aDesk();
    broken.usage.between = () => Promise.reject(new Error('ProvisionedThroughputExceeded'));

    expect((await get(desk, 'GET /kb')).body).toContain('Most read');
    expect(await get(broken, 'GET /kb')).toMatchObject({ statusCode: 200 });
  });

  test('a search in vain is kept for the authors, once for each time it is made', async () => {
    const desk = aDesk();

    for (const q of ['Llama wool', 'llama  WOOL', '4111 1111 1111 1111 zzz', 'kim@llama.example', 'refund'])
      await get(desk, 'GET /kb', { query: { q } });

    expect(desk.usage.missing).toMatchObject([{ query: 'llama wool', locale: 'en', times: 2 }]);
  });

  test.each(['', ' ', 'x'.repeat(5000), '\u0000', '"><script>', '../../etc'])(
    'a search for %j is answered',
    async (q) => {
      const { statusCode, body } = await get(aDesk(), 'GET /kb', { query: { q } });

      expect(statusCode).toBe(200);
      expect(body).not.toContain('<script>');
      expect(Buffer.byteLength(body ?? '')).toBeLessThan(30_000);
    },
  );
});

describe('suggestions', () => {
  test('are slugs, titles and addresses of the asked language', async () => {
    const { body } = await get(aDesk(), 'GET /kb/suggest', { query: { q: 'erstattung', lang: 'de' } });

    expect(JSON.parse(body ?? '').articles[0]).toEqual({
      slug: 'request-a-refund',
      title: 'Geld zurückbekommen',
      url: '/kb/request-a-refund?lang=de',
    });
  });

  test('of words that fit nothing are none, and the words are not kept: somebody is still typing', async () => {
    const desk = aDesk();

    const { body } = await get(desk, 'GET /kb/suggest', { query: { q: 'llama', lang: 'en' } });

    expect(JSON.parse(body ?? '')).toEqual({ articles: [] });
    expect(desk.usage.missing).toEqual([]);
  });
});

describe('an article', () => {
  const read = (desk: Desk, headers: Record<string, string> = browser, method = 'GET') =>
    get(desk, 'GET /kb/{slug}', { path: { slug: 'payment-failed' }, query: { lang: 'fa' }, headers }, method);

  test('says when it was reviewed, in the calendar of its language, and is counted', async () => {
    const desk = aDesk();

    const { body, statusCode } = await read(desk);

    expect(statusCode).toBe(200);
    expect(body).toContain('۲۵ خرداد ۱۴۰۵');
    expect(desk.usage.days).toMatchObject([{ slug: 'payment-failed', locale: 'fa', counts: { views: 1 } }]);
  });

  test.each<[string, Record<string, string>, string]>([
    ['a HEAD request', browser, 'HEAD'],
    ['a robot', { ...browser, 'user-agent': 'Googlebot/2.1' }, 'GET'],
    ['a scanner of mail', { ...browser, 'user-agent': 'Mozilla/5.0 (SecurityScanner)' }, 'GET'],
    ['a program without a name', { accept: '*/*' }, 'GET'],
    ['a browser that loads it in advance', { ...browser, 'sec-purpose': 'prefetch' }, 'GET'],
  ])('is not counted for %s', async (_, headers, method) => {
    const desk = aDesk();

    await read(desk, headers, method);

    expect(desk.usage.days).toEqual([]);
  });

  test('is shown when its reader cannot be counted', async () => {
    const desk = aDesk();
    desk.usage.count = () => Promise.reject(new Error('down'));

    expect(await read(desk)).toMatchObject({ statusCode: 200 });
  });

  test('that is not there leads people to the others, and tells programs so', async () => {
    const path = { slug: 'gone' };

    const page = await get(aDesk(), 'GET /kb/{slug}', { path });

    expect(page).toMatchObject({ statusCode: 404 });
    expect(page.body).toContain('/kb/payment-failed?lang=en');
    expect(await statusOf(get(aDesk(), 'GET /kb/{slug}', { path, headers: { accept: 'application/json' } }))).toBe(404);
    expect(await statusOf(get(aDesk(), 'GET /kb/{slug}', { path: { slug: '../x' } }))).toBe(404);
  });

  test('in another language than the reader’s says so, and states its own', async () => {
    const desk = aDesk();
    const { library } = desk;
    const onlyEnglish = { ...library, article: (slug: string) => library.article(slug, 'en') };

    const { body } = await get({ ...desk, library: onlyEnglish }, 'GET /kb/{slug}', {
      path: { slug: 'payment-failed' },
      query: { lang: 'fa' },
    });

    expect(body).toContain('<div class="article" lang="en" dir="ltr">');
    expect(body).toContain('English');
  });
});

describe('whether it helped', () => {
  const rate = (desk: Desk, fields: Record<string, string>, slug = 'payment-failed') =>
    rateArticle(desk)(aRequest({ path: { slug }, query: { lang: 'de' }, ...posted(fields) }));

  test('is counted, and a reader whom it did not help is shown the way to a person', async () => {
    const desk = aDesk();

    await rate(desk, { helped: 'yes' });
    const { body } = await rate(desk, { helped: 'no' });

    expect(desk.usage.days).toMatchObject([{ locale: 'de', counts: { helpful: 1, unhelpful: 1, views: 0 } }]);
    expect(body).toContain('/help?lang=de');
  });

  test('is refused in any other words, and of what is not there', async () => {
    const desk = aDesk();

    expect(await statusOf(rate(desk, { helped: 'maybe' }))).toBe(422);
    expect(await statusOf(rate(desk, {}))).toBe(422);
    expect(await statusOf(rate(desk, { helped: 'yes' }, 'gone'))).toBe(404);
    expect(desk.usage.days).toEqual([]);
  });
});

describe('the acknowledgement', () => {
  test('offers what fits, with a link for this customer and this ticket', async () => {
    const { articles, slug } = await offered(aDesk());

    expect(slug).toBe('payment-failed');
    expect(articles.length).toBeLessThanOrEqual(3);
    expect(articles[0]?.title).toBe('My payment was refused');
  });

  test('offers nothing when nothing fits well enough', async () => {
    const { articles } = await offered(aDesk(), { subject: 'Llama wool', text: 'Do you sell blue llama wool?' });

    expect(articles).toEqual([]);
  });

  test('offers nothing to read to somebody whose system is down', async () => {
    const { articles } = await offered(aDesk(), {
      subject: 'Payment refused: outage',
      text: 'The site is down, card declined.',
    });

    expect(articles).toEqual([]);
  });
});

describe('an article that was offered', () => {
  test('asks whether it solved the request, and records nothing by being opened', async () => {
    const desk = aDesk();
    const { ticketId, slug, token } = await offered(desk);
    const before = structuredClone(desk.memory);

    const { body, headers } = await get(desk, 'GET /kb/{slug}/for/{token}', { path: { slug, token } });

    expect(body).toContain(`<bdi dir="ltr">${ticketId}</bdi>`);
    expect(body).toContain('name="solved"');
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(headers?.['x-robots-tag']).toContain('noindex');
    expect(desk.memory).toEqual(before);
  });

  test('closes the request when the customer says so, once', async () => {
    const desk = aDesk();
    const link = await offered(desk);

    const first = await solve(desk, link);
    const second = await solve(desk, link);

    const ticket = await ticketOf(desk, link.ticketId);
    expect(first).toMatchObject({ statusCode: 200 });
    expect(second.body).toBe(first.body);
    expect(ticket.status).toBe('closed');
    expect(desk.memory.events.filter(({ type }) => type === 'deflected')).toHaveLength(1);
  });

  test('twenty presses at once close it once', async () => {
    const desk = aDesk();
    const link = await offered(desk);

    const answers = await Promise.all(Array.from({ length: 20 }, () => solve(desk, link)));

    expect(answers.every(({ statusCode }) => statusCode === 200)).toBe(true);
    expect(desk.memory.events.filter(({ type }) => type === 'closed')).toHaveLength(1);
  });

  test('leaves the request alone once a person has answered, and says so', async () => {
    const desk = aDesk();
    const link = await offered(desk);
    await act(desk, acts.replies, link.ticketId, { body: 'Try again now.' });

    const page = await get(desk, 'GET /kb/{slug}/for/{token}', { path: pathOf(link) });
    const answer = await solve(desk, link);

    expect(page.body).not.toContain('name="solved"');
    expect(answer.body).toContain('One of us has already written to you');
    expect((await ticketOf(desk, link.ticketId)).status).toBe('open');
  });

  test('leaves it alone once it was resolved or opened again', async () => {
    const desk = aDesk();
    const link = await offered(desk);
    await act(desk, acts.resolve, link.ticketId, { cause: 'c', solution: 's', check: 'k' });

    expect((await solve(desk, link)).body).toContain('This request has moved on');
    await act(desk, acts.reopen, link.ticketId);
    expect((await solve(desk, link)).body).toContain('This request has moved on');
    expect((await ticketOf(desk, link.ticketId)).status).toBe('open');
  });

  test('takes no other link, no changed one and none that is over, and then still shows the article', async () => {
    const desk = aDesk();
    const link = await offered(desk);
    const [key] = await desk.keys();
    const { customer } = await ticketOf(desk, link.ticketId);
    const signed = (over: object) =>
      signCapability(
        {
          purpose: 'solved',
          subject: link.ticketId,
          recipient: customer.id,
          expiresAt: plus(desk.clock.now(), DAY),
          ...over,
        },
        key,
      );
    const wrong = [
      'x',
      `${link.token.slice(0, -1)}_`,
      signed({ purpose: 'ticket' }),
      signed({ recipient: 'somebody' }),
      signed({ subject: 'T-ZZZZZZ' }),
      signed({ expiresAt: plus(desk.clock.now(), -HOUR) }),
    ];

    for (const token of wrong) {
      expect(await statusOf(solve(desk, { slug: link.slug, token })), token).toBe(404);
      const page = await get(desk, 'GET /kb/{slug}/for/{token}', { path: { slug: link.slug, token } });
      expect(page).toMatchObject({ statusCode: 200 });
      expect(page.body).not.toContain('name="solved"');
    }
    expect((await ticketOf(desk, link.ticketId)).status).toBe('open');
  });

  test('takes the form alone', async () => {
    const desk = aDesk();
    const link = await offered(desk);
    const json = aRequest({ path: pathOf(link), body: { solved: 'yes' } });

    expect(await statusOf(solve(desk, link, {}))).toBe(422);
    expect(await statusOf(solve(desk, link, { solved: 'no' }))).toBe(422);
    expect(await statusOf(deflectTicket(desk)(json))).toBe(415);
    expect(await statusOf(solve(desk, { ...link, slug: 'gone' }))).toBe(404);
    expect((await ticketOf(desk, link.ticketId)).status).toBe('open');
  });
});

test('the desk sees how every article does, and what was searched for in vain', async () => {
  const desk = aDesk();
  await get(desk, 'GET /kb/{slug}', { path: { slug: 'payment-failed' } });
  await get(desk, 'GET /kb', { query: { q: 'llama' } });

  const { body } = await knowledgeFigures(aRequest({}), ada, desk);

  const { articles, searchesWithoutHit } = JSON.parse(body ?? '');
  expect(articles).toHaveLength(30);
  expect(articles.filter(({ neverRead }: { neverRead: boolean }) => !neverRead)).toMatchObject([
    { slug: 'payment-failed', locale: 'en', last30Days: { views: 1, solved: 0, helpful: 0, unhelpful: 0 } },
  ]);
  expect(searchesWithoutHit).toMatchObject([{ query: 'llama', locale: 'en', times: 1 }]);
});
