import type { Policy } from '../../domain/policy.ts';
import type { Survey } from '../../domain/survey/survey.ts';
import { inOrder, type TicketEvent } from '../../domain/ticket/event.ts';
import type { CapturedMail, ListedExecution } from '../../local/client/running-desk.ts';
import type { Stored } from '../quarter/table.ts';
import { Asks } from './asks.ts';
import type { Life } from './people.ts';
import type { Done } from './play.ts';

/** Two counts that have to be one. */
export interface Tally {
  what: string;
  is: number;
  shouldBe: number;
}

export interface Findings {
  wrong: string[];
  tallies: Tally[];
  /** How often, by reason. */
  skipped: Map<string, number>;
  outcomes: Map<string, number>;
  /** Recoveries that were begun. */
  started: number;
}

/** What the people and the letterboxes say of one resolved cycle: whether its customer was to be asked. */
type Expected = 'asked' | 'not-asked' | 'either';

/** All that the fortnight promises, counted again from what is stored, what was sent and what people did. */
export const checkFortnight = (
  stored: Stored,
  sent: readonly CapturedMail[],
  executions: readonly ListedExecution[],
  done: Done,
  policy: Policy,
): Findings => {
  const wrong: string[] = [];
  const skipped = new Map<string, number>();
  const outcomes = new Map<string, number>();
  const count = { asked: 0, eligible: 0, low: 0, started: 0, joined: 0, closed: 0 };
  const asks = new Asks(stored, sent, done, policy);
  const surveys = new Map(
    stored.surveys
      .filter(({ kind }) => kind === 'csat')
      .map((survey) => [`${survey.ticketId}#${survey.cycle}`, survey]),
  );

  for (const { ticket, events } of stored.ledgers) {
    const life = done.tickets.get(ticket.id);
    if (life === undefined) {
      wrong.push(`${ticket.id} (${ticket.channel}, ${ticket.subject}) was opened by nobody at ${ticket.createdAt}`);
      continue;
    }
    const ordered = inOrder(events);
    for (const cycle of cyclesToAskAbout(ordered)) {
      const decision = surveys.get(`${ticket.id}#${cycle}`);
      if (decision === undefined) {
        wrong.push(`${ticket.id} cycle ${cycle} ended, and whether to ask was never decided`);
        continue;
      }
      const was = decision.status === 'skipped' ? 'not-asked' : 'asked';
      const expected = expectedOf(life, ordered, decision, done, asks);
      if (was === 'asked') count.asked += 1;
      if (expected === 'asked' || (expected === 'either' && was === 'asked')) count.eligible += 1;
      if (decision.status === 'skipped') skipped.set(decision.why, (skipped.get(decision.why) ?? 0) + 1);
      if (expected !== 'either' && expected !== was)
        wrong.push(
          `${ticket.id} cycle ${cycle} of ${life.person.email} was ${was} at ${decision.issuedAt}, and should be ${expected}${
            decision.status === 'skipped' ? ` (it says ${decision.why})` : ''
          }`,
        );
    }
    count.low += lowAnswers(ordered);
    count.started += ordered.filter(({ type }) => type === 'remediation-opened').length;
    count.joined += ordered.filter(({ type }) => type === 'remediation-skipped').length;
    for (const event of ordered) {
      if (event.type !== 'remediation-closed') continue;
      count.closed += 1;
      outcomes.set(event.outcome, (outcomes.get(event.outcome) ?? 0) + 1);
    }
  }

  wrong.push(...checkAnswers(stored, done), ...checkHours(stored, sent, policy));
  for (const { name, status, state } of executions)
    if (status !== 'SUCCEEDED') wrong.push(`execution ${name} ${status} in ${state}`);
  return {
    wrong,
    skipped,
    outcomes,
    started: count.started,
    tallies: [
      { what: 'asked = eligible', is: count.asked, shouldBe: count.eligible },
      {
        what: 'recorded = confirmed',
        is: stored.surveys.filter(({ status }) => status === 'answered').length,
        shouldBe: done.confirmed.size,
      },
      { what: 'put right or joined = low', is: count.started + count.joined, shouldBe: count.low },
      { what: 'recovered + not recovered + no answer = put right', is: count.closed, shouldBe: count.started },
    ],
  };
};

/** Cycles that ended while nothing was being put right: about each of them it is decided whether to ask. */
const cyclesToAskAbout = (ordered: readonly TicketEvent[]): number[] => {
  const cycles: number[] = [];
  let puttingRight = false;
  for (const event of ordered) {
    if (event.type === 'remediation-opened') puttingRight = true;
    if (event.type === 'remediation-closed') puttingRight = false;
    if (event.type === 'resolved' && !puttingRight) cycles.push(event.cycle);
  }
  return cycles;
};

const expectedOf = (
  life: Life,
  ordered: readonly TicketEvent[],
  { ticketId, cycle, issuedAt: at }: Survey,
  done: Done,
  asks: Asks,
): Expected => {
  const { person } = life;
  // Whoever came back before the question is asked about the cycle that follows.
  const cameBack = ordered.find((event) => event.type === 'reopened' && event.cycle === cycle + 1)?.at;
  if (cameBack !== undefined && cameBack <= at) return cameBack === at ? 'either' : 'not-asked';
  if (person.staff || (life.wordless && cycle === 1)) return 'not-asked';
  const optedOutAt = done.optedOut.get(person.email);
  if (optedOutAt !== undefined && optedOutAt <= at) return optedOutAt === at ? 'either' : 'not-asked';
  const room = asks.room(person.email, `${ticketId}#${cycle}#csat`, 'csat', at);
  return room === 'either' ? 'either' : room === 'yes' ? 'asked' : 'not-asked';
};

/** Answers that are low for the first time: work starts once for each survey, whatever is edited later. */
const lowAnswers = (ordered: readonly TicketEvent[]): number =>
  new Set(
    ordered.flatMap((event) =>
      event.type === 'survey-answered' && event.kind === 'csat' && event.low ? [`${event.survey} ${event.cycle}`] : [],
    ),
  ).size;

const checkAnswers = ({ surveys }: Stored, { confirmed }: Done): string[] =>
  surveys.flatMap((survey) => {
    const key = `${survey.ticketId}#${survey.cycle}#${survey.kind}`;
    if (survey.status === 'asked') return [`${key} is still open after its link ran out`];
    if (survey.status !== 'answered') return confirmed.has(key) ? [`${key} lost the answer of its customer`] : [];
    const said = confirmed.get(key);
    return said === String(survey.answer.score)
      ? []
      : [`${key} says ${survey.answer.score}, and its customer said ${said ?? 'nothing'}`];
  });

/** Nobody was asked by night, by the clock of the person or else of the desk. */
const checkHours = ({ ledgers }: Stored, sent: readonly CapturedMail[], { survey }: Policy): string[] => {
  const zones = new Map(ledgers.map(({ ticket }) => [ticket.id, ticket.customer.timeZone ?? survey.zone]));
  return sent.flatMap(({ key = '', at }) => {
    const timeZone = zones.get(/survey#(T-\w+)#/.exec(key)?.[1] ?? '');
    if (timeZone === undefined) return [];
    const time = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }).format(new Date(at));
    const { from, to } = survey.hours;
    return from <= time && time < to ? [] : [`${key} was sent at ${time} (${timeZone})`];
  });
};
