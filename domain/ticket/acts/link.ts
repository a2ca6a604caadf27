import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import type { Change } from '../change.ts';
import type { Actor } from '../event.ts';
import type { LinkKind, Ticket, TicketLink } from '../ticket.ts';
import { makeChange } from './make-change.ts';
import type { Refusal } from './refusal.ts';

/** How the other ticket sees it. */
const SEEN_FROM_THERE: Record<LinkKind, LinkKind> = {
  related: 'related',
  duplicate: 'duplicated-by',
  'duplicated-by': 'duplicate',
  'caused-by': 'causes',
  causes: 'caused-by',
};

const MOST_LINKS = 50;

export interface LinkInput {
  to: Ledger;
  as: LinkKind;
  by: Actor;
}

/** Says on both tickets how they belong together; another word takes the place of the one before. No clock hears it. */
export const link = (ledger: Ledger, { to, as, by }: LinkInput, ctx: Context): Decision<Change, Refusal> => {
  const [here, there] = [ledger.ticket, to.ticket];
  if (here.id === there.id) return refused('same-ticket', 'A ticket cannot be linked to itself.');
  if (linkTo(here, there.id)?.as === as) return refused('already-there', `Ticket ${there.id} is linked so already.`);
  const full = [here, there].find(({ links = [] }) => links.length >= MOST_LINKS);
  if (full && linkTo(here, there.id) === undefined)
    return refused('too-many', `Ticket ${full.id} has ${MOST_LINKS} links already.`);
  const back = SEEN_FROM_THERE[as];
  const beside = makeChange(
    to,
    { ...there, links: [...others(there, here.id), { ticket: here.id, as: back }] },
    [{ type: 'linked', by, reason: `Linked from ${here.id}.`, to: here.id, as: back }],
    ctx,
  );
  return decided(
    makeChange(
      ledger,
      { ...here, links: [...others(here, there.id), { ticket: there.id, as }] },
      [{ type: 'linked', by, reason: `Linked to ${there.id}.`, to: there.id, as }],
      ctx,
      { beside },
    ),
  );
};

/** Takes the link back on both tickets. */
export const unlink = (ledger: Ledger, { to, by }: Omit<LinkInput, 'as'>, ctx: Context): Decision<Change, Refusal> => {
  const [here, there] = [ledger.ticket, to.ticket];
  const known = linkTo(here, there.id);
  if (known === undefined) return refused('not-linked', `Ticket ${here.id} is not linked to ${there.id}.`);
  const back = SEEN_FROM_THERE[known.as];
  const beside = makeChange(
    to,
    without(there, here.id),
    [{ type: 'unlinked', by, reason: `No longer linked from ${here.id}.`, to: here.id, as: back }],
    ctx,
  );
  return decided(
    makeChange(
      ledger,
      without(here, there.id),
      [{ type: 'unlinked', by, reason: `No longer linked to ${there.id}.`, to: there.id, as: known.as }],
      ctx,
      { beside },
    ),
  );
};

const linkTo = ({ links = [] }: Ticket, id: string): TicketLink | undefined =>
  links.find(({ ticket }) => ticket === id);
const others = ({ links = [] }: Ticket, id: string): TicketLink[] => links.filter(({ ticket }) => ticket !== id);

const without = <T extends Ticket>(ticket: T, id: string): T => ({ ...ticket, links: others(ticket, id) });
