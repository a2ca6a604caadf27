import * as z from 'zod/mini';
import type { Receipt } from '../../domain/mail/incoming.ts';

const verdict = z.object({ status: z.string() });

/** An SES receipt event (Amazon SES guide, "Contents of notifications for Amazon SES email receiving"). */
const event = z.object({
  Records: z.array(
    z.object({
      ses: z.object({
        mail: z.object({ messageId: z.string(), source: z.nullish(z.string()) }),
        receipt: z.object({
          recipients: z.array(z.string()),
          spamVerdict: verdict,
          virusVerdict: verdict,
          spfVerdict: verdict,
          dkimVerdict: verdict,
          dmarcVerdict: verdict,
        }),
      }),
    }),
  ),
});

export const readReceipts = (given: unknown): Receipt[] =>
  event.parse(given).Records.map(({ ses: { mail, receipt } }) => {
    const failed = (name: 'spam' | 'virus' | 'spf' | 'dkim' | 'dmarc') => receipt[`${name}Verdict`].status === 'FAIL';
    const source = (mail.source ?? '').replace(/^<|>$/g, '').toLowerCase();
    return {
      id: mail.messageId,
      source,
      recipients: receipt.recipients.map((recipient) => recipient.toLowerCase()),
      ...(failed('virus') ? { harmful: 'virus' as const } : failed('spam') ? { harmful: 'spam' as const } : {}),
      unproven: failed('dmarc') || (failed('spf') && receipt.dkimVerdict.status !== 'PASS'),
      passed: { dmarc: receipt.dmarcVerdict.status === 'PASS', spf: receipt.spfVerdict.status === 'PASS' },
    };
  });
