import { emptySheet } from '../../domain/contact/governor.ts';
import type { Context } from '../../domain/context.ts';
import type { AgentNow, Policy } from '../../domain/policy.ts';
import type { Ledger } from '../../domain/ports.ts';
import type { ApologiseInput } from '../../domain/remediation/apologise.ts';
import { type OpenRecoveryInput, openRecovery } from '../../domain/remediation/open-recovery.ts';
import { ratedSurvey } from '../../domain/remediation/rated.ts';
import type { Remediation } from '../../domain/remediation/remediation.ts';
import { type Instant, plus } from '../../domain/support/time.ts';
import { answerSurvey } from '../../domain/survey/answer.ts';
import { askForRating } from '../../domain/survey/ask.ts';
import type { Askable } from '../../domain/survey/eligibility.ts';
import type { Survey, SurveyDefinition } from '../../domain/survey/survey.ts';
import { reply } from '../../domain/ticket/acts/reply.ts';
import type { Wait } from '../../domain/ticket/wait.ts';
import { aContext, afterChange, aLedger, aPolicy, aTeam, mondayAt9 } from './builders.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const links = { survey: 'https://desk.example/s/token', unsubscribe: 'https://desk.example/u/token' };
export const anAskable = (overrides: Partial<Askable> = {}): Askable => ({
  staff: [{ id: 'ada', name: 'Ada', email: 'ada@desk.example' }],
  deskAddress: 'support@desk.example',
  alsoKnownAs: [],
  suppressed: false,
  optedOut: false,
  contacts: emptySheet('01JCUSTOMER'),
  ...overrides,
});

export const aWait = (overrides: Partial<Wait> = {}): Wait => ({
  ticketId: 'T-7K2M9Q',
  machine: 'survey',
  cycle: 1,
  awaits: 'rating',
  token: 'token-1',
  ...overrides,
});

/** A five-point question that is scored, a follow-up asked of the unhappy, and a free text. */
export const aDefinition = (overrides: Partial<SurveyDefinition> = {}): SurveyDefinition => ({
  id: 'after-resolve',
  version: 1,
  kind: 'csat',
  measure: 'csat',
  polarity: 'high-is-good',
  series: 'csat-5.0a1b2c3d',
  scored: 'overall',
  scale: 'csat-5',
  lowAtMost: 2,
  questions: [
    {
      id: 'overall',
      kind: 'scale',
      required: true,
      options: [1, 2, 3, 4, 5].map((value) => ({ value, label: `star-${value}` })),
      text: { en: 'How was it?' },
    },
    { id: 'solved', kind: 'yes-no', required: true, text: { en: 'Was it solved?' } },
    {
      id: 'why',
      kind: 'text',
      required: true,
      when: { question: 'solved', in: ['no'] },
      text: { en: 'Why not?' },
    },
  ],
  ...overrides,
});

/** Ada has answered and resolved the ticket, two hours after it was opened. */
export const aResolvedLedger = (policy: Policy = aPolicy(), at: Instant = plus(mondayAt9, 2 * HOUR)): Ledger => {
  const ledger = aLedger({}, aContext(mondayAt9, policy));
  const replied = reply(
    ledger,
    {
      agent: 'ada',
      agentName: 'Ada',
      body: 'Try again now.',
      then: 'resolved',
      links: { ticket: 'https://desk.example/t/token' },
      replyTo: 'desk@desk.example',
    },
    aContext(at, policy),
  );
  if (!replied.ok) throw new Error(replied.detail);
  return afterChange(ledger, replied.value);
};

/** The survey of the first cycle, asked an hour after the resolution. */
export const anAskedSurvey = (
  ledger: Ledger = aResolvedLedger(),
  ctx: Context = aContext(plus(mondayAt9, 3 * HOUR)),
) => {
  const change = askForRating(
    ledger,
    { cycle: 1, definition: aDefinition(), links, known: anAskable(), wait: aWait(), asked: undefined },
    ctx,
  );
  if (change.survey === undefined) throw new Error('The survey was not asked.');
  return { ledger: afterChange(ledger, change), survey: change.survey.after };
};

/** The survey answered with a score, twelve hours after it was asked. */
export const anAnsweredSurvey = (score: number): { ledger: Ledger; survey: Survey } => {
  const { ledger, survey } = anAskedSurvey();
  const answered = answerSurvey(
    ledger,
    { survey, definition: aDefinition(), form: { overall: String(score), solved: 'no', why: 'It still fails.' } },
    aContext(plus(mondayAt9, 15 * HOUR)),
  );
  if (!answered.ok || answered.value.change?.survey === undefined) throw new Error('The answer was refused.');
  return { ledger: afterChange(ledger, answered.value.change), survey: answered.value.change.survey.after };
};

/** The low answer of the survey of the first cycle, as `openRecovery` is given it. */
export const aLowAnswer = (
  survey: Survey,
  overrides: Partial<OpenRecoveryInput> = {},
  definition = aDefinition(),
): OpenRecoveryInput => ({
  cycle: 1,
  low: { cause: 'survey', score: 1, scale: 'csat-5', about: 'survey#1' },
  rated: ratedSurvey(survey, definition),
  before: undefined,
  team: aTeam(),
  sheet: emptySheet('01JCUSTOMER0000000000000000'),
  ...overrides,
});

/** A remediation under way after a rating of 1; the team may be overridden. */
export const anOpenRecovery = (team: AgentNow[] = aTeam()): { ledger: Ledger; remediation: Remediation } => {
  const { ledger, survey } = anAnsweredSurvey(1);
  const opened = openRecovery(ledger, aLowAnswer(survey, { team }), aContext(plus(mondayAt9, 15 * HOUR)));
  if (!opened.ok || opened.value.kind !== 'opened' || opened.value.change === undefined)
    throw new Error('The recovery was not opened.');
  return { ledger: afterChange(ledger, opened.value.change), remediation: opened.value.remediation };
};

/** What an apology is decided by: a customer whom mail reaches, and a text message of two segments. */
export const anApology = (remediation: Remediation, overrides: Partial<ApologiseInput> = {}): ApologiseInput => ({
  links: { ticket: 'https://desk.example/t/token' },
  replyTo: 'desk@desk.example',
  remediation,
  unreachable: { suppressed: false, textsRefused: false },
  team: aTeam(),
  segmentsOf: () => 2,
  ...overrides,
});
