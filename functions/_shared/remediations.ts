import type { Tickets } from '../../domain/ports.ts';
import type { Remediation } from '../../domain/remediation/remediation.ts';

/** A task of the remediation came before its recovery was opened. */
class RemediationNotFound extends Error {
  override readonly name = 'RemediationNotFound';
}

/** The remediation a workflow works on; it cannot be missing. */
export const remediationOf = async (
  tickets: Pick<Tickets, 'remediation'>,
  ticketId: string,
  cycle: number,
): Promise<Remediation> => {
  const remediation = await tickets.remediation(ticketId, cycle);
  if (!remediation) throw new RemediationNotFound(`Ticket ${ticketId} has no remediation of cycle ${cycle}.`);
  return remediation;
};
