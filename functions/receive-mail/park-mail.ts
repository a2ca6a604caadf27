import type { Receipt } from '../../domain/mail/incoming.ts';
import type { Parked, ParkedMail } from '../../domain/mail/parked.ts';
import { maskedName, maskSecrets } from '../../domain/masking/mask-secrets.ts';
import type { Clock, ParkedMails } from '../../domain/ports.ts';
import { DAY, plus } from '../../domain/support/time.ts';
import { type Count, logger } from '../_shared/telemetry.ts';

/** As long as the bucket keeps the raw mail (infra/stacks/data-stack.ts). */
const KEPT_FOR = 90 * DAY;

export interface ParkDeps {
  parked: ParkedMails;
  clock: Clock;
  count: Count;
}

/** A mail that makes no ticket is stored too, with its reason: agents see it until the raw mail expires. */
export const park = async (
  mail: { id: string; raw: string; receipt: Receipt; from: NonNullable<ParkedMail['from']>; subject: string },
  why: Parked,
  { parked, clock, count }: ParkDeps,
): Promise<void> => {
  const { from, subject, ...rest } = mail;
  const at = clock.now();
  const sender = from.email === '' && from.name === undefined ? {} : { from: maskedName(from) };
  await parked.park({ ...rest, ...sender, subject: maskSecrets(subject).text, at, why, expiresAt: plus(at, KEPT_FOR) });
  logger.info('A mail was parked.', { mail: mail.receipt.id, why });
  count('MailsParked');
};
