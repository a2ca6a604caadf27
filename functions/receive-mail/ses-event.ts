import * as z from 'zod/mini';

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

/** One mail as SES took it: whom it was for, and what SES found. Nothing inside the mail can change this. */
export interface Receipt {
  /** The id SES gave it; the raw mail has it in its key. */
  id: string;
  /** Envelope sender, in small letters; empty for a bounce or another machine's notice (null return path). */
  source: string;
  recipients: string[];
  harmful?: 'virus' | 'spam';
  /** DMARC fails, or neither SPF nor DKIM speaks for the sender: anybody may have written it. */
  unproven: boolean;
}

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
    };
  });
