import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isForTheTeam } from '../../../domain/mail/audience.ts';
import { MOST_SEGMENTS, renderText } from '../../../domain/texts/render-text.ts';
import { lengthOf } from '../../../domain/texts/segments.ts';
import { mailWords } from '../../../functions/_shared/words/mail-words.ts';
import { type Code, owedMails } from '../mail/samples.ts';

const words = mailWords;
const texts = (code: Code) =>
  owedMails(code)
    .filter(({ content }) => !isForTheTeam(content))
    .map((mail) => ({ name: mail.content.template, text: renderText(mail, words.in(code), words.brand), mail }));

describe.each<Code>(['en', 'de', 'fa'])('text messages in %s', (code) => {
  test('read as they did', async () => {
    const all = texts(code).map(({ name, text }) => `${name} (${lengthOf(text).segments})\n${text}\n`);

    await expect(all.join('\n')).toMatchFileSnapshot(join(import.meta.dirname, 'golden', `texts.${code}.txt`));
  });

  test('each names the desk and the ticket it is about, ends with one link, and is no letter', () => {
    for (const { text, mail } of texts(code)) {
      const about = mail.ticketId === undefined ? '' : ` ${mail.ticketId}`;
      expect(text.startsWith(`${words.brand.name}${about}: `)).toBe(true);
      expect(text.match(/https:\/\//g)).toHaveLength(1);
      expect(text).toMatch(/https:\/\/\S+$/);
      expect(lengthOf(text).segments).toBeLessThanOrEqual(MOST_SEGMENTS);
    }
  });

  test('an apology asks what to do better, whole', () => {
    const apology = owedMails(code).find(({ content }) => content.template === 'apology');
    if (apology === undefined) throw new Error('There is a sample of each mail.');

    const text = renderText({ ...apology, to: { phone: '+4915112345678' } }, words.in(code), words.brand);

    expect(text).toContain(words.in(code).words['mail.apology.text']);
    expect(text).not.toContain('...');
    expect(lengthOf(text).segments).toBeLessThanOrEqual(5);
  });

  test('however much is said, the link is whole and the words end between characters', () => {
    const [, reply] = owedMails(code);
    if (reply?.content.template !== 'reply') throw new Error('The second sample is the reply.');
    const long = { ...reply, content: { ...reply.content, text: '😀'.repeat(5000) } };

    const text = renderText(long, words.in(code), words.brand);

    expect(lengthOf(text).segments).toBe(MOST_SEGMENTS);
    expect(text.isWellFormed()).toBe(true);
    expect(text.endsWith(reply.content.link)).toBe(true);
  });
});
