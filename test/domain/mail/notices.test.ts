import { beforeAll, expect, test } from 'vitest';
import { renderMail } from '../../../domain/mail/render.ts';
import { renderText } from '../../../domain/texts/render-text.ts';
import { lengthOf } from '../../../domain/texts/segments.ts';
import { type CompiledDesk, compiledDesk } from '../../desk/compiled.ts';
import { sample } from './samples.ts';

let desk: CompiledDesk;
beforeAll(async () => {
  desk = await compiledDesk();
});

const zoned = (template: 'warning' | 'escalation') => ({ ...sample(template), timeZone: 'Asia/Tehran' });

test('a notice names the ticket, what is due when in the zone of its reader, what comes next and when, and the link', () => {
  const { text, html, subject } = renderMail(zoned('escalation'), desk.locales.en, desk.brand);

  expect(subject).toBe('Promise broken: first reply [T-7K2M9Q]');
  expect(text).toContain('The first reply to this customer was due on Tuesday, 24 November 2026 at 11:35');
  expect(text).toContain('If nothing happens before Tuesday, 24 November 2026 at 11:50, the lead is called.');
  expect(text).toContain('I have seen it:\nhttps://desk.example.com/a/token');
  expect(html).toContain('href="https://desk.example.com/a/token"');
});

test('a warning says to which group the ticket moves', () => {
  const { text } = renderMail(zoned('warning'), desk.locales.en, desk.brand);

  expect(text).toContain(
    'If nothing happens before Tuesday, 24 November 2026 at 11:35, the ticket moves on to advanced.',
  );
});

test('the same is read as a text message, with the link at its end', () => {
  const words = renderText({ ...zoned('escalation'), to: { phone: '+4930123456' } }, desk.locales.en, desk.brand);

  expect(words).toMatch(/^Example Support T-7K2M9Q: The first reply to this customer was due on/);
  expect(words).toContain('at 11:50, the lead is called.');
  expect(words).toMatch(/\nhttps:\/\/desk\.example\.com\/a\/token$/);
  expect(lengthOf(words)).toMatchObject({ alphabet: 'gsm-7', segments: 3 });
});
