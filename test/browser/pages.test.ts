import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { facesOf } from '../support/browser.ts';
import { everyPage } from './pages.ts';
import { brokenRules, languages, type Showing, showPages, tooWide } from './showing.ts';

// A browser shares the machine with whatever else runs: slow is not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let showing: Showing;

beforeAll(async () => {
  showing = await showPages({ pagesOf: everyPage, thanks: '/en/thanks' });
});
afterAll(() => showing.close());

describe.each(languages)('in %s', (code) => {
  test.each(['light', 'dark'] as const)('no page breaks a rule of WCAG 2.2 AA, in %s colours', async (colorScheme) => {
    const broken = await brokenRules(showing, code, colorScheme);

    expect(broken).toEqual([]);
  });

  test('no page asks for anything but itself, and each is styled under its own policy', async () => {
    const requests = new Set<string>();
    const complaints: string[] = [];

    await showing.visitAll(code, {}, async (page, name) => {
      page.on('request', (request) => requests.add(new URL(request.url()).pathname));
      page.on('console', (message) => complaints.push(`${name}: ${message.text()}`));
      await page.reload();
      const radius = await page.evaluate<string>(
        `getComputedStyle(document.querySelector('main')).borderTopLeftRadius`,
      );
      if (radius !== '16px') complaints.push(`${name}: not styled`);
    });

    const own = Object.keys(everyPage(showing.desk, code)).map((name) => `/${code}/${name}`);
    const [logo, ...fonts] = [showing.desk.brand.logo?.path, ...showing.desk.brand.fonts.map(({ path }) => path)];
    // Where languages are chosen, Persian is named in its own letters.
    const faces = code === 'fa' ? fonts : fonts.slice(0, 1);
    expect([...requests].toSorted()).toEqual([...own, logo, ...faces].toSorted());
    expect(complaints).toEqual([]);
  });

  test('every page fits a narrow phone without scrolling sideways', async () => {
    const wide = await tooWide(showing, code);

    expect(wide).toEqual([]);
  });

  test('no page is heavier than 30 KB', () => {
    const heavy = Object.entries(everyPage(showing.desk, code)).filter(([, text]) => Buffer.byteLength(text) > 30_000);

    expect(heavy.map(([name]) => name)).toEqual([]);
  });
});

describe('without scripts', () => {
  const still = { javaScriptEnabled: false, viewport: { width: 900, height: 1200 } };

  test('a customer answers the survey with the keyboard alone', async () => {
    showing.posted.length = 0;

    const title = await showing.visit('/en/survey', still, async (page) => {
      await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Card & bank\nsaid no');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Tab');
      await page.keyboard.type('مشکل هنوز هست');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await Promise.all([page.waitForURL('**/s/token'), page.keyboard.press('Enter')]);
      return page.title();
    });

    expect(showing.posted.map(({ fields }) => fields)).toEqual([
      {
        satisfaction: '5',
        issue: 'Card & bank\r\nsaid no',
        difficulties: '',
        resolved: 'no',
        'why-not': 'مشکل هنوز هست',
        'hard-to-use': '',
      },
    ]);
    expect(title).toBe('Thank you – Example Support');
  });

  test('the answer of the mail’s link is chosen, and nothing is sent by opening the page', async () => {
    showing.posted.length = 0;

    const chosen = await showing.visit('/en/survey', still, (page) =>
      page.locator('input:checked').getAttribute('value'),
    );

    expect(chosen).toBe('4');
    expect(showing.posted).toEqual([]);
  });

  test('a question that depends on an answer opens with it and closes again', async () => {
    const shown = await showing.visit('/en/survey', still, async (page) => {
      const why = page.locator('#a-why-not');
      const states = [await why.isVisible()];
      await page.locator('label.option', { hasText: /^No$/ }).click();
      states.push(await why.isVisible());
      await page.locator('label.option', { hasText: /^Yes$/ }).click();
      return [...states, await why.isVisible()];
    });

    expect(shown).toEqual([false, true, false]);
  });

  test('the form is not sent before the score is chosen', async () => {
    showing.posted.length = 0;

    const where = await showing.visit('/en/survey-follow-up', still, async (page) => {
      await page.locator('button').click();
      return new URL(page.url()).pathname;
    });

    expect(where).toBe('/en/survey-follow-up');
    expect(showing.posted).toEqual([]);
  });

  test.each(['survey-errors', 'nps-editing', 'feedback-errors'])(
    'a refused form begins with what is wrong: %s',
    async (name) => {
      const focused = await showing.visit(`/en/${name}`, {}, (page) =>
        page.evaluate<string>(`document.activeElement.innerText.split('\\n')[0]`),
      );

      expect(focused).toBe(showing.desk.locales.en.words['common.error-title']);
    },
  );

  test('a line that was refused is framed in the colour of its error', async () => {
    const [frame, error] = await showing.visit('/en/feedback-errors', {}, (page) =>
      page.evaluate<[string, string]>(
        `[getComputedStyle(document.querySelector('#g-email')).borderColor, getComputedStyle(document.querySelector('#e-email')).color]`,
      ),
    );

    expect(frame).toBe(error);
  });

  test('where a visitor has chosen their own colours, a button still has its edge', async () => {
    const edge = await showing.visit('/en/survey', { forcedColors: 'active' }, (page) =>
      page.evaluate<string>(`getComputedStyle(document.querySelector('button')).borderTopWidth`),
    );

    expect(edge).toBe('2px');
  });

  test('on paper a page is its words, without forms and buttons', async () => {
    const shown = await showing.visit('/en/survey', {}, async (page) => {
      await page.emulateMedia({ media: 'print' });
      return [await page.locator('h1').isVisible(), await page.locator('form').isVisible()];
    });

    expect(shown).toEqual([true, false]);
  });

  test('what has the focus is outlined, around the whole answer', async () => {
    const outline = await showing.visit('/en/survey', { viewport: still.viewport }, async (page) => {
      await page.keyboard.press('Tab');
      return page.evaluate<string>(`getComputedStyle(document.activeElement.closest('.option')).outline`);
    });

    expect(outline).toMatch(/solid 3px/);
  });
});

