import { expect, test } from 'vitest';
import { LONGEST_ANSWER, readAnswers } from '../../../domain/survey/reading.ts';
import { isLow, type SurveyDefinition } from '../../../domain/survey/survey.ts';
import { aDefinition } from '../../support/survey-builders.ts';

const definition: SurveyDefinition = {
  ...aDefinition(),
  questions: [...aDefinition().questions, { id: 'comment', kind: 'text', required: false, text: {} }],
};
const scored = { [definition.scored]: '5', solved: 'yes' };

test('an answer in words may be as long as the page says, and no longer', () => {
  const fits = readAnswers(definition, { ...scored, comment: 'x'.repeat(LONGEST_ANSWER) });
  const over = readAnswers(definition, { ...scored, comment: 'x'.repeat(LONGEST_ANSWER + 1) });

  expect(fits.ok).toBe(true);
  expect(over).toMatchObject({ ok: false, problems: [{ path: 'comment' }] });
});

test('a break counts once, as the browser has counted it', () => {
  const lines = 'a\r\n'.repeat(LONGEST_ANSWER / 2 - 1);

  const read = readAnswers(definition, { ...scored, comment: `${lines}ab` });

  expect(read).toMatchObject({ ok: true, value: { answers: { comment: `${lines.replaceAll('\r\n', '\n')}ab` } } });
});

test.each([
  ['satisfaction', { lowAtMost: 2 }, [1, 2], [3, 4, 5]],
  ['effort, where low is easy', { lowFrom: 6 }, [6, 7], [1, 4, 5]],
  ['what has no threshold', {}, [], [0, 1, 5, 10]],
])('an answer is low from its threshold on, of %s', (_, threshold, low, good) => {
  expect(low.filter((value) => isLow(threshold, value))).toEqual(low);
  expect(good.filter((value) => isLow(threshold, value))).toEqual([]);
});
