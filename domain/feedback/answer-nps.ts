import { durationMs } from '../clock/duration.ts';
import { type ContactSheet, closeAsk } from '../contact/governor.ts';
import type { Context } from '../context.ts';
import { type Decision, decided, refused } from '../support/decision.ts';
import { type Instant, plus } from '../support/time.ts';
import { type FormProblem, readAnswers } from '../survey/reading.ts';
import type { SurveyAnswer, SurveyDefinition } from '../survey/survey.ts';
import { type Feedback, type FeedbackChange, feedbackId } from './feedback.ts';
import { feedbackOf } from './give.ts';
import { type NpsAsk, npsKey, type SheetChange } from './nps-ask.ts';

export type NpsRefusal = 'survey-expired' | 'survey-cancelled' | 'survey-answered' | 'wrong-shape';

/** Until when an answer may be changed; undefined while there is none. */
export const npsEditableUntil = (ask: NpsAsk, { policy }: Pick<Context, 'policy'>): Instant | undefined =>
  ask.status === 'answered'
    ? plus((ask.earlier[0] ?? ask.answer).at, durationMs(policy.survey.editableFor))
    : undefined;

/** Whether it takes an answer now, by its own record and the time. */
export const openForNps = (ask: NpsAsk, ctx: Pick<Context, 'policy' | 'now'>): Decision<true, NpsRefusal> => {
  switch (ask.status) {
    case 'skipped':
      return refused('survey-cancelled', 'Nothing was asked.');
    case 'asked':
      return ctx.now < ask.expiresAt ? decided(true) : refused('survey-expired', 'The time to answer is over.');
    case 'answered':
      return ctx.now < (npsEditableUntil(ask, ctx) ?? ctx.now)
        ? decided(true)
        : refused('survey-answered', 'The answer was given and can no longer be changed.');
  }
};

export interface NpsAnswered {
  /** Everything that is stored together; absent when the same answer came again. */
  change?: FeedbackChange & { contacts?: SheetChange };
  ask: NpsAsk & { status: 'answered' };
  /** Low, and nobody works on it yet: a ticket is to be opened with the change. */
  opens: boolean;
}

/** Records what somebody posted: one answer, with every edit kept. `kept`: the feedback of the answer before, if any. */
export const answerNps = (
  {
    ask,
    definition,
    form,
    kept,
    sheet,
  }: { ask: NpsAsk; definition: SurveyDefinition; form: Record<string, string>; kept?: Feedback; sheet: ContactSheet },
  ctx: Context,
): Decision<NpsAnswered, NpsRefusal> & { problems?: FormProblem[] } => {
  const open = openForNps(ask, ctx);
  if (!open.ok) return open;
  if (ask.status === 'skipped') return refused('survey-cancelled', 'Nothing was asked.');
  const read = readAnswers(definition, form);
  if (!read.ok) return read;
  if (ask.status === 'answered' && same(ask.answer, read.value)) return decided({ ask, opens: false });

  const answer: SurveyAnswer = { ...read.value, at: ctx.now };
  const given = feedbackOf({
    id: kept?.id ?? feedbackId(ctx.now, ctx.ids.ulid()),
    at: kept?.at ?? ctx.now,
    kind: 'nps',
    definition,
    answered: read.value,
    locale: ask.customer.locale,
    customerId: ask.customer.id,
  });
  const { ticketId } = kept ?? {};
  const after: NpsAsk & { status: 'answered' } = {
    ...ask,
    status: 'answered',
    feedback: given.id,
    answer,
    earlier: ask.status === 'answered' ? [...ask.earlier, ask.answer] : [],
    version: ask.version + 1,
  };
  const closed = closeAsk(sheet, npsKey(ask), ctx.now);
  return decided({
    ask: after,
    opens: read.value.low && ticketId === undefined,
    change: {
      ...(kept === undefined ? {} : { before: kept }),
      after: { ...given, ...(ticketId === undefined ? {} : { ticketId }), version: (kept?.version ?? 0) + 1 },
      ask: { before: ask, after },
      ...(closed.version === sheet.version ? {} : { contacts: { before: sheet, after: closed } }),
    },
  });
};

const same = (a: Pick<SurveyAnswer, 'score' | 'answers'>, b: Pick<SurveyAnswer, 'score' | 'answers'>): boolean =>
  a.score === b.score &&
  JSON.stringify(Object.entries(a.answers).sort()) === JSON.stringify(Object.entries(b.answers).sort());
