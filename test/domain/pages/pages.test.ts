import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { publicConversation } from '../../../domain/pages/conversation.ts';
import { pageHeaders } from '../../../domain/pages/headers.ts';
import { problemOf, problemPage } from '../../../domain/pages/problem-page.ts';
import { surveyOverPage, surveyThanksPage } from '../../../domain/pages/survey-end.ts';
import { type SurveyPage, surveyPage } from '../../../domain/pages/survey-page.ts';
import type { Message } from '../../../domain/ticket/message.ts';
import { type CompiledDesk, compiledDesk } from '../../desk/compiled.ts';

let desk: CompiledDesk;
beforeAll(async () => {
  desk = await compiledDesk();
});
const evil = '"><script>alert(1)</script>\'&';
const frame = (code: 'en' | 'de' | 'fa' = 'en') => ({ locale: desk.locales[code], brand: desk.brand });

const definition = () => {
  const found = desk.surveys.find(({ id }) => id === 'after-resolve');
  if (found === undefined) throw new Error('no survey after-resolve');
  return found;
};
const aSurvey = (overrides: Partial<SurveyPage> = {}): string =>
  surveyPage({ ...frame(), definition: definition(), action: '/s/abc', subject: 'Card', ...overrides });
const checked = (page: string): string[] =>
  [...page.matchAll(/name="([^"]+)" value="([^"]+)"[^>]* checked/g)].map(([, name, value]) => `${name}=${value}`);

describe('the survey page', () => {
  test('chooses nothing by itself, and what the link says when it says so', () => {
    expect(checked(aSurvey())).toEqual([]);
    expect(checked(aSurvey({ preselected: '2' }))).toEqual(['satisfaction=2']);
    expect(checked(aSurvey({ preselected: '9' }))).toEqual([]);
    expect(checked(aSurvey({ preselected: evil }))).toEqual([]);
  });

  test('shows a new choice over an earlier answer, but never over one just posted', () => {
    const answers = { satisfaction: '1', resolved: 'no' };

    const again = aSurvey({ answers, preselected: '5', editableUntil: '2026-11-24T08:00:00.000Z' });
    const refused = aSurvey({ answers, preselected: '5', errors: { issue: 'too-long' } });

    expect(checked(again)).toEqual(['satisfaction=5', 'resolved=no']);
    expect(checked(refused)).toEqual(['satisfaction=1', 'resolved=no']);
  });

  test('says what is wrong at the question and at the top, with a link to it', () => {
    const page = aSurvey({ errors: { satisfaction: 'required', issue: 'too-long' } });

    expect(page).toContain('<a href="#a-satisfaction">How satisfied are you with our support overall?</a>');
    expect(page).toContain('<p class="error" id="e-satisfaction">Please choose an answer.</p>');
    expect(page).toContain('<p class="error" id="e-issue">Please write at most 2000 characters.</p>');
    expect(page).toContain('aria-describedby="e-issue"');
  });

  test('asks for every question in the words of its language', () => {
    const page = aSurvey(frame('fa'));

    for (const { id, text } of definition().questions) {
      expect(page).toContain(`name="${id}"`);
      expect(page).toContain(text.fa);
    }
    expect(page).toContain('<strong>۱</strong>');
  });

  test('never requires a question that may be hidden', () => {
    const shown = definition();
    const questions = shown.questions.map((question) => ({ ...question, required: true }));

    const page = aSurvey({ definition: { ...shown, questions } });

    expect(page).toMatch(/<textarea id="a-issue"[^>]* required>/);
    expect(page).not.toMatch(/<textarea id="a-why-not"[^>]* required>/);
  });

  test('lets no words from outside become markup', () => {
    const page = aSurvey({ subject: evil, agent: evil, answers: { issue: evil }, action: `/s/${evil}` });

    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
  });
});

describe('after the survey', () => {
  test('a low answer is told what happens now, a good one is thanked', () => {
    const low = surveyThanksPage({ ...frame(), answer: 'Bad', low: true });
    const good = surveyThanksPage({ ...frame(), answer: 'Good', low: false });

    expect(low).toContain(desk.locales.en.words['survey.thanks-low']);
    expect(good).not.toContain(desk.locales.en.words['survey.thanks-low']);
  });

  test('a closed survey says why, and shows no form', () => {
    for (const why of ['answered', 'expired', 'cancelled'] as const) {
      const page = surveyOverPage({ ...frame('de'), why });

      expect(page).toContain(desk.locales.de.words[`survey.${why}-lead`]);
      expect(page).not.toContain('<form');
    }
  });
});

