import { durationMs } from '../clock/duration.ts';
import type { ContactSheet } from '../contact/governor.ts';
import { SHEETS_REMEMBER } from '../contact/governor.ts';
import type { Policy } from '../policy.ts';
import { type Instant, plus } from '../support/time.ts';
import type { TicketId } from '../ticket/ticket.ts';

/** How many recoveries a person had in the window, and how many the policy allows. */
export interface PutRight {
  lately: number;
  most: number;
  within: string;
}

export const putRightLately = (
  { recoveries }: ContactSheet,
  now: Instant,
  { remediation: { mostPerPerson } }: Pick<Policy, 'remediation'>,
): PutRight => {
  const { times, within } = mostPerPerson;
  const since = plus(now, -durationMs(within));
  return { lately: recoveries.filter(({ at }) => at > since).length, most: times, within };
};

/** Whether the person has had all the recoveries that the policy allows: one more would go in a circle. */
export const isCapped = (sheet: ContactSheet, now: Instant, policy: Pick<Policy, 'remediation'>): boolean => {
  const { lately, most } = putRightLately(sheet, now, policy);
  return lately >= most;
};

/** The person's sheet with one recovery more; store it with what opens it (`Change.contacts`). */
export const withRecovery = (
  sheet: ContactSheet,
  of: { ticketId: TicketId; cycle: number },
  now: Instant,
): ContactSheet => {
  const since = plus(now, -SHEETS_REMEMBER);
  return {
    ...sheet,
    version: sheet.version + 1,
    asks: sheet.asks.filter(({ at }) => at > since),
    recoveries: [...sheet.recoveries.filter(({ at }) => at > since), { ...of, at: now }],
  };
};
