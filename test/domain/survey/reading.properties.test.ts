import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applies, LONGEST_ANSWER, readAnswers } from '../../../domain/survey/reading.ts';
import { isLow, type Question, type SurveyDefinition } from '../../../domain/survey/survey.ts';
import { aDefinition } from '../../support/survey-builders.ts';

/** What a form posts for each answer of a question. */
const postedBy = ({ kind, options, choices }: Question): string[] =>
  kind === 'scale'
    ? (options ?? []).map(({ value }) => String(value))
    : kind === 'choice'
      ? (choices ?? [])
      : kind === 'yes-no'
        ? ['yes', 'no']
        : [];

const questionOf = (id: string): fc.Arbitrary<Question> =>
  fc.oneof(
    fc
      .record({ from: fc.integer({ min: 0, max: 1 }), steps: fc.integer({ min: 2, max: 11 }), required: fc.boolean() })
      .map(
        ({ from, steps, required }): Question => ({
          id,
          kind: 'scale',
          required,
          options: Array.from({ length: steps }, (_, index) => ({ value: from + index, label: `l${index}` })),
          text: {},
        }),
      ),
    fc.boolean().map((required): Question => ({ id, kind: 'choice', required, choices: ['a', 'b', 'c'], text: {} })),
    fc.boolean().map((required): Question => ({ id, kind: 'yes-no', required, text: {} })),
    fc.boolean().map((required): Question => ({ id, kind: 'text', required, text: {} })),
  );

/** Any definition the check of desk/surveys.yaml lets through: branches go back, the scored question is for everybody. */
const aSurvey: fc.Arbitrary<SurveyDefinition> = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: -1, max: 11 }), fc.boolean())
  .chain(([count, low, fromAbove]) =>
    fc
      .tuple(
        fc.tuple(...Array.from({ length: count }, (_, index) => questionOf(`q${index}`))),
        fc.array(fc.nat(), { minLength: count * 2, maxLength: count * 2 }),
        questionOf('score').filter(({ kind }) => kind === 'scale'),
        fc.nat({ max: count }),
      )
      .map(([questions, chances, score, place]) => {
        const all = questions.map((question, index): Question => {
          const before = questions.slice(0, index).filter(({ kind }) => kind !== 'text');
          const parent = before[(chances[index * 2] ?? 0) % (before.length + 2)];
          if (parent === undefined) return question;
          const answers = postedBy(parent);
          const opens = answers.filter((_, at) => ((chances[index * 2 + 1] ?? 0) >> at) % 2 === 0);
          return { ...question, when: { question: parent.id, in: opens.length > 0 ? opens : answers.slice(0, 1) } };
        });
        return aDefinition({
          scored: 'score',
          questions: [...all.slice(0, place), { ...score, required: true }, ...all.slice(place)],
          ...(fromAbove ? { lowAtMost: -1, lowFrom: low } : { lowAtMost: low }),
        });
      }),
  );

const word = fc.oneof(
  fc.constantFrom('', ' ', '0', '1', '5', '10', '11', '01', '1.0', 'yes', 'no', 'Yes', 'a', 'b', 'd', 'x'.repeat(2001)),
  fc.string(),
);
/** Answers that fit and answers that do not, with fields nobody asked for. */
const aForm = ({ questions }: SurveyDefinition): fc.Arbitrary<Record<string, string>> =>
  fc
    .tuple(
      fc.dictionary(
        fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'score', 'q0', 'q1', 'q9')),
        word,
      ),
      fc.tuple(
        ...questions.map((question) =>
          fc.oneof(
            { weight: 1, arbitrary: word },
            { weight: 9, arbitrary: fc.constantFrom(...(question.kind === 'text' ? ['x', ''] : postedBy(question))) },
          ),
        ),
      ),
      fc.boolean(),
    )
    .map(([other, given, filled]) => ({
      ...other,
      ...(filled ? Object.fromEntries(questions.map(({ id }, index) => [id, given[index] ?? ''])) : {}),
    }));

const both = aSurvey.chain((definition) => fc.tuple(fc.constant(definition), aForm(definition)));

describe('any form, posted to any survey', () => {
  test('is either answered inside its definition, or refused with the questions that are wrong', () => {
    let answered = 0;
    fc.assert(
      fc.property(both, ([definition, form]) => {
        const read = readAnswers(definition, form);
        if (!read.ok) {
          expect(read.problems?.length).toBeGreaterThan(0);
          for (const { path } of read.problems ?? []) expect(definition.questions.map(({ id }) => id)).toContain(path);
          return;
        }
        answered += 1;
        for (const [id, given] of Object.entries(read.value.answers)) {
          const question = definition.questions.find((each) => each.id === id);
          if (question === undefined) throw new Error(`${id} is no question`);
          if (question.kind === 'text') expect(given.length).toBeLessThanOrEqual(LONGEST_ANSWER);
          else expect(postedBy(question)).toContain(given);
        }
        const { score, low, answers } = read.value;
        expect(answers.score).toBe(String(score));
        expect(low).toBe(isLow(definition, score));
      }),
      { numRuns: 1500 },
    );
    expect(answered).toBeGreaterThan(100);
  });

  test('never has an answer recorded that its branch did not ask', () => {
    fc.assert(
      fc.property(both, ([definition, form]) => {
        const read = readAnswers(definition, form);
        if (!read.ok) return;
        const { answers } = read.value;
        for (const question of definition.questions)
          if (answers[question.id] !== undefined) expect(applies(question, answers)).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  test('reads the same once more when its own answers are posted again, as an edit does', () => {
    fc.assert(
      fc.property(both, ([definition, form]) => {
        const read = readAnswers(definition, form);
        if (read.ok) expect(readAnswers(definition, read.value.answers)).toEqual(read);
        else expect(read.refusal).toBe('wrong-shape');
      }),
      { numRuns: 500 },
    );
  });
});
