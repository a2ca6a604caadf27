import { describe, expect, test } from 'vitest';
import type { Feedback } from '../../../domain/feedback/feedback.ts';
import type { OwedMail } from '../../../domain/mail/owed.ts';
import {
  erasedAsk,
  erasedEvent,
  erasedFeedback,
  erasedMessage,
  erasedRecord,
  erasedSurvey,
  filesOf,
  hasWords,
  remainsOf,
} from '../../../domain/privacy/erased.ts';
import type { Message } from '../../../domain/ticket/message.ts';
import { aCustomer, anEvent, anOwedMail, mondayAt9 } from '../../support/builders.ts';
import { aDefinition, anAnsweredSurvey, anAskedSurvey } from '../../support/survey-builders.ts';

const aMessage = (overrides: Partial<Message> = {}): Message => ({
  id: '01J1',
  ticketId: 'T-7K2M9Q',
  at: mondayAt9,
  direction: 'in',
  channel: 'mail',
  author: 'customer:01JCUSTOMER',
  text: 'Call me on 030 123456. Kim',
  attachments: [],
  ...overrides,
});

describe('what is left of an erased', () => {
  test('customer is an id, a class and a language', () => {
    const record = { ...aCustomer({ name: 'Kim', timeZone: 'Asia/Tehran' }), since: mondayAt9, links: [] };

    const left = erasedRecord(record, '01JERASURE');

    const { id, locale, type } = record;
    expect(left).toEqual({ id, locale, type, since: mondayAt9, erased: true, erasure: '01JERASURE' });
  });

  test('message is when it was said, by whom and which way, however much came with it', () => {
    const message = aMessage({
      html: '<p>Kim</p>',
      quoted: 'Kim wrote',
      whole: 'attachments/1/text',
      raw: 'in/1',
      mailId: '<1@kim.example>',
      from: 'kim@example.com',
      saidBy: { as: 'customer', name: 'Kim' },
      url: 'https://social.example/@kim/1',
      turn: 'kim-1',
      masked: ['card-number'],
      call: { startedAt: mondayAt9, seconds: 60, outcome: 'open' },
      attachments: [{ name: 'kim.jpg', type: 'image/jpeg', bytes: 9, key: 'attachments/1/1' }],
      movedFrom: 'T-7K2M9R',
    });

    const left = erasedMessage(message);

    const { id, ticketId, at, direction, channel, author } = message;
    expect(left).toEqual({
      id,
      ticketId,
      at,
      direction,
      channel,
      author,
      text: '',
      attachments: [],
      movedFrom: 'T-7K2M9R',
    });
    expect(filesOf(message)).toEqual(['attachments/1/1', 'attachments/1/text', 'in/1']);
    expect([hasWords(message), hasWords(left)]).toEqual([true, false]);
  });

  test('event is all of it, but for what a person wrote into it', () => {
    const resolved = anEvent(
      { type: 'resolved', agent: 'ada', cause: 'Kim forgot it', solution: 'Told Kim' },
      mondayAt9,
    );
    const held = anEvent({ type: 'paused', waitingFor: 'third-party', stopsClock: true }, mondayAt9, {
      by: 'agent:ada',
    });
    const byRule = anEvent({ type: 'paused', waitingFor: 'customer', stopsClock: true }, mondayAt9, {
      by: 'rule:reply@1',
    });

    const triaged = anEvent(
      {
        type: 'triaged',
        priority: 'P3',
        category: 'other',
        product: 'Kim’s shop',
        group: 'frontline',
        tier: 1,
        rules: [],
      },
      mondayAt9,
    );

    const left = erasedEvent(resolved);

    const { id, at } = resolved;
    expect(left).toMatchObject({ id, at, type: 'resolved', agent: 'ada' });
    expect(JSON.stringify(left)).not.toContain('Kim');
    expect(erasedEvent({ ...held, reason: 'Kim asks a friend.' })?.reason).toBe('Erased.');
    expect(erasedEvent(byRule)).toBeUndefined();
    expect(erasedEvent(triaged)).toMatchObject({ category: 'other', rules: [] });
    expect(erasedEvent(triaged)).not.toHaveProperty('product');
    expect(left && erasedEvent(left)).toBeUndefined();
  });

  test('survey is its score and its choices, in every edit', () => {
    const { survey } = anAnsweredSurvey(1);

    const left = erasedSurvey(survey, aDefinition());

    expect(left).toMatchObject({
      status: 'answered',
      version: survey.version + 1,
      answer: { score: 1, low: true, answers: { overall: '1', solved: 'no' } },
    });
    expect(JSON.stringify(left)).not.toContain('It still fails');
    expect(left && erasedSurvey(left, aDefinition())).toBeUndefined();
  });

  test('survey of a definition that is gone is its score alone: nothing tells which answers are words', () => {
    const { survey } = anAnsweredSurvey(1);

    const left = erasedSurvey(survey, undefined);

    expect(left).toMatchObject({ answer: { score: 1, answers: {} } });
  });

  test('survey that nobody has answered is one that was taken back', () => {
    const { survey } = anAskedSurvey();

    const left = erasedSurvey(survey, aDefinition());

    expect(left).toMatchObject({ status: 'cancelled', why: 'erased', version: survey.version + 1 });
  });

  test('feedback is its score', () => {
    const feedback: Feedback = {
      id: '2026-11-23.01J',
      at: mondayAt9,
      kind: 'nps',
      score: 3,
      answers: { overall: '3', why: 'Kim is unhappy' },
      text: 'Kim is unhappy',
      locale: 'en',
      version: 1,
    };

    const left = erasedFeedback(feedback, aDefinition());

    expect(left).toMatchObject({ score: 3, answers: { overall: '3' }, version: 2 });
    expect(JSON.stringify(left)).not.toContain('Kim');
    expect(left && erasedFeedback(left, aDefinition())).toBeUndefined();
  });

  test('question whether they recommend the desk is that it was asked, and what was scored', () => {
    const answer = {
      at: mondayAt9,
      score: 3,
      scale: 'nps',
      label: '3',
      low: true,
      answers: { overall: '3', why: 'Kim is unhappy' },
    };
    const ask = {
      person: '01JCUSTOMER',
      day: '2026-11-23',
      at: mondayAt9,
      version: 2,
      status: 'answered' as const,
      survey: 'nps@1',
      customer: aCustomer({ name: 'Kim' }),
      expiresAt: mondayAt9,
      mail: 'nps#1',
      feedback: '1',
      answer,
      earlier: [answer],
    };

    const left = erasedAsk(ask, aDefinition());

    expect(left).toMatchObject({ version: 3, answer: { score: 3, answers: { overall: '3' } } });
    expect(JSON.stringify(left)).not.toMatch(/kim/i);
    expect(left && erasedAsk(left, aDefinition())).toBeUndefined();
  });
});

describe('an erased mail', () => {
  const survey: OwedMail['content'] = {
    template: 'survey',
    subject: 'Kim cannot log in',
    survey: 'after-resolve@1',
    link: 'https://desk.example/s/token',
    unsubscribe: 'https://desk.example/u/token',
    reminder: false,
    agent: 'Ada',
  };

  test('that asked for a rating is still when it was sent, by which clicks are graded', () => {
    const mail = anOwedMail({ content: survey, status: 'sent', sentAt: mondayAt9, replyTo: 'desk+kim@desk.example' });

    const left = remainsOf(mail);

    expect(left).toMatchObject({ key: mail.key, status: 'sent', sentAt: mondayAt9, to: { email: '' } });
    expect(JSON.stringify(left)).not.toMatch(/kim|token|Ada/i);
  });

  test.each([
    ['was owed and is not sent', anOwedMail({ content: survey })],
    ['said something else', anOwedMail({ status: 'sent', sentAt: mondayAt9 })],
  ])('that %s is gone', (_, mail) => {
    const left = remainsOf(mail);

    expect(left).toBeUndefined();
  });
});
