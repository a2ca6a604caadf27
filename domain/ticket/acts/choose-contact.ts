import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import type { Change } from '../change.ts';
import { makeChange } from './make-change.ts';

/**
 * The customer agrees on the ticket's page to text messages about it, to this number in E.164, or takes that back (no
 * number). The agreement is for this ticket alone: a number typed on a page says nothing about whose it is. Said again,
 * it changes nothing.
 */
export const chooseContact = (
  ledger: Ledger,
  { number }: { number: string | undefined },
  ctx: Context,
): Change | undefined => {
  const { customer } = ledger.ticket;
  const { textsConsent, ...others } = customer;
  const isSame = number === undefined ? textsConsent === undefined : textsConsent && customer.phone === number;
  if (isSame || customer.erased) return undefined;
  const after =
    number === undefined
      ? others
      : { ...others, phone: number, textsConsent: { at: ctx.now, source: 'ticket-page' as const } };
  const chosen = {
    type: 'contact-chosen' as const,
    by: `customer:${customer.id}` as const,
    reason: number === undefined ? 'The customer wants mail again.' : 'The customer agreed to text messages.',
    way: number === undefined ? ('mail' as const) : ('sms' as const),
    source: 'ticket-page' as const,
  };
  return makeChange(ledger, { ...ledger.ticket, customer: after }, [chosen], ctx);
};
