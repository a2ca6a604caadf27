import type { Context } from '../../context.ts';
import type { AgentNow, Category } from '../../policy.ts';
import type { Ledger } from '../../ports.ts';
import { placeTicket } from '../../routing/place-ticket.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import { categorise } from '../../triage/categorise.ts';
import { hasOutage } from '../../triage/outage.ts';
import { prioritise } from '../../triage/prioritise.ts';
import type { Change } from '../change.ts';
import type { EventOf } from '../event.ts';
import type { NewTicket, OpenTicket } from '../ticket.ts';
import { byRule, makeChange } from './make-change.ts';

export interface TriageInput {
  /** The text of the first message; the subject is weighed with it. */
  text: string;
  categories: Category[];
  team: AgentNow[];
}

/**
 * Gives a new ticket its category, priority, group and owner, and names every rule that had a part in it. When nobody
 * can take it, it stands in its group's queue without an owner, and the event says so.
 */
export const triageTicket = (
  ledger: Ledger,
  { text, categories, team }: TriageInput,
  ctx: Context,
): Decision<Change, 'already-triaged'> => {
  const { ticket } = ledger;
  if (ticket.status !== 'new') return refused('already-triaged', `Ticket ${ticket.id} is ${ticket.status}.`);
  const words = `${ticket.subject}\n${text}`;
  const outage = hasOutage(words, ctx.policy);
  const priority = prioritise(ticket.report, ticket.customer, outage, ctx.policy);
  const category = categorise(ticket.report.category, words, categories);
  const answered = answeredBy(ledger);
  const place = placeTicket(
    {
      group: category.category.group,
      locale: ticket.customer.locale,
      skills: [category.category.id, ...(ticket.report.product === undefined ? [] : [ticket.report.product])],
      critical: priority.priority === 'P1',
      ...(answered === undefined ? {} : { prefer: answered.agent }),
    },
    team,
    ctx.policy,
  );
  const { group, tier, agent } = place;
  const placed = {
    priority: priority.priority,
    category: category.category.id,
    ...(ticket.report.product === undefined ? {} : { product: ticket.report.product }),
    group,
    tier,
  };
  const triaged = {
    type: 'triaged' as const,
    by: byRule('triage', ctx.policy),
    reason: `${priority.reason} ${category.reason}`,
    ...placed,
    rules: [...priority.rules, category.rule, place.rule],
  };
  const assigned = {
    type: 'assigned' as const,
    by: byRule(place.rule, ctx.policy),
    reason: place.reason,
    group,
    ...(agent === undefined ? {} : { agent }),
  };
  return decided(makeChange(ledger, asPlaced(ticket, placed, agent, answered), [triaged, assigned], ctx));
};

/** A call that was answered before it was written down: by whom, and when. */
const answeredBy = ({ events }: Ledger): { agent: string; at: string } | undefined => {
  const event = events.find((each): each is EventOf<'opened'> & typeof each => each.type === 'opened');
  if (event?.answered !== true || !event.by.startsWith('agent:')) return undefined;
  return { agent: event.by.slice('agent:'.length), at: event.at };
};

const asPlaced = (
  ticket: NewTicket,
  placed: Pick<OpenTicket, 'priority' | 'category' | 'group' | 'tier'>,
  assignee: string | undefined,
  answered: { agent: string; at: string } | undefined,
): OpenTicket => ({
  ...ticket,
  ...placed,
  status: 'open',
  ...(assignee === undefined ? {} : { assignee }),
  ...(answered === undefined ? {} : { firstRepliedAt: answered.at, lastRepliedBy: answered.agent }),
});
