import type { OwedMail } from '../../domain/mail/owed.ts';
import { endsMailTo, isFinal, type ReturnedMail } from '../../domain/mail/returned/read-returned.ts';
import type { Outbox, Suppressions, Tickets } from '../../domain/ports.ts';
import type { TicketId } from '../../domain/ticket/ticket.ts';
import { tellTheAgent } from '../_shared/bounced.ts';
import type { Rules } from '../_shared/desk.ts';
import { type Count, logger } from '../_shared/telemetry.ts';

export interface ReportDeps extends Rules {
  tickets: Tickets;
  outbox: Pick<Outbox, 'get' | 'sentAs'>;
  suppressions: Suppressions;
  count: Count;
}

/** A mail that the desk sent, as a report names it. */
interface Sent {
  /** Key in the outbox, or the ticket's number where the report does not say which of its mails it was. */
  mail: string;
  /** Absent for a mail about no ticket. */
  ticketId?: TicketId;
  to: string | undefined;
  /** The report shows something that only who holds the mail can know. */
  sure: boolean;
}

/**
 * A report that came by mail. Anybody can write one, so it counts for nothing unless it names a mail the desk did send; and
 * only one that holds what cannot be guessed, SES's id or the signed address, ends the mail to an address.
 */
export const hearReport = async (report: ReturnedMail, deps: ReportDeps): Promise<void> => {
  const why = report.kind;
  const permanent = isFinal(report);
  for (const { mail, ticketId, to, sure } of await mailsNamed(report, deps)) {
    if (sure && to !== undefined && endsMailTo(to, report)) await deps.suppressions.add(to, why, deps.clock.now());
    if (permanent && ticketId !== undefined) await tellTheAgent({ mail, ticketId }, { permanent, why }, deps);
    logger.warn('A mail did not arrive or was not wanted.', { mail, why });
    deps.count('MailsBounced');
  }
};

const addressOf = ({ to }: OwedMail): string | undefined => ('email' in to ? to.email : undefined);

const mailsNamed = async ({ sesIds, signed, anchored }: ReturnedMail, deps: ReportDeps): Promise<Sent[]> => {
  /** By ticket, as several of its mails may be named; else by mail. */
  const found = new Map<string, Sent>();
  for (const id of sesIds) {
    const mail = await deps.outbox.sentAs(id);
    const owed = mail === undefined ? undefined : await deps.outbox.get(mail);
    if (!owed || mail === undefined) continue;
    const { ticketId } = owed;
    found.set(ticketId ?? mail, { mail, ...(ticketId !== undefined && { ticketId }), to: addressOf(owed), sure: true });
  }
  for (const ticketId of [...signed, ...anchored]) {
    const ticket = found.has(ticketId) ? undefined : await deps.tickets.ticket(ticketId);
    if (ticket)
      found.set(ticketId, {
        mail: `returned#${ticketId}`,
        ticketId,
        to: ticket.customer.email,
        sure: signed.includes(ticketId),
      });
  }
  return [...found.values()];
};
