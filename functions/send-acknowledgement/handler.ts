import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import type { Language } from '../../domain/contact/words.ts';
import type { Tickets } from '../../domain/ports.ts';
import { acknowledge } from '../../domain/ticket/acts/acknowledge.ts';
import type { TaskInput, TaskOutput } from '../../workflows/contracts.ts';
import { contextNow, houseRules, ledgerOf, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { deskKnowledge, type Knowledge } from '../_shared/knowledge/knowledge.ts';
import { type Links, linksIn } from '../_shared/links/links.ts';
import { taskHandler } from '../_shared/middleware.ts';
import { inConversationOrder } from '../_shared/tickets/conversation.ts';
import { deskWords, type Words } from '../_shared/words/words.ts';
import { env } from './env.ts';
import { offerArticles } from './offer-articles.ts';

interface Deps extends Rules {
  tickets: Tickets;
  links: Links;
  knowledge: Knowledge;
  words: Words<Language>;
}

/** Owes the customer the mail that says: we have it, this is its number, and perhaps this helps meanwhile. */
export const build =
  (deps: Deps) =>
  async ({ ticketId }: TaskInput<'send-acknowledgement'>): Promise<TaskOutput<'send-acknowledgement'>> => {
    const ledger = await ledgerOf(deps.tickets, ticketId);
    const [first] = inConversationOrder(await deps.tickets.messages(ticketId), ledger.events);
    const ctx = contextNow(deps);
    const letterhead = await deps.links.letterhead(ledger.ticket, ctx.now);
    const inReplyTo = first?.mailId === undefined ? {} : { inReplyTo: first.mailId };
    const articles = await offerArticles(ledger.ticket, first, deps, ctx.now);
    const decision = acknowledge(ledger, { ...letterhead, ...inReplyTo, articles }, ctx);
    if (!decision.ok) return { outcome: decision.refusal };
    await deps.tickets.record(decision.value);
    return { outcome: 'owed' };
  };

export const handler = taskHandler('send-acknowledgement', () => {
  const given = readEnv(env);
  return build({
    ...houseRules(),
    tickets: ticketsIn(deskTable(given.TABLE_NAME)),
    links: linksIn(given),
    knowledge: deskKnowledge(),
    words: deskWords(),
  });
});
