import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FORMS_SCRIPT, FORMS_SCRIPT_PATH } from '../../domain/pages/forms-script.ts';
import { pageHeaders } from '../../domain/pages/headers.ts';
import { type CompiledDesk, compiledDesk } from '../desk/compiled.ts';
import { assetAt, axeSource, launchBrowser } from '../support/browser.ts';
import { everyTicketPage } from './ticket-pages.ts';

const languages = ['en', 'de', 'fa'] as const;
// A browser shares the machine with whatever else runs: slow is not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let browser: Browser;
let desk: CompiledDesk;
let server: Server;
let base: string;
const posted: Array<{ path: string; fields: Record<string, string> }> = [];

beforeAll(async () => {
  desk = await compiledDesk();
  const pages = new Map(
    languages.flatMap((code) =>
      Object.entries(everyTicketPage(desk, code)).map(([name, text]) => [`/${code}/${name}`, text]),
    ),
  );
  server = createServer((request, response) => {
    const { pathname = '' } = new URL(request.url ?? '', 'http://here');
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const asset = assetAt(request.url, desk.assets);
      if (asset) {
        response.writeHead(200, { 'content-type': asset.type }).end(asset.bytes);
        return;
      }
      if (pathname === FORMS_SCRIPT_PATH) {
        response.writeHead(200, { 'content-type': 'text/javascript' }).end(FORMS_SCRIPT);
        return;
      }
      if (request.method === 'POST')
        posted.push({
          path: pathname,
          fields: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8'))),
        });
      const page = request.method === 'POST' ? pages.get('/en/resolved-rated') : pages.get(pathname);
      const allowed = { script: true, frames: true, uploads: base };
      response.writeHead(page === undefined ? 404 : 200, pageHeaders(desk.brand, allowed)).end(page);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await new Promise((closed) => server.close(closed));
});

/** Opens a page in a fresh context, hands it over and closes the context. */
const visit = async <T>(
  path: string,
  options: Parameters<Browser['newContext']>[0],
  look: (page: Page) => Promise<T>,
): Promise<T> => {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    await page.goto(`${base}${path}`);
    return await look(page);
  } finally {
    await context.close();
  }
};

/** Every page of a language, one after the other. */
const visitAll = (
  code: (typeof languages)[number],
  options: Parameters<Browser['newContext']>[0],
  look: (page: Page, name: string) => Promise<void>,
): Promise<void> =>
  visit(`/${code}/new`, options, async (page) => {
    for (const name of Object.keys(everyTicketPage(desk, code))) {
      await page.goto(`${base}/${code}/${name}`);
      await look(page, name);
    }
  });

describe.each(languages)('in %s', (code) => {
  test.each([
    ['light', '["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]'],
    ['dark', '{ type: "rule", values: ["color-contrast"] }'],
  ] as const)('no state of the page breaks a rule of WCAG 2.2 AA, in %s colours', async (colorScheme, rules) => {
    const axe = await axeSource();
    const found: string[] = [];

    await visitAll(code, { colorScheme }, async (page, name) => {
      await page.evaluate(axe);
      const { passed, broken } = await page.evaluate<{ passed: number; broken: string[] }>(
        `axe.run({ runOnly: ${rules}, resultTypes: ['violations'] }).then(({ passes, violations }) => ({
          passed: passes.length, broken: violations.map(({ id, nodes }) => id + ' ' + nodes[0].html) }))`,
      );
      found.push(...(passed === 0 ? ['nothing was checked'] : broken).map((what) => `${name}: ${what}`));
    });

    expect(found).toEqual([]);
  });

  test('every state fits a narrow phone without scrolling sideways', async () => {
    const wide: string[] = [];

    await visitAll(code, { viewport: { width: 320, height: 640 } }, async (page, name) => {
      const width = await page.evaluate<number>(
        'document.fonts.ready.then(() => document.documentElement.scrollWidth)',
      );
      if (width > 320) wide.push(`${name}: ${width}`);
    });

    expect(wide).toEqual([]);
  });

  test('asks for nothing but the script of its forms, and runs under its own policy', async () => {
    const requests = new Set<string>();
    const complaints: string[] = [];

    await visitAll(code, {}, async (page, name) => {
      page.on('request', (request) => requests.add(new URL(request.url()).pathname));
      page.on('console', (message) => complaints.push(`${name}: ${message.text()}`));
      await page.reload();
    });

    const others = [...requests].filter((path) => !path.startsWith(`/${code}/`) && !path.startsWith('/assets/'));
    expect(others).toEqual([FORMS_SCRIPT_PATH]);
    expect(complaints).toEqual([]);
  });
});

describe('without scripts', () => {
  const still = { javaScriptEnabled: false, viewport: { width: 900, height: 1200 } };

  test('a customer rates a reply and writes with the keyboard alone, in the order of the page', async () => {
    posted.length = 0;

    await visit('/en/resolved', still, async (page) => {
      await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Tab');
      await Promise.all([page.waitForURL('**/ratings'), page.keyboard.press('Enter')]);
      await page.goto(`${base}/en/rate-chosen`);
      await page.locator('#body').focus();
      await page.keyboard.type('Still < broken & مشکل');
      await Promise.all([page.waitForURL('**/reopen'), page.locator('#write button').click()]);
    });

    expect(posted).toMatchObject([
      { fields: { message: expect.stringMatching(/D$/), score: expect.stringMatching(/^[1-4]$/) } },
      { fields: { reason: 'Still < broken & مشکل', once: expect.any(String), box: expect.any(String) } },
    ]);
  });

  test('the answer of the mail’s link is chosen, and nothing is sent by opening the page', async () => {
    posted.length = 0;

    const chosen = await visit('/en/rate-chosen', still, (page) =>
      page.locator('input[name=score]:checked').getAttribute('value'),
    );

    expect(chosen).toBe('4');
    expect(posted).toEqual([]);
  });

  test('neither an empty message nor a rating without an answer leaves the browser', async () => {
    posted.length = 0;

    await visit('/en/open', still, async (page) => {
      await page.locator('#write button').click();
      await page.goto(`${base}/en/resolved`);
      await page.locator('.rate button').click();
    });

    expect(posted).toEqual([]);
  });

  test('what was quoted opens and closes', async () => {
    const seen = await visit('/en/open', still, async (page) => {
      const quoted = page.locator('details p').first();
      const states = [await quoted.isVisible()];
      await page.locator('summary').first().press('Enter');
      return [...states, await quoted.isVisible()];
    });

    expect(seen).toEqual([false, true]);
  });
});

test('with scripts a form is sent once, however often it is pressed', async () => {
  posted.length = 0;

  await visit('/en/open', { viewport: { width: 900, height: 900 } }, async (page) => {
    await page.locator('#body').fill('Once.');
    await Promise.all([page.waitForURL('**/messages'), page.locator('#write .send button').dblclick()]);
  });

  expect(posted).toHaveLength(1);
});

test('Persian runs from right to left, and what is Latin in it from left to right', async () => {
  const { first, last, number, link } = await visit(
    '/fa/resolved',
    { viewport: { width: 900, height: 900 } },
    async (page) => {
      const x = async (selector: string) => (await page.locator(selector).first().boundingBox())?.x ?? 0;
      return {
        first: await x('input[value="1"]'),
        last: await x('input[value="4"]'),
        number: await page.locator('.facts bdi').first().getAttribute('dir'),
        link: await page.locator('article a[href^="https"]').first().getAttribute('dir'),
      };
    },
  );

  expect(first).toBeGreaterThan(last);
  expect([number, link]).toEqual(['ltr', 'ltr']);
});

test('everything that is pressed is at least 24 pixels high and wide (WCAG 2.5.8)', async () => {
  const small: string[] = [];

  await visitAll('en', { viewport: { width: 360, height: 640 } }, async (page, name) => {
    const found = await page.evaluate<
      string[]
    >(`[...document.querySelectorAll('button, summary, .option, .more, .files a, textarea')]
      .filter((each) => each.checkVisibility())
      .map((each) => [each.outerHTML.slice(0, 60), each.getBoundingClientRect()])
      .filter(([, { width, height }]) => width < 24 || height < 24).map(([what]) => what)`);
    small.push(...found.map((what) => `${name}: ${what}`));
  });

  expect(small).toEqual([]);
});
