import { durationMs } from '../clock/duration.ts';
import { whenToAsk } from '../contact/daytime.ts';
import type { Policy } from '../policy.ts';
import { type Instant, plus } from '../support/time.ts';
import type { Requester } from '../ticket/ticket.ts';

type Somebody = Pick<Requester, 'timeZone'>;

/** When the survey about a cycle goes out: when the answer has sunk in, and it is day where the customer is. */
export const surveyAt = (resolvedAt: Instant, customer: Somebody, policy: Pick<Policy, 'survey'>): Instant =>
  whenToAsk(plus(resolvedAt, durationMs(policy.survey.askAfter)), customer, policy);

/** When a survey that nobody answered is reminded of. */
export const reminderAt = (askedAt: Instant, customer: Somebody, policy: Pick<Policy, 'survey'>): Instant =>
  whenToAsk(plus(askedAt, durationMs(policy.survey.remindAfter)), customer, policy);
