import type { Standing } from '../../clock/standing.ts';
import type { Context } from '../../context.ts';
import type { Agent } from '../../policy.ts';
import type { Ledger } from '../../ports.ts';
import type { Instant } from '../../support/time.ts';
import type { PlacedTicket } from '../ticket.ts';
import { byRule, type Noted } from './make-change.ts';
import { type Letterhead, type Written, writeToCustomer } from './owe-mail.ts';

const NOTHING: Written = { mails: [], notes: [] };

/**
 * A first reply is late: its customer hears it before they ask, once in a cycle, with who has it now and by when they hear
 * from the desk instead. `ticket` is as the rungs of this moment left it. Whoever wants nothing automatic sent back finds
 * the same on the page alone.
 */
export const slippedPromise = (
  { events }: Pick<Ledger, 'events'>,
  ticket: PlacedTicket,
  slipped: Standing['slipped'],
  { team, letterhead }: { team: readonly Pick<Agent, 'id' | 'name'>[]; letterhead?: Letterhead },
  ctx: Context,
): Written => {
  if (slipped === undefined) return NOTHING;
  if (letterhead === undefined) throw new Error(`Nobody gave the links to write to the customer of ${ticket.id}.`);
  const { dueAt, until } = slipped;
  const agent = team.find(({ id }) => id === ticket.assignee)?.name;
  const { mails, notes } = mayWrite(events)
    ? writeToCustomer(
        ticket,
        {
          key: `late#${ticket.id}#${ticket.cycle}#firstReply`,
          pace: 'prompt',
          content: {
            template: 'late',
            subject: ticket.subject,
            link: letterhead.links.ticket,
            dueAt,
            until,
            ...(agent === undefined ? {} : { agent }),
          },
          replyTo: letterhead.replyTo,
        },
        ctx,
      )
    : NOTHING;
  const told: Noted = {
    type: 'promise-slipped',
    by: byRule('clock.tell-customer-when-late', ctx.policy),
    reason: `The first reply was due at ${dueAt}. ${toldHow(mails.length, until)}`,
    promise: 'firstReply',
    dueAt,
    until,
    ...(mails[0] === undefined ? {} : { mail: mails[0].key }),
  };
  return { mails, notes: [told, ...notes] };
};

const toldHow = (mails: number, until: Instant): string =>
  mails > 0
    ? `The customer is promised it by ${until} instead.`
    : `No mail goes to the customer: the page of the ticket alone promises it by ${until} instead.`;

const mayWrite = (events: Ledger['events']): boolean =>
  !events.some((event) => event.type === 'opened' && event.noReceipt === true);
