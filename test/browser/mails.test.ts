import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { renderMail } from '../../domain/mail/render.ts';
import { type CompiledDesk, compiledDesk } from '../desk/compiled.ts';
import { owed, owedMails } from '../domain/mail/samples.ts';
import { axeSource, launchBrowser, persianFont } from '../support/browser.ts';

// A browser shares the machine with whatever else runs: slow is not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let browser: Browser;
let desk: CompiledDesk;
beforeAll(async () => {
  [browser, desk] = await Promise.all([launchBrowser(), compiledDesk()]);
});
afterAll(() => browser.close());

test.each(['en', 'de', 'fa'] as const)(
  'no mail in %s breaks a rule of WCAG 2.2 AA or is too wide for a phone',
  async (code) => {
    const [axe, font] = await Promise.all([axeSource(), persianFont()]);
    const page = await browser.newPage({ viewport: { width: 340, height: 700 } });
    const found: string[] = [];

    for (const mail of owedMails(code)) {
      await page.setContent(renderMail(mail, desk.locales[code], desk.brand).html);
      await page.addStyleTag({ content: font });
      await page.evaluate(axe);
      const { passed, broken, width } = await page.evaluate<{ passed: number; broken: string[]; width: number }>(
        `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }).then(({ passes, violations }) => ({
        passed: passes.length,
        broken: violations.map(({ id, nodes }) => id + ' ' + nodes[0].html),
        width: document.documentElement.scrollWidth }))`,
      );
      found.push(...broken.map((what) => `${mail.content.template}: ${what}`));
      if (passed === 0 || width > 340)
        found.push(`${mail.content.template}: ${passed} rules checked, ${width} pixels wide`);
    }
    await page.close();

    expect(found).toEqual([]);
  },
);

test('no word is too long for a narrow phone, whoever wrote it', async () => {
  const page = await browser.newPage({ viewport: { width: 320, height: 700 } });
  const endless = 'W'.repeat(140);
  const wide: string[] = [];

  for (const { content } of owedMails('en')) {
    const mail = owed({ ...content, subject: endless }, 'en', { to: { email: 'kim@shop.example', name: endless } });
    await page.setContent(renderMail(mail, desk.locales.en, desk.brand).html);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    if (width > 320) wide.push(`${content.template}: ${width}`);
  }
  await page.close();

  expect(wide).toEqual([]);
});
