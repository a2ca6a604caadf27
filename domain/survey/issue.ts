import type { Context } from '../context.ts';
import { type EventOf, inOrder, type SurveyKind, type TicketEvent } from '../ticket/event.ts';
import type { PlacedTicket } from '../ticket/ticket.ts';
import type { Survey, SurveyCredit, SurveyDefinition } from './survey.ts';

/** The links a survey mail carries; they are signed outside the rules. */
export interface SurveyLinks {
  survey: string;
  unsubscribe: string;
}

/** `after-resolve@1`: the definition with its version, as it is stored with every answer. */
export const surveyName = ({ id, version }: SurveyDefinition): string => `${id}@${version}`;

/** Business key of the mail that asks: the same cycle is asked once, whatever runs twice. */
export const surveyMailKey = (ticketId: string, cycle: number, kind: SurveyKind, reminder: boolean): string =>
  `survey#${ticketId}#${cycle}#${kind}${reminder ? '#reminder' : ''}`;

/**
 * Who answers for a cycle: the last person who replied in it, with the group and tier the ticket stood in. Taken when the
 * survey is issued and never looked up again (FIELD.md pitfall 2).
 */
export const creditFor = (ticket: PlacedTicket, events: readonly TicketEvent[], cycle: number): SurveyCredit => {
  const replies = inOrder(events).filter(
    (event): event is EventOf<'replied'> & TicketEvent => event.type === 'replied' && event.cycle === cycle,
  );
  const agent = replies.at(-1)?.agent;
  return { ...(agent === undefined ? {} : { agent }), group: ticket.group, tier: ticket.tier };
};

/** What every survey record holds, however it goes on. */
export const surveyFacts = (
  ticket: PlacedTicket,
  credit: SurveyCredit,
  of: { cycle: number; kind: SurveyKind; definition: SurveyDefinition },
  ctx: Context,
): Omit<Extract<Survey, { status: 'skipped' }>, 'status' | 'why'> => ({
  ticketId: ticket.id,
  cycle: of.cycle,
  kind: of.kind,
  survey: surveyName(of.definition),
  credit,
  customer: { id: ticket.customer.id, locale: ticket.customer.locale },
  issuedAt: ctx.now,
  version: 1,
});
