import type { Context } from '../../context.ts';
import type { AgentNow, Category } from '../../policy.ts';
import type { Ledger } from '../../ports.ts';
import { placeTicket } from '../../routing/place-ticket.ts';
import { wantedFor } from '../../routing/wanted-for.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import { type Categorised, categorise, type Opinion } from '../../triage/categorise.ts';
import { outageWordIn } from '../../triage/outage.ts';
import { isOn, type Outage } from '../../triage/outage-watch.ts';
import { type Prioritised, prioritise } from '../../triage/prioritise.ts';
import { type Reading, readText } from '../../triage/read-text.ts';
import type { Change } from '../change.ts';
import { answeredBy } from '../event.ts';
import type { OpenTicket, Requester } from '../ticket.ts';
import { byRule, makeChange, type Noted } from './make-change.ts';
import { assignedNote } from './nobody-there.ts';

export interface TriageInput {
  /** The text of the first message; the subject is weighed with it. */
  text: string;
  categories: Category[];
  team: AgentNow[];
  /** The languages of brand.yaml; without them the language of the text is not looked for. */
  languages?: readonly string[];
  /** What a classifier or a model says, asked only where no rule finds a category. */
  opinions?: readonly Opinion[];
  /** The outage of the category, if there is one. */
  outage?: Outage | undefined;
  /** See `Wanted.lot`. */
  lot?: string | undefined;
}

/**
 * Gives a new ticket its category, priority, language, group and owner, and names every rule that had a part in it. When
 * nobody can take it, it stands in its group's queue without an owner, and an event says so.
 */
export const triageTicket = (ledger: Ledger, input: TriageInput, ctx: Context): Decision<Change, 'already-triaged'> => {
  const { ticket } = ledger;
  if (ticket.status !== 'new') return refused('already-triaged', `Ticket ${ticket.id} is ${ticket.status}.`);
  const words = `${ticket.subject}\n${input.text}`;
  const category = categorise(ticket.report.category, words, input.categories, input.opinions);
  const read = readText(words, ticket.customer, input.languages, ctx.policy);
  const known = input.outage !== undefined && isOn(input.outage, ctx.now, ctx.policy) ? input.outage : undefined;
  const outageWord = outageWordIn(words, ctx.policy);
  const priority = prioritise(ticket.report, ticket.customer, outageWord !== undefined, ctx.policy, { ...read, known });
  const joined = priority.rules.includes('triage.outage-known') ? known : undefined;
  const answered = answeredBefore(ledger);
  const customer = asRead(ticket.customer, read);
  const sorted = {
    priority: priority.priority,
    category: category.category.id,
    ...(ticket.report.product === undefined ? {} : { product: ticket.report.product }),
    ...(read.language === undefined ? {} : { language: read.language }),
    ...(read.sentiment === undefined ? {} : { sentiment: read.sentiment }),
  };
  const place = placeTicket(
    {
      group: category.category.group,
      ...wantedFor({ ...ticket, ...sorted, customer, group: '', tier: 1, status: 'open' }),
      critical: priority.priority === 'P1',
      ...(answered === undefined ? {} : { prefer: answered.agent }),
      ...(input.lot === undefined ? {} : { lot: input.lot }),
    },
    input.team,
    ctx,
  );
  const { group, tier, agent } = place;
  const triaged: Noted = {
    type: 'triaged',
    by: byRule('triage', ctx.policy),
    reason: [priority.reason, category.reason, read.reason].filter((part) => part !== '').join(' '),
    ...sorted,
    group,
    tier,
    rules: [...priority.rules, category.rule, ...read.rules, place.rule],
    inputs: inputsOf(priority, category, input, { outageWord, ...read.inputs }),
  };
  const notes: Noted[] = [
    triaged,
    ...(joined === undefined ? [] : [joinedNote(joined, ctx)]),
    assignedNote(place, ctx),
  ];
  const after: OpenTicket = {
    ...ticket,
    ...sorted,
    customer,
    group,
    tier,
    status: 'open',
    ...(joined === undefined ? {} : { outage: joined.id }),
    ...(agent === undefined ? {} : { assignee: agent }),
    ...(answered === undefined ? {} : { firstRepliedAt: answered.at, lastRepliedBy: answered.agent }),
  };
  return decided(makeChange(ledger, after, notes, ctx, place.takes === undefined ? {} : { takes: place.takes }));
};

const joinedNote = ({ id, tickets }: Outage, { policy }: Context): Noted => ({
  type: 'outage-joined',
  by: byRule('triage.outage-known', policy),
  reason: `It came during the outage ${id}, with ${tickets} others.`,
  outage: id,
  category: id.slice(0, id.indexOf('@')),
  tickets: tickets + 1,
});

/** What a lead needs to follow the decision; the words of the customer stay in the message. */
const inputsOf = (
  { inputs }: Prioritised,
  { rule }: Categorised,
  { opinions = [] }: TriageInput,
  more: Record<string, string | number | undefined>,
): Record<string, string | number> => {
  const opinion = opinions.find((each) => each.rule === rule);
  const all = { ...inputs, ...more, categoryConfidence: opinion?.confidence };
  const given: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(all)) if (value !== undefined) given[name] = value;
  return given;
};

/** All mail about the ticket is in the language of the text, unless the customer chose one. */
const asRead = (customer: Requester, { locale }: Reading): Requester =>
  locale === undefined ? customer : { ...customer, locale };

/** Who answered before it came here, on the phone or in a chat, and when. */
const answeredBefore = ({ events }: Ledger): { agent: string; at: string } | undefined => {
  for (const event of events) {
    const agent = answeredBy(event);
    if (agent !== undefined) return { agent, at: event.at };
  }
  return undefined;
};