describe('Persian letters', () => {
  test.each(['h1', '.lead', 'legend', '.option span', 'button'])(
    'are there in %s where the system has none',
    async (part) => {
      const faces = await showing.visit('/fa/survey', {}, (page) => facesOf(page, part));

      expect(faces).toContain('Vazirmatn from the desk');
    },
  );

  test('are there in the words of a page in another language, and they alone are set in that face', async () => {
    const faces = await showing.visit('/en/survey', {}, async (page) => {
      await page.evaluate(`document.querySelector('.lead').textContent = 'مشکل هنوز هست: PAY-402'`);
      return facesOf(page, '.lead');
    });

    expect(faces.toSorted()).toEqual(['Open Sans of the system', 'Vazirmatn from the desk']);
  });

  test.each(['textarea', 'input', 'button'])('are typed and read in a %s in the face of the page', async (field) => {
    const [own, ofPage] = await showing.visit('/fa/survey', {}, (page) =>
      page.evaluate<[string, string]>(
        `[document.querySelector('${field}'), document.body].map((part) => getComputedStyle(part).fontFamily)`,
      ),
    );

    expect(own).toBe(ofPage);
    expect(own).toMatch(/^Vazirmatn,/);
  });
});

test.each([
  ['light', 'path'],
  ['dark', 'dark'],
] as const)('the logo of %s backgrounds is the one of brand.yaml', async (colorScheme, file) => {
  const shown = await showing.visit('/en/survey', { colorScheme }, (page) =>
    page.evaluate<string>(`(async () => {
      const picture = document.querySelector('.top img');
      await picture.decode();
      return new URL(picture.currentSrc).pathname + ' ' + picture.naturalWidth + ' ' + picture.height;
    })()`),
  );

  expect(shown).toMatch(new RegExp(`^${showing.desk.brand.logo?.[file]} [1-9]\\d* 32$`));
});

test('a Persian scale runs from right to left, an English one from left to right', async () => {
  const order = (path: string) =>
    showing.visit(path, { viewport: { width: 900, height: 900 } }, async (page) => {
      const boxes = await Promise.all(
        ['1', '4'].map((value) => page.locator(`input[value="${value}"]`).first().boundingBox()),
      );
      return boxes.map((box) => box?.x ?? 0);
    });

  const [first = 0, last = 0] = await order('/fa/survey-follow-up');
  const [start = 0, end = 0] = await order('/en/survey-follow-up');

  expect(first).toBeGreaterThan(last);
  expect(start).toBeLessThan(end);
});
