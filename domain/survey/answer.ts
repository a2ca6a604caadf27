import { durationMs } from '../clock/duration.ts';
import type { ContactSheet } from '../contact/governor.ts';
import type { Context } from '../context.ts';
import type { Ledger } from '../ports.ts';
import { type Decision, decided, refused } from '../support/decision.ts';
import { type Instant, plus } from '../support/time.ts';
import { makeChange } from '../ticket/acts/make-change.ts';
import type { Change } from '../ticket/change.ts';
import { closing } from './cancel.ts';
import { creditedEvent } from './credit.ts';
import { type FormProblem, readAnswers } from './reading.ts';
import { type Survey, type SurveyAnswer, type SurveyDefinition, surveyed } from './survey.ts';

export type AnswerRefusal = 'survey-expired' | 'survey-cancelled' | 'survey-answered' | 'wrong-shape';

/** Until when an answer may be changed; undefined while there is none. */
export const editableUntil = (survey: Survey, ctx: Pick<Context, 'policy'>): Instant | undefined =>
  survey.status === 'answered'
    ? plus((survey.earlier[0] ?? survey.answer).at, durationMs(ctx.policy.survey.editableFor))
    : undefined;

/** Whether the survey takes an answer now, by its own record and the time: expiry never waits for a deletion. */
export const openForAnswer = (survey: Survey, ctx: Context): Decision<'first' | 'edit', AnswerRefusal> => {
  switch (survey.status) {
    case 'skipped':
    case 'cancelled':
      return refused('survey-cancelled', 'This survey is no longer open.');
    case 'asked':
      return ctx.now < survey.expiresAt ? decided('first') : refused('survey-expired', 'The time to answer is over.');
    case 'answered':
      return ctx.now < (editableUntil(survey, ctx) ?? ctx.now)
        ? decided('edit')
        : refused('survey-answered', 'The answer was given and can no longer be changed.');
  }
};

/**
 * Records what a person posted: once, with every edit kept. The same answer again changes nothing, so a double click is
 * one answer.
 */
export const answerSurvey = (
  ledger: Ledger,
  input: {
    survey: Survey;
    definition: SurveyDefinition;
    form: Record<string, string>;
    /** What the person was asked lately; needed for a first answer alone. */
    contacts?: ContactSheet | undefined;
  },
  ctx: Context,
): Decision<{ change?: Change }, AnswerRefusal> & { problems?: FormProblem[] } => {
  const { ticket } = ledger;
  const { survey, definition, form } = input;
  if (ticket.customer.erased) return refused('survey-cancelled', 'This survey is no longer open.');
  const open = openForAnswer(survey, ctx);
  if (!open.ok) return open;
  const read = readAnswers(definition, form);
  if (!read.ok) return read;
  if (survey.status !== 'asked' && survey.status !== 'answered') return refused('survey-cancelled', 'No longer open.');

  const answer: SurveyAnswer = { ...read.value, at: ctx.now };
  const earlier = survey.status === 'answered' ? [...survey.earlier, survey.answer] : [];
  if (survey.status === 'answered' && same(survey.answer, answer)) return decided({});

  const { expiresAt, mail, remindedAt, status, ...facts } = survey;
  const after: Survey = {
    ...facts,
    status: 'answered',
    expiresAt,
    mail,
    ...(remindedAt === undefined ? {} : { remindedAt }),
    answer,
    earlier,
    version: survey.version + 1,
  };
  const { agent, shares, group, tier } = survey.credit;
  const answered = {
    type: 'survey-answered' as const,
    by: `customer:${survey.customer.id}` as const,
    reason: earlier.length === 0 ? 'The customer answered the survey.' : 'The customer changed the answer.',
    ...surveyed(survey),
    score: answer.score,
    scale: answer.scale,
    low: answer.low,
    edit: earlier.length,
    ...creditedEvent(survey),
  };
  const rated = {
    ...ticket,
    satisfaction: {
      score: answer.score,
      scale: answer.scale,
      label: answer.label,
      ...(survey.measure === undefined ? {} : { measure: survey.measure }),
      low: answer.low,
      ...(agent === undefined ? {} : { agent }),
      ...(shares === undefined ? {} : { shares }),
      group,
      tier,
      cycle: survey.cycle,
      survey: survey.survey,
      at: ctx.now,
    },
  };
  const closed = survey.status === 'asked' ? closing(survey, input.contacts, ctx) : {};
  return decided({
    change: makeChange(ledger, rated, [answered], ctx, { survey: { before: survey, after }, ...closed }),
  });
};

const same = (a: SurveyAnswer, b: SurveyAnswer): boolean =>
  a.score === b.score &&
  JSON.stringify(Object.entries(a.answers).sort()) === JSON.stringify(Object.entries(b.answers).sort());
