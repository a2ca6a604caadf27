import type { Context } from '../context.ts';
import type { MailContent, OwedMail } from '../mail/owed.ts';
import type { AgentNow } from '../policy.ts';
import { groupOf } from '../routing/place-ticket.ts';
import { mailToAgent } from '../ticket/acts/owe-mail.ts';
import type { AgentId, PlacedTicket } from '../ticket/ticket.ts';

/** Owes the lead of the ticket's group a mail, or its manager. */
export const tellLead = (
  ticket: PlacedTicket,
  team: readonly AgentNow[],
  { key, content, who = 'lead' }: { key: string; content: MailContent; who?: 'lead' | 'manager' },
  ctx: Context,
): { told: AgentId; mail: OwedMail } => {
  const told = groupOf(ticket.group, ctx.policy)[who];
  const agent = team.find(({ id }) => id === told);
  if (agent === undefined) throw new Error(`The policy names ${told}, who is not in the team.`);
  return { told, mail: mailToAgent(agent, ticket, { key, pace: 'prompt', content }, ctx) };
};
