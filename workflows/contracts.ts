import * as z from 'zod/mini';

/**
 * What crosses the border between workflows and functions. The input of an execution is checked where it is started, the
 * input of a task where it arrives; a task answers with the small object its workflow reads. Instants are ISO 8601 UTC.
 */
const ticketId = z.string().check(z.regex(/^T-[0-9A-HJKMNP-TV-Z]{6}$/));
const cycle = z.number().check(z.int(), z.positive());
const nth = z.number().check(z.int(), z.positive());
const instant = z.string().check(z.iso.datetime());
const seconds = z.number().check(z.int(), z.positive());
/** `about`: what was rated, a survey or the id of a message or a feedback. */
const lowAnswer = {
  cause: z.enum(['survey', 'reply', 'feedback', 'nps']),
  score: z.number(),
  scale: z.string(),
  about: z.string(),
};
const owed = z.enum(['first-reply', 'resolution', 'customer', 'late-answer', 'third-party', 'nothing']);

export const machines = {
  intake: z.strictObject({ ticketId }),
  /** `nth`: which execution of the cycle it is, the first when absent. It names the one in which it goes on. */
  escalation: z.strictObject({ ticketId, cycle, nth: z.optional(nth), lookAgainAt: instant }),
  survey: z.strictObject({ ticketId, cycle, askAt: instant, remindAfterSeconds: seconds }),
  /** `cycle`: the one that was rated. */
  remediation: z.strictObject({
    ticketId,
    cycle,
    ...lowAnswer,
    answerWithinSeconds: seconds,
  }),
} as const;

export type Machine = keyof typeof machines;
export type MachineInput<M extends Machine> = z.infer<(typeof machines)[M]>;

/**
 * `T-7K2M9Q-1-escalation`: searchable in the console, and a double start is refused. A long life goes on in
 * `T-7K2M9Q-1-escalation-2`, as does one that ended before its time. The same expression stands in escalation.asl.json.
 */
export const executionName = (machine: Machine, id: string, ofCycle: number, ofThose = 1): string =>
  `${id}-${ofCycle}-${machine}${ofThose === 1 ? '' : `-${ofThose}`}`;

const ofTicket = z.object({ ticketId });
const ofCycle = z.object({ ticketId, cycle });
/** `at`: when the timer fired by the machine's clock; executions of an older definition do not say it. */
const ofTimer = z.object({ ticketId, cycle, at: z.optional(instant) });
const withToken = z.object({ ticketId, cycle, token: z.string() });
const nothing = z.object({});
const outcomeOf = <const T extends readonly [string, ...string[]]>(...names: T) => z.object({ outcome: z.enum(names) });

/** Input and output of every task function, by folder name. */
export const tasks = {
  'triage-ticket': {
    input: ofTicket,
    output: z.object({ outcome: z.enum(['triaged', 'already-triaged']), cycle, owed, lookAgainAt: instant }),
  },
  'send-acknowledgement': { input: ofTicket, output: outcomeOf('owed', 'already-acknowledged', 'not-wanted') },
  'ask-a-human': {
    input: z.object({
      ticketId,
      machine: z.enum(['intake', 'escalation', 'survey', 'remediation']),
      error: z.string(),
    }),
    output: outcomeOf('marked'),
  },
  'climb-the-ladder': {
    input: ofTimer,
    output: z.object({
      outcome: z.enum(['warned', 'moved', 'called', 'resumed', 'waited', 'nothing-owed']),
      owed,
      lookAgainAt: instant,
    }),
  },
  'remind-customer': {
    input: ofTimer,
    output: z.object({ outcome: z.enum(['reminded', 'not-silent']), owed, lookAgainAt: instant }),
  },
  'close-quietly': {
    input: ofTimer,
    output: z.object({ outcome: z.enum(['closed', 'not-silent']), owed, lookAgainAt: instant }),
  },
  'ask-for-rating': { input: withToken, output: nothing },
  'remind-once': { input: ofCycle, output: outcomeOf('reminded', 'not-wanted') },
  'open-recovery': {
    // An execution of an older definition says the score alone: a survey's.
    input: z.object({
      ticketId,
      cycle,
      score: z.number(),
      cause: z.optional(lowAnswer.cause),
      scale: z.optional(lowAnswer.scale),
      about: z.optional(lowAnswer.about),
    }),
    output: z.union([
      z.object({ outcome: z.enum(['opened', 'opened-before']), recoveryCycle: cycle, deadline: instant }),
      z.object({ outcome: z.literal('skipped'), why: z.string() }),
    ]),
  },
  'apologise-and-ask': { input: ofCycle, output: outcomeOf('contacted', 'contacted-before', 'no-address') },
  'call-the-lead': {
    input: ofCycle,
    output: z.object({ outcome: z.enum(['called', 'given-up']), lookAgainAt: instant }),
  },
  'ask-again': { input: withToken, output: nothing },
  'record-outcome': {
    input: z.object({ ticketId, cycle, outcome: z.enum(['recovered', 'not-recovered', 'no-answer']) }),
    output: outcomeOf('recovered', 'not-recovered', 'no-answer'),
  },
} as const;

export type Task = keyof typeof tasks;
export type TaskInput<T extends Task> = z.infer<(typeof tasks)[T]['input']>;
export type TaskOutput<T extends Task> = z.infer<(typeof tasks)[T]['output']>;
