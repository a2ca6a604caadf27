import { durationMs } from '../clock/duration.ts';
import type { Policy } from '../policy.ts';
import { type Instant, millis } from '../support/time.ts';
import { PRIORITIES, type Priority, type TicketId } from '../ticket/ticket.ts';

/** A ticket of P1 or P2, and when it was triaged. */
export interface Report {
  ticketId: TicketId;
  at: Instant;
}

export interface Outage {
  /** `payment@2026-11-23T08:00:00.000Z`: the category and the first report. */
  id: string;
  since: Instant;
  /** The last report: when it was quiet for long enough after it, the outage is over. */
  lastAt: Instant;
  /** How many tickets it has. */
  tickets: number;
  /** The ticket with which it was seen; its lead is told. */
  seenWith: TicketId;
}

/** What came in one category lately. Two reports at once meet on its version. */
export interface OutageWatch {
  category: string;
  /** In the window of the newest, while all is quiet; of the outage, while there is one. The newest last. */
  reports: Report[];
  outage?: Outage;
  version: number;
}

/** Only tickets that are as grave as this say something about an outage. */
export const isGrave = (priority: Priority): boolean => priority === 'P1' || priority === 'P2';

/** An outage of thousands of tickets is told by its number; no more of them are remembered one by one. */
const REMEMBERED = 200;

/**
 * The watch after one more report. The same ticket counts once. When enough came within the window, an outage begins; it
 * goes on with each report, and is over when none came for the quiet time. A report that arrives late counts where it
 * belongs in time.
 */
export const observe = (
  watch: OutageWatch | undefined,
  category: string,
  report: Report,
  policy: Policy,
): OutageWatch => {
  const { window, quiet, tickets } = policy.triage.outage;
  const before = watch === undefined ? { category, reports: [], version: 0 } : watch;
  if (before.reports.some(({ ticketId }) => ticketId === report.ticketId)) return before;
  const version = before.version + 1;
  const { outage } = before;
  if (outage !== undefined && isOn(outage, report.at, policy)) {
    const reports = [...before.reports, report].slice(-REMEMBERED);
    const lastAt = report.at > outage.lastAt ? report.at : outage.lastAt;
    return { category, reports, outage: { ...outage, lastAt, tickets: outage.tickets + 1 }, version };
  }
  const newest = [...before.reports, report].reduce((last, { at }) => (at > last ? at : last), report.at);
  // What belongs to an outage that is over says nothing about the next one.
  const since = outage === undefined ? undefined : millis(outage.lastAt) + durationMs(quiet);
  const reports = [...before.reports, report]
    .filter(
      ({ at }) => millis(newest) - millis(at) <= durationMs(window) && (since === undefined || millis(at) > since),
    )
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .slice(-REMEMBERED);
  const [first] = reports;
  if (first === undefined || reports.length < tickets) return { category, reports, version };
  return {
    category,
    reports,
    version,
    outage: {
      id: `${category}@${first.at}`,
      since: first.at,
      lastAt: newest,
      tickets: reports.length,
      seenWith: report.ticketId,
    },
  };
};

/** Whether an outage goes on at that time. */
export const isOn = ({ lastAt }: Outage, at: Instant, { triage }: Policy): boolean =>
  millis(at) <= millis(lastAt) + durationMs(triage.outage.quiet);

/** Whether a ticket of this priority that comes during an outage is taken for part of it. */
export const joinsOutage = (priority: Priority, { triage }: Policy): boolean =>
  PRIORITIES.indexOf(priority) <= PRIORITIES.indexOf(triage.outage.joins);
