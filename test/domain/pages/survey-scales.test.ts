import { beforeAll, expect, test } from 'vitest';
import { answerInWords } from '../../../domain/pages/answer-words.ts';
import { surveyPage } from '../../../domain/pages/survey-page.ts';
import type { SurveyDefinition } from '../../../domain/survey/survey.ts';
import { type CompiledDesk, compiledDesk } from '../../desk/compiled.ts';

let desk: CompiledDesk;
beforeAll(async () => {
  desk = await compiledDesk();
});
const survey = (id: string): SurveyDefinition =>
  desk.surveys.find((each) => each.id === id) ?? expect.fail(`no survey ${id}`);
const form = (code: 'en' | 'fa' = 'en') => ({
  locale: desk.locales[code],
  brand: desk.brand,
  action: '/s/abc',
  subject: 'Card',
});
const checked = (page: string): string[] =>
  [...page.matchAll(/name="([^"]+)" value="([^"]+)"[^>]* checked/g)].map(([, name, value]) => `${name}=${value}`);

test.each([
  ['after-resolve', 4, 'satisfied', 'en', 'Satisfied'],
  ['after-resolve', 4, 'satisfied', 'fa', 'راضی'],
  ['ease', 5, '5', 'en', '5'],
  ['ease', 5, '5', 'fa', '۵'],
  ['ease', 7, '7', 'fa', '۷ – خیلی دشوار'],
  ['nps', 0, '0', 'en', '0 – Not at all likely'],
  ['nps', 10, '10', 'de', '10 – Äußerst wahrscheinlich'],
] as const)('an answer to %s of %i is told as its reader knows it (%s, %s)', (id, score, label, code, told) => {
  expect(answerInWords(survey(id), { score, label }, desk.locales[code])).toBe(told);
});

test('the link of a mail chooses a number, and none that is not on the scale', () => {
  const page = (preselected: string) => surveyPage({ ...form(), definition: survey('nps'), preselected });

  expect(checked(page('0'))).toEqual(['recommend=0']);
  expect(checked(page('10'))).toEqual(['recommend=10']);
  expect(checked(page('11'))).toEqual([]);
  expect(checked(page('010'))).toEqual([]);
});

test('numbers are written in the digits of the language, and posted as they are stored', () => {
  const page = surveyPage({ ...form('fa'), definition: survey('nps') });

  expect(page).toMatch(/name="recommend" value="7"[^>]*><span>۷<\/span>/);
});

test('a page on which an answer is changed says so first, with the answer that was given', () => {
  const page = surveyPage({
    ...form(),
    definition: survey('ease'),
    answers: { effort: '6', hurdles: 'The forms' },
    editableUntil: '2026-11-24T08:00:00.000Z',
  });

  expect(page).toContain('<h1>Change my answer</h1>');
  expect(page).toContain('<title>Change my answer');
  expect(checked(page)).toEqual(['effort=6']);
  expect(page).toContain('>The forms</textarea>');
});
