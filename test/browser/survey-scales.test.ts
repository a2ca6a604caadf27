import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { renderMail } from '../../domain/mail/render.ts';
import { type CompiledDesk, compiledDesk } from '../desk/compiled.ts';
import { sample } from '../domain/mail/samples.ts';
import { launchBrowser, persianFont } from '../support/browser.ts';
import { everyPage } from './pages.ts';

// A browser shares the machine with whatever else runs: slow is not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const languages = ['en', 'de', 'fa'] as const;
type Code = (typeof languages)[number];
const PHONE = { width: 360, height: 780 };
const SURVEYS = ['survey', 'survey-four-point', 'survey-ease', 'survey-nps'];

let browser: Browser;
let desk: CompiledDesk;
beforeAll(async () => {
  [browser, desk] = await Promise.all([launchBrowser(), compiledDesk()]);
});
afterAll(() => browser.close());

/** Shows a page, as it is or changed, and looks at it. */
const show = async <T>(markup: string, viewport: typeof PHONE, look: (page: Page) => Promise<T>): Promise<T> => {
  const page = await browser.newPage({ viewport });
  try {
    await page.setContent(markup);
    await page.addStyleTag({ content: await persianFont() });
    await page.evaluate('document.fonts.ready');
    return await look(page);
  } finally {
    await page.close();
  }
};
const pageOf = (name: string, code: Code = 'en'): string => everyPage(desk, code)[name] ?? `no page ${name}`;

interface Box {
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
}
/** What can be touched, with its place. */
const boxes = (page: Page, what: string): Promise<Box[]> =>
  page.evaluate<Box[]>(`[...document.querySelectorAll(${JSON.stringify(what)})]
    .filter((each) => each.offsetParent !== null)
    .map((each) => { const { x, y, width, height } = each.getBoundingClientRect();
      return { text: each.textContent.trim(), x, y, width, height }; })`);

const overlap = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width - 0.5 &&
  other.x < one.x + one.width - 0.5 &&
  one.y < other.y + other.height - 0.5 &&
  other.y < one.y + one.height - 0.5;

describe.each(languages)('in %s', (code) => {
  test.each(SURVEYS)(
    'every answer of %s is as large as a thumb on a phone of 360 px, and none lies on another',
    async (name) => {
      const answers = await show(pageOf(name, code), PHONE, (page) => boxes(page, '.option, .number, button'));

      expect(answers.length).toBeGreaterThan(4);
      expect(answers.filter(({ width, height }) => width < 44 || height < 44)).toEqual([]);
      expect(answers.filter((one) => answers.some((other) => other !== one && overlap(one, other)))).toEqual([]);
    },
  );

  test.each([
    ['a phone', PHONE, 2],
    ['a desk', { width: 1100, height: 900 }, 1],
  ] as const)('the numbers run in the direction of the page, on %s in their rows', async (_, viewport, rows) => {
    const numbers = await show(pageOf('survey-nps', code), viewport, (page) => boxes(page, '.number'));

    const [first, second] = numbers;
    const goesRight = (second?.x ?? 0) > (first?.x ?? 0);
    expect(goesRight).toBe(code !== 'fa');
    expect(new Set(numbers.map(({ y }) => Math.round(y))).size).toBe(rows);
    expect(numbers[10]?.text).toMatch(code === 'fa' ? /^۱۰/ : /^10/);
  });

  test.each(['nps', 'survey'] as const)('the answers in the %s mail can be hit with a thumb', async (template) => {
    const mail = renderMail(sample(template, code), desk.locales[code], desk.brand);

    const answers = await show(mail.html, PHONE, (page) => boxes(page, 'a[href*="r="]'));

    expect(answers).toHaveLength(template === 'nps' ? 11 : 5);
    expect(answers.filter(({ width, height }) => width < 44 || height < 44)).toEqual([]);
    expect(new Set(answers.map(({ height }) => Math.round(height))).size).toBe(1);
  });
});

describe('a scale of numbers', () => {
  test('is one stop of the keyboard, answered with the arrows, and the focus is seen', async () => {
    const { chosen, outline } = await show(pageOf('survey-nps'), PHONE, async (page) => {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
      return {
        chosen: await page.locator('input:checked').getAttribute('value'),
        outline: await page.evaluate<string>('getComputedStyle(document.activeElement.nextElementSibling).outline'),
      };
    });

    expect(chosen).toBe('3');
    expect(outline).toMatch(/solid 3px/);
  });

  test('fills the number that is chosen', async () => {
    const [chosen, other] = await show(pageOf('survey-ease'), PHONE, (page) =>
      page.evaluate<string[]>(
        `['input:checked + span', 'input:not(:checked) + span'].map((each) =>
          getComputedStyle(document.querySelector('.number > ' + each)).backgroundColor)`,
      ),
    );

    expect(chosen).not.toBe(other);
  });

  test('is read out as a group with its question, the ends with their meaning', async () => {
    const tree = await show(pageOf('survey-nps'), PHONE, (page) => page.locator('main').ariaSnapshot());

    expect(tree).toMatch(/group "How likely are you to recommend us to a friend or colleague\? required"/);
    expect(tree).toContain('radio "0 – Not at all likely"');
    expect(tree).toContain('radio "5"');
    expect(tree).toContain('radio "10 – Extremely likely"');
    expect(tree).not.toMatch(/paragraph: .*Not at all likely/);
  });
});

describe('in a browser that does not know :has()', () => {
  const old = (name: string): string => pageOf(name).replaceAll(':has(', ':unheard-of(');

  test('every question of a branch is shown', async () => {
    const shown = await show(old('survey'), PHONE, (page) => page.locator('.branch').evaluateAll((all) => all.length));
    const visible = await show(old('survey'), PHONE, (page) => page.locator('.branch:visible').count());
    const now = await show(pageOf('survey'), PHONE, (page) => page.locator('.branch:visible').count());

    expect([shown, visible, now]).toEqual([2, 2, 0]);
  });

  test('the chosen answer is seen and sent', async () => {
    const [number, word] = await Promise.all([
      show(old('survey-ease'), PHONE, (page) =>
        page.evaluate<boolean>(
          `getComputedStyle(document.querySelector('.number input:checked + span')).backgroundColor !==
           getComputedStyle(document.querySelector('.number input:not(:checked) + span')).backgroundColor`,
        ),
      ),
      show(old('survey'), PHONE, (page) => page.locator('.option input:checked').isVisible()),
    ]);

    expect([number, word]).toEqual([true, true]);
  });
});
