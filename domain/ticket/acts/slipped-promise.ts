import { durationMs } from '../../clock/duration.ts';
import type { Slip } from '../../clock/standing.ts';
import type { Context } from '../../context.ts';
import type { MailContent, OwedMail } from '../../mail/owed.ts';
import type { Agent } from '../../policy.ts';
import type { Ledger } from '../../ports.ts';
import { plus } from '../../support/time.ts';
import type { PlacedTicket } from '../ticket.ts';
import { byRule, type Noted } from './make-change.ts';
import { type Letterhead, type Written, writeToCustomer } from './owe-mail.ts';

interface Given {
  team: readonly Pick<Agent, 'id' | 'name'>[];
  letterhead?: Letterhead;
}

/**
 * Times the customer was given have passed: they hear it before they ask, with who has it now and by when they hear from the
 * desk instead. A time that a mail named is taken back by a mail; one that stood on the page alone may be taken back there
 * (see `whyNoMail`). Several at one moment are one mail. `ticket` is as the rungs of this moment left it.
 */
export const slippedPromises = (
  { events }: Pick<Ledger, 'events'>,
  ticket: PlacedTicket,
  slips: readonly Slip[],
  given: Given,
  ctx: Context,
): Written => {
  const mails: OwedMail[] = [];
  const notes: Noted[] = [];
  for (const slip of slips) {
    const silent = mails.length > 0 ? 'The same mail says it.' : whyNoMail(slip, events, ctx);
    const written = silent === undefined ? writeToCustomer(ticket, letterOf(slip, ticket, given), ctx) : undefined;
    const [mail] = written?.mails ?? [];
    notes.push(noteOf(slip, mail, silent, ctx), ...(written?.notes ?? []));
    if (mail !== undefined) mails.push(mail);
  }
  return { mails, notes };
};

/**
 * Whoever wants nothing automatic sent back finds it on the page alone, and so does whoever was told of the page by no mail.
 * What only the page named is no second letter within `lateMailsApart`.
 */
const whyNoMail = (
  { promise, byMail }: Slip,
  events: Ledger['events'],
  { now, policy }: Context,
): string | undefined => {
  if (events.some((event) => event.type === 'opened' && event.noReceipt === true))
    return 'No mail goes to the customer: nothing automatic may be sent back.';
  if (byMail) return undefined;
  if (promise === 'resolution' && !events.some(({ type }) => type === 'acknowledged' || type === 'replied'))
    return 'No mail goes to the customer: no mail has shown them the page.';
  const since = plus(now, -durationMs(policy.lateMailsApart));
  const last = events.findLast((event) => event.type === 'promise-slipped' && event.mail !== undefined);
  return last === undefined || last.at <= since
    ? undefined
    : `No mail goes to the customer: one told them at ${last.at} that something is late.`;
};

const letterOf = ({ promise, dueAt, cause, until }: Slip, ticket: PlacedTicket, { team, letterhead }: Given) => {
  if (letterhead === undefined) throw new Error(`Nobody gave the links to write to the customer of ${ticket.id}.`);
  const agent = team.find(({ id }) => id === ticket.assignee)?.name;
  const what = cause === 'late' ? (promise === 'resolution' ? 'solution' : undefined) : cause;
  const content: MailContent = {
    template: 'late',
    subject: ticket.subject,
    link: letterhead.links.ticket,
    dueAt,
    ...(until === undefined ? {} : { until }),
    ...(agent === undefined ? {} : { agent }),
    ...(what === undefined ? {} : { what }),
  };
  return {
    key: `late#${ticket.id}#${ticket.cycle}#${promise}#${dueAt}`,
    pace: 'prompt' as const,
    content,
    replyTo: letterhead.replyTo,
  };
};

const NAMES = { firstReply: 'first reply', nextReply: 'next reply', resolution: 'solution' } as const;

const noteOf = (
  { promise, dueAt, cause, until }: Slip,
  mail: OwedMail | undefined,
  silent: string | undefined,
  { policy }: Context,
): Noted => ({
  type: 'promise-slipped',
  by: byRule('clock.tell-customer-when-late', policy),
  reason: [
    cause === 'late'
      ? `The ${NAMES[promise]} was due at ${dueAt}.`
      : `A mail had named ${dueAt} for the ${NAMES[promise]}, ${cause === 'longer' ? 'and it takes longer' : 'and a third party is waited for'}.`,
    until === undefined
      ? ''
      : ` The customer ${cause === 'on-hold' ? 'is told when it is looked at again' : 'hears'} by ${until} instead.`,
    silent === undefined ? '' : ` ${silent}`,
  ].join(''),
  promise,
  dueAt,
  ...(until === undefined ? {} : { until }),
  ...(cause === 'late' ? {} : { cause }),
  ...(mail === undefined ? {} : { mail: mail.key }),
});
