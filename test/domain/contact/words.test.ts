import { beforeAll, describe, expect, test } from 'vitest';
import { localeFor, when } from '../../../domain/contact/format.ts';
import { escapeText, html, webLink } from '../../../domain/contact/html.ts';
import { asHtml, asText, free, id, phrase } from '../../../domain/contact/phrase.ts';
import { type CompiledDesk, compiledDesk } from '../../desk/compiled.ts';

let desk: CompiledDesk;
beforeAll(async () => {
  desk = await compiledDesk();
});
const at = '2026-11-24T08:05:00.000Z';

describe('times', () => {
  test('are told in the zone, calendar and digits of the customer', () => {
    const told = (['en', 'de', 'fa'] as const).map((code, index) =>
      when(at, desk.locales[code], ['Europe/London', 'Europe/Berlin', 'Asia/Tehran'][index], desk.brand),
    );

    expect(told).toEqual([
      'Tuesday, 24 November 2026 at 08:05',
      'Dienstag, 24. November 2026 um 09:05 Uhr',
      'سه‌شنبه ۳ آذر ۱۴۰۵ ساعت ۱۱:۳۵',
    ]);
  });

  test('name the zone of the desk when that of the customer is missing or makes no sense', () => {
    const told = [undefined, 'Mars/Olympus'].map((zone) => when(at, desk.locales.en, zone, desk.brand));

    expect(told).toEqual(Array(2).fill('Tuesday, 24 November 2026 at 09:05 (Central European Time)'));
  });
});

describe('the language', () => {
  test('is the nearest one the desk writes', () => {
    const found = ['fa-IR', 'DE', 'de-AT-1996', 'en-US', 'ja', '', 'constructor'].map(
      (wanted) => localeFor(wanted, desk.locales, desk.brand).code,
    );

    expect(found).toEqual(['fa', 'de', 'de', 'en', 'en', 'en', 'en']);
  });

  test('takes the first of several that the desk writes', () => {
    expect(localeFor(['ja', 'fa', 'de'], desk.locales, desk.brand).code).toBe('fa');
  });
});

describe('words from outside', () => {
  test('become text in HTML, never markup', () => {
    const markup = html`<p title="${'"><script>'}">${`<b>&'`}</p>`.markup;

    expect(markup).toBe('<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;&#39;</p>');
  });

  test('show forbidden characters as a sign', () => {
    expect(escapeText('a\u0000b\u001bc\td\ne')).toBe('a\ufffdb\ufffdc\td\ne');
  });

  test('are links only when they are web addresses', () => {
    const refused = ['javascript:alert(1)', 'data:text/html,x', '/s/token', ' ', 'ftp://x'].filter((link) => {
      try {
        webLink(link);
        return false;
      } catch {
        return true;
      }
    });

    expect(refused).toHaveLength(5);
    expect(webLink('https://desk.example.com/s/a')).toBe('https://desk.example.com/s/a');
  });

  test('are isolated where directions meet', () => {
    const persian = phrase(desk.locales.fa, 'mail.about', { ticket: id('T-7K2M9Q'), subject: free('Payment\nfailed') });
    const english = phrase(desk.locales.en, 'mail.about', { ticket: id('T-7K2M9Q'), subject: free('پرداخت') });

    expect(asText(persian, 'rtl')).toBe('درخواست \u2066T-7K2M9Q\u2069: \u2068Payment failed\u2069');
    expect(asText(english, 'ltr')).toBe('Request T-7K2M9Q: \u2068پرداخت\u2069');
    expect(asHtml(english).markup).toBe('Request <bdi dir="ltr">T-7K2M9Q</bdi>: <bdi>پرداخت</bdi>');
  });

  test('that look like blanks are not filled in again', () => {
    const inlines = phrase(desk.locales.en, 'mail.about', { ticket: id('T-1'), subject: free('{ticket} $& {x}') });

    expect(asText(inlines, 'ltr')).toBe('Request T-1: {ticket} $& {x}');
  });
});
