import { durationMs } from '../clock/duration.ts';
import { fold } from '../clock/fold.ts';
import { whenToAsk } from '../contact/daytime.ts';
import type { Policy } from '../policy.ts';
import { nextCallAt } from '../remediation/deadline.ts';
import { type Instant, plus } from '../support/time.ts';
import { reminderAt, surveyAt } from '../survey/when.ts';
import { answeredBy, type TicketEvent } from '../ticket/event.ts';
import type { Requester, Status } from '../ticket/ticket.ts';
import type { NextAct } from './next.ts';

/** What a ticket that waits, or that is over, comes to by itself: reminders, closing, surveys, recovery. */
export const waitedFor = (
  events: readonly TicketEvent[],
  policy: Policy,
  { waitEndsAt, now, customer }: { waitEndsAt: Instant | undefined; now: Instant; customer: Somebody },
): NextAct[] => {
  const { status } = fold(events, policy);
  return [
    ...silence(status, events, policy, waitEndsAt),
    ...afterwards(status, events, policy, customer),
    ...askedNext(events, policy, now),
    ...recovery(events, policy, customer),
  ];
};

type Somebody = Pick<Requester, 'timeZone'>;

const silence = (
  status: Status,
  events: readonly TicketEvent[],
  { version, silence: { reminders } }: Policy,
  at: Instant | undefined,
): NextAct[] => {
  if (at === undefined) return [];
  if (status === 'on-hold') return [{ at, what: 'The hold is over: work goes on.', rule: `hold.review@${version}` }];
  if (status !== 'pending') return [];
  const since = events.findLastIndex(({ type }) => type === 'paused');
  const reminded = events.slice(since).filter(({ type }) => type === 'reminded').length;
  return [
    reminded < reminders
      ? { at, what: 'The customer is reminded that their answer is missing.', rule: `silence.remind@${version}` }
      : {
          at,
          what: 'The ticket is closed quietly; the customer can take it up again.',
          rule: `silence.close@${version}`,
        },
  ];
};

/** Once it is resolved: the survey, and until when it comes back to life. A part of another ticket has neither. */
const afterwards = (status: Status, events: readonly TicketEvent[], policy: Policy, customer: Somebody): NextAct[] => {
  const { version, survey: rules, reopenWithin } = policy;
  const over = events.findLast(({ type }) => type === 'resolved' || type === 'closed');
  if ((status !== 'resolved' && status !== 'closed') || over === undefined) return [];
  const resolved = events.findLast(({ type, cycle }) => type === 'resolved' && cycle === over.cycle) ?? over;
  // A survey taken back by a reopening is told in the cycle that begins: it says nothing about this one.
  const told = events.filter(
    (event) => event.cycle === over.cycle && !(event.type === 'survey-skipped' && event.why === 'reopened'),
  );
  const last = (type: TicketEvent['type']): TicketEvent | undefined => told.findLast((event) => event.type === type);
  const asked = last('survey-sent');
  const isSettled = ['survey-answered', 'survey-skipped', 'survey-expired'].some((type) =>
    told.some((event) => event.type === type),
  );
  const steps: NextAct[] = [
    {
      at: plus(resolved.at, durationMs(reopenWithin)),
      what: 'From here on, what the customer writes opens a new ticket, linked to this one.',
      rule: `reopen-within@${version}`,
    },
  ];
  if (isSettled) return steps;
  if (asked !== undefined) {
    if (last('survey-reminded') === undefined && last('reminder-skipped') === undefined)
      steps.push({
        at: reminderAt(asked.at, customer, policy),
        what: 'The customer is reminded of the survey, once, if they may be asked.',
        rule: `survey.reminder@${version}`,
      });
    steps.push({
      at: plus(asked.at, durationMs(rules.linkLasts)),
      what: 'The survey can no longer be answered.',
      rule: `survey.expiry@${version}`,
    });
  } else if (last('resolved') !== undefined && !isBeingPutRight(events))
    steps.push({
      at: surveyAt(resolved.at, customer, policy),
      what: 'The customer is asked for a rating, if they may be asked.',
      rule: `survey.eligibility@${version}`,
    });
  return steps;
};

/** Whoever was asked enough is asked again later: about what comes then, not about this. */
const askedNext = (events: readonly TicketEvent[], { version }: Policy, now: Instant): NextAct[] => {
  const weighed = events.findLast((event) => 'budget' in event && event.budget !== undefined);
  const at = weighed && 'budget' in weighed ? weighed.budget?.freeFrom : undefined;
  if (at === undefined || at <= now) return [];
  return [{ at, what: 'From here on this customer can be asked something again.', rule: `contact.budget@${version}` }];
};

const isBeingPutRight = (events: readonly TicketEvent[]): boolean =>
  events.findLast(({ type }) => type === 'remediation-opened' || type === 'remediation-closed')?.type ===
  'remediation-opened';

const recovery = (events: readonly TicketEvent[], policy: Policy, customer: Somebody): NextAct[] => {
  const opened = events.findLast((event) => event.type === 'remediation-opened');
  if (opened?.type !== 'remediation-opened' || !isBeingPutRight(events)) return [];
  const resumed = events.slice(events.indexOf(opened)).findLast((event) => event.type === 'remediation-resumed');
  const begun = resumed?.type === 'remediation-resumed' ? resumed : opened;
  const since = events.slice(events.indexOf(begun));
  if (since.some((event) => asksAgain(event))) return [];
  const solved = solvedAt(since);
  if (solved !== undefined)
    return [
      {
        at: whenToAsk(plus(solved, durationMs(policy.remediation.askAgainAfter)), customer, policy),
        what: 'The customer is asked whether it is better, then or when they have answered what they were asked before.',
        rule: `remediation.ask-again@${policy.version}`,
      },
    ];
  const calls = since.filter(({ type }) => type === 'remediation-called');
  const last = calls.at(-1);
  return [
    {
      at: last === undefined ? begun.deadline : nextCallAt(last.at, policy),
      what: nextCall(calls.length, policy),
      rule: `remediation.overdue@${policy.version}`,
    },
  ];
};

const asksAgain = (event: TicketEvent): boolean =>
  (event.type === 'survey-sent' || event.type === 'survey-skipped') && event.kind === 'follow-up';

/** When a person had answered and it was resolved, unless it was taken up again. */
const solvedAt = (events: readonly TicketEvent[]): Instant | undefined => {
  const answered = events.findLastIndex((event) => answeredBy(event) !== undefined);
  const resolved = events.findLastIndex(({ type }) => type === 'resolved');
  const reopened = events.findLastIndex(({ type }) => type === 'reopened');
  return answered >= 0 && resolved > Math.max(answered, reopened) ? events[resolved]?.at : undefined;
};

const nextCall = (made: number, { remediation: { calls } }: Policy): string => {
  if (made >= calls) return 'It counts as not put right.';
  return `The ${made === 0 ? 'lead' : 'manager'} is called, unless the low rating has been put right by then.`;
};
