import { durationMs } from '../clock/duration.ts';
import type { ContactSheet } from '../contact/governor.ts';
import { SHEETS_REMEMBER } from '../contact/governor.ts';
import type { Policy } from '../policy.ts';
import { type Instant, plus } from '../support/time.ts';
import type { TicketId } from '../ticket/ticket.ts';

/** How often something was put right for a person lately, of how many times in which window. */
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

/** Whether one more recovery for this person would be a circle. */
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
