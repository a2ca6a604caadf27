import { sameAddress } from '../../contact/mail-address.ts';
import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided, refused } from '../../support/decision.ts';
import type { Change } from '../change.ts';
import type { Message } from '../message.ts';
import type { AgentId, Requester } from '../ticket.ts';
import { heardFromCustomer } from './customer-reply.ts';
import { makeChange, type Noted } from './make-change.ts';

interface Asked {
  agent: AgentId;
  /** The quarantined message; undefined when the ticket has none such. */
  message: Message | undefined;
  /** The customers of the ticket's parts; empty for one that has none. */
  ofParts?: readonly Requester[];
  /** The customer of the ticket that the message came for, when that became a part of this one. */
  cameFor?: Requester | undefined;
}

const notQuarantined = (ledger: Ledger) =>
  refused('not-quarantined', `Ticket ${ledger.ticket.id} has no such message that waits to be accepted.`);

/**
 * An agent takes a quarantined message for what it claims to be: it joins the conversation as if it had just arrived, and
 * wakes or reopens the ticket as that would. Its sender becomes no participant by it. On a ticket of several customers it is
 * shown to one of them alone.
 */
export const acceptQuarantined = (
  ledger: Ledger,
  { agent, message, ofParts = [], cameFor }: Asked,
  ctx: Context,
): Decision<Change, 'not-quarantined' | 'window-over' | 'merged'> => {
  if (message?.quarantined === undefined) return notQuarantined(ledger);
  const { quarantined, ...heard } = message;
  const accepted: Noted = {
    type: 'quarantine-accepted',
    by: `agent:${agent}`,
    reason: 'An agent let the message into the conversation.',
    message: message.id,
  };
  const customer = saidBy(message, [cameFor ?? ledger.ticket.customer, ledger.ticket.customer, ...ofParts]);
  const joined: Message = { ...heard, direction: 'in', author: `customer:${customer.id}` };
  return heardFromCustomer(ledger, joined, customer, ctx, { first: [accepted] });
};

/** The customer for whom it is taken: whose address it names, else the first, for whom it came. */
const saidBy = ({ from = '' }: Message, [first, ...others]: readonly [Requester, ...Requester[]]): Requester =>
  [first, ...others].find(({ email = '' }) => sameAddress(from, email)) ?? first;

/** An agent does not believe a quarantined message: it stays a note, and the conversation knows nothing of it. */
export const declineQuarantined = (
  ledger: Ledger,
  { agent, message }: Pick<Asked, 'agent' | 'message'>,
  ctx: Context,
): Decision<Change, 'not-quarantined'> => {
  if (message?.quarantined === undefined) return notQuarantined(ledger);
  const declined: Noted = {
    type: 'quarantine-declined',
    by: `agent:${agent}`,
    reason: 'An agent kept the message out of the conversation.',
    message: message.id,
  };
  return decided(makeChange(ledger, ledger.ticket, [declined], ctx));
};
