import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FORMS_SCRIPT_PATH } from '../../domain/pages/forms-script.ts';
import { brokenRules, languages, type Showing, showPages, tooWide } from './showing.ts';
import { everyTicketPage } from './ticket-pages.ts';

// A browser shares the machine with whatever else runs: slow is not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let showing: Showing;

beforeAll(async () => {
  showing = await showPages({
    pagesOf: everyTicketPage,
    thanks: '/en/resolved-rated',
    allowance: (base) => ({ script: true, frames: true, uploads: base }),
  });
});
afterAll(() => showing.close());

describe.each(languages)('in %s', (code) => {
  test.each(['light', 'dark'] as const)(
    'no state of the page breaks a rule of WCAG 2.2 AA, in %s colours',
    async (colorScheme) => {
      const broken = await brokenRules(showing, code, colorScheme);

      expect(broken).toEqual([]);
    },
  );

  test('every state fits a narrow phone without scrolling sideways', async () => {
    const wide = await tooWide(showing, code);

    expect(wide).toEqual([]);
  });

  test('asks for nothing but the script of its forms, and runs under its own policy', async () => {
    const requests = new Set<string>();
    const complaints: string[] = [];

    await showing.visitAll(code, {}, async (page, name) => {
      page.on('request', (request) => requests.add(new URL(request.url()).pathname));
      page.on('console', (message) => complaints.push(`${name}: ${message.text()}`));
      await page.reload();
    });

    const others = [...requests].filter((path) => !path.startsWith(`/${code}/`) && !path.startsWith('/assets/'));
    expect(others).toEqual([FORMS_SCRIPT_PATH]);
    expect(complaints).toEqual([]);
  });
});

test.each(['error', 'rate-error', 'texts-error'])('what was refused has the focus: %s', async (name) => {
  const focused = await showing.visit(`/en/${name}`, {}, (page) =>
    page.evaluate<string>('document.activeElement.className'),
  );

  expect(focused).toBe('problems');
});

test('each file that cannot be attached is told by its name, not the last alone', async () => {
  const told = await showing.visit('/en/open', {}, async (page) => {
    const empty = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.alloc(0) });
    await page.setInputFiles('#pick', [empty('first.txt'), empty('second.txt')]);
    return page.locator('[data-status]').innerText();
  });

  expect(told.trim().split('\n')).toEqual(['first.txt is empty', 'second.txt is empty']);
});

describe('without scripts', () => {
  const still = { javaScriptEnabled: false, viewport: { width: 900, height: 1200 } };

  test('a customer rates a reply and writes with the keyboard alone, in the order of the page', async () => {
    showing.posted.length = 0;

    await showing.visit('/en/resolved', still, async (page) => {
      await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Tab');
      await Promise.all([page.waitForURL('**/ratings'), page.keyboard.press('Enter')]);
      await page.goto(`${showing.base}/en/rate-chosen`);
      await page.locator('#body').focus();
      await page.keyboard.type('Still < broken & مشکل');
      await Promise.all([page.waitForURL('**/reopen'), page.locator('#write button').click()]);
    });

    expect(showing.posted).toMatchObject([
      { fields: { message: expect.stringMatching(/D$/), score: expect.stringMatching(/^[1-4]$/) } },
      { fields: { reason: 'Still < broken & مشکل', once: expect.any(String), box: expect.any(String) } },
    ]);
  });

  test('the answer of the mail’s link is chosen, and nothing is sent by opening the page', async () => {
    showing.posted.length = 0;

    const chosen = await showing.visit('/en/rate-chosen', still, (page) =>
      page.locator('input[name=score]:checked').getAttribute('value'),
    );

    expect(chosen).toBe('4');
    expect(showing.posted).toEqual([]);
  });

  test('neither an empty message nor a rating without an answer leaves the browser', async () => {
    showing.posted.length = 0;

    await showing.visit('/en/open', still, async (page) => {
      await page.locator('#write button').click();
      await page.goto(`${showing.base}/en/resolved`);
      await page.locator('.rate button').click();
    });

    expect(showing.posted).toEqual([]);
  });

  test('what was quoted opens and closes', async () => {
    const seen = await showing.visit('/en/open', still, async (page) => {
      const quoted = page.locator('details p').first();
      const states = [await quoted.isVisible()];
      await page.locator('summary').first().press('Enter');
      return [...states, await quoted.isVisible()];
    });

    expect(seen).toEqual([false, true]);
  });
});

test('with scripts a form is sent once, however often it is pressed', async () => {
  showing.posted.length = 0;

  await showing.visit('/en/open', { viewport: { width: 900, height: 900 } }, async (page) => {
    await page.locator('#body').fill('Once.');
    await Promise.all([page.waitForURL('**/messages'), page.locator('#write .send button').dblclick()]);
  });

  expect(showing.posted).toHaveLength(1);
});

test('Persian runs from right to left, and what is Latin in it from left to right', async () => {
  const { first, last, number, link } = await showing.visit(
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

  await showing.visitAll('en', { viewport: { width: 360, height: 640 } }, async (page, name) => {
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
