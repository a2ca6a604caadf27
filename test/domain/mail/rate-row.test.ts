import { beforeAll, expect, test } from 'vitest';
import { renderMail } from '../../../domain/mail/render.ts';
import { type CompiledDesk, compiledDesk } from '../../desk/compiled.ts';
import { owed, sample } from './samples.ts';

let desk: CompiledDesk;
beforeAll(async () => {
  desk = await compiledDesk();
});
const link = 'https://desk.example.com/t/AQJrMVsidGlja2V0Iiwi';
const reply = (code: 'en' | 'fa', message?: string) =>
  renderMail(
    owed(sample('reply', code).content, code, message === undefined ? {} : { message }),
    desk.locales[code],
    desk.brand,
  );

test('a person’s reply asks how good it is, worst first, by links that only choose', () => {
  const { html, text } = reply('en', '01KAR5');

  const hrefs = [...html.matchAll(/href="([^"]*rate=[^"]*)"/g)].map(([, href]) => href);
  expect(hrefs).toEqual([1, 2, 3, 4].map((score) => `${link}?rate=01KAR5&amp;r=${score}#m-01KAR5`));
  expect(text).toContain(`Rate this answer:\n${link}?rate=01KAR5#m-01KAR5`);
});

test('the row reads in the words of its language', () => {
  const { html } = reply('fa', '01KAR5');

  expect([...html.matchAll(/r=\d[^>]*>([^<]+)</g)].map(([, label]) => label)).toEqual(['خیلی بد', 'بد', 'خوب', 'عالی']);
});

test('nothing is asked about a mail that carries no reply, or of another kind', () => {
  const others = [
    reply('en'),
    renderMail(owed(sample('apology').content, 'en', { message: '01KAR5' }), desk.locales.en, desk.brand),
  ];

  for (const { html, text } of others) expect(html + text).not.toContain('rate=');
});
