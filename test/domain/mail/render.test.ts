import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { OwedMail } from '../../../domain/mail/owed.ts';
import { renderMail } from '../../../domain/mail/render.ts';
import { type CompiledDesk, compiledDesk } from '../../desk/compiled.ts';
import { type Code, owed, owedMails, sample } from './samples.ts';

type SurveyContent = Extract<OwedMail['content'], { template: 'survey' }>;

let desk: CompiledDesk;
beforeAll(async () => {
  desk = await compiledDesk();
});
const render = (mail: OwedMail, code: Code = 'en') => renderMail(mail, desk.locales[code], desk.brand);
const languages = ['en', 'de', 'fa'] as const;

describe.each(languages)('in %s', (code) => {
  test.each(owedMails(code).map((mail) => [mail.content.template, mail] as const))(
    'the %s mail reads as agreed',
    async (name, mail) => {
      const { subject, text, html, headers } = render(mail, code);

      const head = Object.entries({ Subject: subject, ...headers }).map(([header, value]) => `${header}: ${value}`);
      const golden = join(import.meta.dirname, 'golden', `${name}.${code}`);
      await expect(`${head.join('\n')}\n\n${text}`).toMatchFileSnapshot(`${golden}.txt`);
      await expect(html).toMatchFileSnapshot(`${golden}.html`);
    },
  );

  test('every mail states its language and direction, and fetches nothing', () => {
    for (const mail of owedMails(code)) {
      const { html } = render(mail, code);

      expect(html).toContain(`<html lang="${code}" dir="${desk.locales[code].dir}">`);
      expect(html).not.toMatch(/<(img|script|link|iframe)|url\(|@import/);
    }
  });
});

describe('threads', () => {
  test('refer to the anchor of the ticket and to the mail that is answered', () => {
    const { headers } = render(sample('reply'));

    expect(headers['In-Reply-To']).toBe('<question-1@mail.example.com>');
    expect(headers.References).toBe('<ticket.T-7K2M9Q@desk.example.com> <question-1@mail.example.com>');
  });

  test('hang on the anchor alone when the answered mail has no proper id', () => {
    const broken = ['', 'no id', '<a@b>\r\nBcc: x@y.z', '<a b@c>', '<a@b> <c@d>'].map(
      (inReplyTo) => render({ ...sample('reply'), inReplyTo }).headers,
    );

    expect(broken.map((headers) => headers.References)).toEqual(Array(5).fill('<ticket.T-7K2M9Q@desk.example.com>'));
  });

  test('are found by the number in the subject, which stands there once', () => {
    const { subject } = render(owed({ ...sample('reply').content, subject: 'Re: AW: Card [T-7K2M9Q]' }));

    expect(subject).toBe('Re: Card [T-7K2M9Q]');
  });

  test('keep their number when the subject is endless', () => {
    const { subject } = render(owed({ ...sample('reply').content, subject: 'long '.repeat(200) }));

    expect(subject.length).toBeLessThan(180);
    expect(subject).toMatch(/ \[T-7K2M9Q\]$/);
  });
});

describe('to other machines', () => {
  test('only a person’s reply looks like one (RFC 3834)', () => {
    const said = owedMails('en').map((mail) => [mail.content.template, render(mail).headers['Auto-Submitted']]);

    expect(Object.fromEntries(said)).toEqual({
      acknowledgement: 'auto-replied',
      reply: undefined,
      reminder: 'auto-generated',
      'closed-quietly': 'auto-generated',
      late: 'auto-generated',
      survey: 'auto-generated',
      apology: 'auto-generated',
      'follow-up': 'auto-generated',
      warning: 'auto-generated',
      escalation: 'auto-generated',
      recovery: 'auto-generated',
      identity: 'auto-generated',
      outage: 'auto-generated',
      'recovery-overdue': 'auto-generated',
      'recovery-left': 'auto-generated',
      'call-customer': 'auto-generated',
      nps: 'auto-generated',
      feedback: 'auto-generated',
    });
  });

  test('surveys say how to stop them with one click (RFC 8058), other mails do not', () => {
    const stoppable = owedMails('en').filter((mail) => render(mail).headers['List-Unsubscribe'] !== undefined);

    expect(stoppable.map((mail) => mail.content.template)).toEqual(['nps', 'survey', 'follow-up']);
    expect(render(sample('survey')).headers).toMatchObject({
      'List-Unsubscribe': '<https://desk.example.com/u/AQJrMVsidW5zdWIiLCJU>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
  });
});

describe('a hostile customer', () => {
  test('cannot add a header by a line break', () => {
    const subject = 'Hello\r\nBcc: all@example.com\u2028x';

    expect(render(owed({ ...sample('reply').content, subject })).subject).toBe(
      'Re: Hello Bcc: all@example.com x [T-7K2M9Q]',
    );
    expect(() => render({ ...sample('reply'), replyTo: 'a@b.c\r\nBcc: x@y.z' })).toThrow(/Reply-To/);
    expect(() => render({ ...sample('reply'), anchor: 'a\r\nb@c' })).toThrow(/not a Message-ID/);
  });

  test('cannot put markup into a mail by subject, name or words', () => {
    const evil = '<img src=x onerror=alert(1)>"\'';
    for (const mail of owedMails('en')) {
      const content = { ...mail.content, subject: evil, ...('text' in mail.content ? { text: evil } : {}) };

      const { html } = render({ ...mail, content, to: { email: 'a@b.c', name: evil } });

      expect(html).not.toContain('<img');
    }
  });
});

describe('when nobody is free', () => {
  test.each(['', '–'])('no sentence is left without its name (%j)', (agent) => {
    const apology = render(owed({ ...sample('apology').content, agent } as OwedMail['content'])).text;
    const recovery = render(owed({ ...sample('recovery').content, agent } as OwedMail['content'])).text;

    expect(apology).toContain('One of us is now looking at your request again');
    expect(recovery).toContain('nobody is free to take over');
  });
});

test('a call that moves nothing names the group once', () => {
  const { text } = render(owed({ ...sample('escalation').content, to: 'frontline' } as OwedMail['content']));

  expect(text).toContain('Group: frontline');
  expect(text).not.toContain('From:');
});

describe('the survey mail', () => {
  test('says who worked on it, or that it is asked for the second and last time', () => {
    const [named, unnamed, again] = [{}, { agent: undefined }, { reminder: true }].map((change) => {
      const { agent, ...content } = { ...sample('survey').content, ...change } as SurveyContent;
      return render(owed(agent === undefined ? content : { ...content, agent })).text;
    });

    expect(named).toContain('Farah Moradi has worked on your request');
    expect(unnamed).toContain('We consider your request “Payment failed twice” resolved.');
    expect(again).toContain('we will not ask about it again');
  });

  test('offers every answer, worst first, as a link that chooses it', () => {
    const { text } = render(sample('survey'));

    const links = [...text.matchAll(/\?r=(\d)/g)].map(([, value]) => value);
    expect(links).toEqual(['1', '2', '3', '4', '5']);
  });

  test('shows all answers alike', () => {
    const { html } = render(sample('survey'));

    const styles = [...html.matchAll(/\?r=\d" style="([^"]+)"/g)].map(([, style]) => style);
    expect(styles).toHaveLength(5);
    expect(new Set(styles).size).toBe(1);
  });

  test('is not sent when the language has no words for the survey', () => {
    const mail = owed({ ...sample('survey').content, survey: 'gone@7' } as OwedMail['content']);

    expect(() => render(mail)).toThrow(/gone@7 has no words/);
  });

  test('holds no link that is not one', () => {
    const mail = owed({ ...sample('survey').content, link: 'javascript:alert(1)' } as OwedMail['content']);

    expect(() => render(mail)).toThrow(/not a web address/);
  });
});
