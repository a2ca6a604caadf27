import { inOrder, type TicketEvent } from '../ticket/event.ts';
import type { Ticket } from '../ticket/ticket.ts';

/** The steps of a ticket. */
export const STEPS = ['gather', 'analyse', 'propose', 'apply', 'verify'] as const;
export type Step = (typeof STEPS)[number];

export interface NextStep {
  step: Step;
  /** In words an agent can read. */
  reason: string;
}

/**
 * What comes next, read from what has happened: facts are gathered until the customer has given some, then analysed;
 * a proposal is made, applied with the customer, and verified before and after the ticket is resolved.
 */
export const nextStep = (ticket: Ticket, events: readonly TicketEvent[]): NextStep => {
  const ofCycle = inOrder(events).filter(({ cycle }) => cycle === ticket.cycle);
  const replies = ofCycle.filter(({ type }) => type === 'replied').length;
  const last = ofCycle.findLast(({ type }) => type === 'replied' || type === 'customer-replied')?.type;
  if (ticket.mergedInto !== undefined)
    return { step: 'verify', reason: `It is a part of ${ticket.mergedInto}: go on there.` };
  switch (ticket.status) {
    case 'resolved':
    case 'closed':
      return { step: 'verify', reason: 'It is resolved: the follow-up question asks whether the solution holds.' };
    case 'pending':
      return { step: 'gather', reason: 'The customer owes an answer; a reminder goes out by itself.' };
    case 'on-hold':
      return { step: 'apply', reason: 'Somebody else is working on it; the hold says when to look again.' };
    case 'new':
    case 'open':
      break;
  }
  if (ticket.cycle > 1 && replies === 0)
    return { step: 'analyse', reason: 'It was reopened: look first at why the last solution did not hold.' };
  if (replies === 0)
    return Object.keys(ticket.report.context ?? {}).length > 0
      ? { step: 'analyse', reason: 'The customer sent diagnosis facts with the message: begin with them.' }
      : { step: 'gather', reason: 'Nothing but the message is known: go through the checklist, ask all at once.' };
  if (last === 'customer-replied')
    return replies > 1
      ? { step: 'apply', reason: 'The customer answered the proposal: carry it out together, or adapt it.' }
      : { step: 'analyse', reason: 'The customer answered: see what the new facts say.' };
  return replies > 1
    ? {
        step: 'verify',
        reason: 'A solution was given: check that it works, then resolve with cause, solution and check.',
      }
    : { step: 'propose', reason: 'The customer has heard from you: propose a solution with its steps and a time.' };
};