describe('the conversation', () => {
  const message = (id: string, overrides: Partial<Message>): Message => ({
    id,
    ticketId: 'T-7K2M9Q',
    at: '2026-11-23T08:05:00.000Z',
    direction: 'in',
    channel: 'mail',
    author: 'customer:1',
    text: id,
    attachments: [],
    ...overrides,
  });

  test('leaves out notes, quarantined mail, what was moved elsewhere, and what others wrote', () => {
    const shown = publicConversation(
      [
        message('a', {}),
        message('b', { direction: 'note', author: 'agent:ada' }),
        message('c', { quarantined: 'a stranger' }),
        message('d', { movedTo: 'T-3H8QXA' }),
        message('e', { author: 'customer:2' }),
      ],
      { person: new Set(['1']), ticketOf: '1', agents: new Map(), events: [] },
    );

    expect(shown.map(({ text }) => text)).toEqual(['a']);
  });

  test('holds what the person wrote by any of their identities, and of another one’s ticket nothing else', () => {
    const said = [
      message('a', {}),
      message('b', { author: 'customer:2' }),
      message('c', { author: 'customer:3' }),
      message('d', { direction: 'out', author: 'agent:ada' }),
      message('e', { author: 'rule:transcript@1' }),
    ];
    const shownOn = (ticketOf: string) =>
      publicConversation(said, { person: new Set(['1', '2']), ticketOf, agents: new Map(), events: [] });

    expect(shownOn('2').map(({ text }) => text)).toEqual(['a', 'b', 'd', 'e']);
    expect(shownOn('3').map(({ text }) => text)).toEqual(['a', 'b']);
  });

  test('runs from the oldest to the newest, with the names of agents and of nobody else', () => {
    const shown = publicConversation(
      [
        message('c', { at: '2026-11-25T08:00:00.000Z', direction: 'out', author: 'rule:silence@1' }),
        message('b', { at: '2026-11-24T08:00:00.000Z', direction: 'out', author: 'agent:ada' }),
        message('a', {}),
      ],
      { person: new Set(['1']), ticketOf: '1', agents: new Map([['ada', 'Ada Brandt']]), events: [] },
    );

    expect(shown.map(({ from, agent }) => [from, agent])).toEqual([
      ['customer', undefined],
      ['desk', 'Ada Brandt'],
      ['desk', undefined],
    ]);
  });
});

describe('every page', () => {
  test('allows its own style sheet, fonts and pictures of the desk, and nothing else', () => {
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(aSurvey()) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');

    const policy = pageHeaders(desk.brand)['content-security-policy'];

    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
  });

  test('is neither stored nor indexed, and tells nobody where it was', () => {
    expect(pageHeaders(desk.brand)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    });
  });

  test('about a problem looks the same whether a thing is forbidden or not there', () => {
    const [forbidden, unknown] = [403, 404].map((status) => problemPage({ ...frame(), problem: problemOf(status) }));

    expect(forbidden).toBe(unknown);
    expect([400, 409, 413, 415, 422, 429, 500, 503].map(problemOf)).toEqual([
      'wrong',
      'busy',
      'too-large',
      'wrong',
      'wrong',
      'busy',
      'broken',
      'busy',
    ]);
  });
});

describe('the page of a problem', () => {
  const posted = (fields: Record<string, string>, problem: 'busy' | 'wrong' = 'busy') =>
    problemPage({ ...frame(), problem, again: { address: '/help?lang=en', fields } });

  test.each(['not-found', 'ended'] as const)('shows whoever has no link that works the ways on: %s', (problem) => {
    const page = problemPage({ ...frame('de'), problem, again: { address: '/t/x' } });

    expect(page).toContain('href="/help?lang=de"');
    expect(page).toContain('href="/kb?lang=de"');
    expect(page).not.toContain('/t/x');
  });

  test('says how long to wait, in minutes, and does not count a moment', () => {
    const waiting = (wait: number) => problemPage({ ...frame('fa'), problem: 'busy', wait });

    expect(waiting(2401)).toContain('۴۱ دقیقه');
    expect(waiting(60)).toContain(desk.locales.fa.words['problem.busy.lead']);
  });

  test('holds what was posted until the desk can take it, in no markup but its own', () => {
    const page = posted({ once: 'key', message: evil });

    expect(page).toContain('<form method="post" action="/help?lang=en">');
    expect(page).toContain('<input type="hidden" name="once" value="key">');
    expect(page).toContain('name="message" value="&quot;&gt;&lt;script&gt;alert(1)');
    expect(page).not.toContain('<script');
  });

  test('asks for a page once more by a link, and never posts again what was refused', () => {
    const asked = problemPage({ ...frame(), problem: 'broken', again: { address: '/t/token?from=1' } });

    expect(asked).toContain('<a class="button" href="/t/token?from=1">Try again</a>');
    expect(posted({ message: 'x' }, 'wrong')).not.toContain('<form');
  });

  test('promises to hold no more than a page may weigh', () => {
    const [most, over] = ['&'.repeat(3000), '&'.repeat(3400)].map((message) => posted({ message }));

    expect(Buffer.byteLength(most ?? '')).toBeLessThan(40_000);
    expect(most).toContain('<form');
    expect(over).not.toContain('<form');
    expect(over).not.toContain(desk.locales.en.words['problem.kept']);
  });
});
