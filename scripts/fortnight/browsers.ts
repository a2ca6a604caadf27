import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../test/support/browser.ts';
import type { Person } from './people.ts';

/** Real browsers on a phone's screen, without scripts, as the strictest customer has them. */
export class Browsers {
  private browser: Promise<Browser> | undefined;

  /** Opens the link of the mail and sends the form as it stands, with words in the first field; true when the desk thanks. */
  async answer(link: string, { locale, timeZone }: Person, words: string): Promise<boolean> {
    this.browser ??= launchBrowser();
    const context = await (await this.browser).newContext({
      javaScriptEnabled: false,
      locale,
      timezoneId: timeZone,
      viewport: { width: 360, height: 740 },
    });
    try {
      const page = await context.newPage();
      const shown = await page.goto(link);
      if (shown?.status() !== 200) return false;
      const html = page.locator('html');
      if (
        (await html.getAttribute('dir')) !== (locale === 'fa' ? 'rtl' : 'ltr') ||
        (await html.getAttribute('lang')) !== locale
      )
        throw new Error(`The page of ${locale} is written in ${await html.getAttribute('lang')}.`);
      if ((await page.locator('input[type=radio]:checked').count()) === 0)
        throw new Error('The link of the mail chose no answer.');
      const field = page.locator('textarea:visible').first();
      if ((await field.count()) > 0) await field.fill(words);
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === 'POST'),
        page.locator('form button').first().click(),
      ]);
      return answer.status() === 200 || answer.status() === 303;
    } finally {
      await context.close();
    }
  }

  async close(): Promise<void> {
    await (await this.browser)?.close();
  }
}
