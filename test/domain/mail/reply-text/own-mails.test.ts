import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readWords } from '../../../../domain/mail/reply-text/read-words.ts';

/** The most frequent mail a desk gets: an answer to its own acknowledgement, as programs of the customer send it. */
const golden = (file: string): string => readFileSync(new URL(`../golden/${file}`, import.meta.url), 'utf8');

const bodyOf = (html: string): string =>
  html.slice(html.indexOf('<body'), html.indexOf('</body>')).replace('<body', '<div');

const plainOf = (file: string): string => golden(file).split('\n\n').slice(1).join('\n\n');

const answers = {
  en: 'It was the order of Friday, number 88.',
  de: 'Es war die Bestellung vom Freitag, Nummer 88.',
  fa: 'سفارش روز جمعه بود، شمارهٔ ۸۸.',
};

describe.each(Object.entries(answers))('an answer to our acknowledgement (%s)', (locale, own) => {
  const html = bodyOf(golden(`acknowledgement.${locale}.html`));
  const text = plainOf(`acknowledgement.${locale}.txt`);

  test.each([
    [
      'Gmail',
      `<div dir="auto">${own}</div><br><div class="gmail_quote"><div class="gmail_attr">On Tue, 24 Nov 2026, 09:05 Example Support, &lt;support@desk.example.com&gt; wrote:<br></div><blockquote class="gmail_quote">${html}</blockquote></div>`,
    ],
    [
      'Outlook on the web',
      `<div>${own}</div><div id="appendonsend"></div><hr tabindex="-1"><div id="divRplyFwdMsg"><b>From:</b> Example Support<br><b>Sent:</b> Tuesday</div>${html}`,
    ],
    [
      'Apple Mail',
      `<body><div>${own}</div><div><br><blockquote type="cite"><div>On 24. Nov 2026, at 09:05, Example Support &lt;support@desk.example.com&gt; wrote:</div><br>${html}</blockquote></div></body>`,
    ],
  ])('in HTML by %s holds the words of the customer and nothing of ours', (_, answer) => {
    const words = readWords({ html: answer, answer: true });

    expect(words.text).toBe(own);
    expect(words.quoted).toContain('T-7K2M9Q');
  });

  test('in plain text, marked, holds the words of the customer and nothing of ours', () => {
    const quoted = text.replaceAll(/^/gm, '> ');

    const words = readWords({
      text: `${own}\n\nExample Support <support@desk.example.com>, 24.11.2026 09:05:\n\n${quoted}`,
      answer: true,
    });

    expect(words.text).toBe(own);
  });

  test('in plain text, without any mark, is recognised by what we wrote', () => {
    const words = readWords({ text: `${own}\n\n${text}`, answer: true, ours: [text] });

    expect(words.text).toBe(own);
  });
});
