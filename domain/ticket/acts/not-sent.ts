import type { Context } from '../../context.ts';
import type { OwedMail } from '../../mail/owed.ts';
import type { Ledger } from '../../ports.ts';
import type { Change } from '../change.ts';
import type { NotSent } from '../event.ts';
import { byRule, makeChange } from './make-change.ts';

/** A text message that was owed does not go out: the agents read it on the ticket. Told once, whatever runs twice. */
export const tellNotSent = (
  ledger: Ledger,
  { key, content }: Pick<OwedMail, 'key' | 'content'>,
  { why, reason }: { why: NotSent; reason: string },
  ctx: Context,
): Change | undefined => {
  if (ledger.events.some((event) => event.type === 'not-sent' && event.mail === key)) return undefined;
  const by = byRule('texts.refused', ctx.policy);
  const noted = { type: 'not-sent' as const, by, reason, what: content.template, why, mail: key };
  return makeChange(ledger, ledger.ticket, [noted], ctx);
};
