import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import replyScale from '#desk/reply-rating.json' with { type: 'json' };
import agents from '#desk/team.json' with { type: 'json' };
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { type LinkKeys, linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { readCapability } from '../../domain/contact/capability.ts';
import type { Ledger, Tickets } from '../../domain/ports.ts';
import type { ReplyScale } from '../../domain/rating/reply-rating.ts';
import { newKey } from './chance.ts';
import { houseRules, type Rules } from './desk.ts';
import { notFound, Problem } from './problem.ts';
import { survivorOf } from './survivor.ts';
import { partsOf } from './whole-conversation.ts';
import { deskWords, type Words } from './words.ts';

export interface TicketLinkDeps extends Rules {
  tickets: Tickets;
  keys: () => Promise<LinkKeys>;
  words: Words;
  /** Names by agent id. */
  agents: ReadonlyMap<string, string>;
  scale: ReplyScale;
  /** Host of the bucket that files are posted to. */
  uploadHost: string;
  /** Names the place where a form gathers its files without scripts. */
  newKey: () => string;
}

/** A ticket as the holder of its link finds it. */
export interface LinkedTicket {
  /** The path of the link, `/t/<token>`. */
  path: string;
  /** The ticket of the link; once it is a part of another ticket of the same customer, that one. */
  ledger: Ledger;
  /** Other tickets whose conversation belongs to this customer's matter: parts of this one, or what it became a part of. */
  parts: Ledger[];
  /** Where what the customer writes is kept: the ticket that is worked on, whoever else wrote it. */
  keeps: Ledger;
}

/**
 * What a link opens: one ticket, for the one customer it was given to. Throws 404 for a link that this desk did not make
 * or that is another one's, alike, and 410 for one that ended.
 */
export const ticketOfLink = async (
  { pathParameters }: Pick<APIGatewayProxyEventV2, 'pathParameters'>,
  { keys, clock, tickets }: Pick<TicketLinkDeps, 'keys' | 'clock' | 'tickets'>,
): Promise<LinkedTicket> => {
  const token = pathParameters?.token ?? '';
  const link = readCapability(token, 'ticket', await keys(), clock.now());
  if (!link.ok) throw link.refusal === 'expired' ? new Problem(410, 'This link has ended.') : notFound();
  const own = await tickets.ledger(link.value.subject);
  const theirs = ({ ticket }: Ledger): boolean => ticket.customer.id === link.value.recipient;
  if (!own || !theirs(own)) throw notFound();
  const keeps = await survivorOf(tickets, own);
  const ledger = theirs(keeps) ? keeps : own;
  const parts = (await partsOf(tickets, ledger)).filter(theirs);
  return { path: `/t/${token}`, ledger, parts: ledger === keeps ? parts : [...parts, keeps], keeps };
};

export const ticketLinkWith = (env: {
  TABLE_NAME: string;
  LINK_SECRET_ARN: string;
  UPLOAD_HOST: string;
}): TicketLinkDeps => ({
  ...houseRules(),
  tickets: ticketsIn(deskTable(env.TABLE_NAME)),
  keys: linkKeysFrom(env.LINK_SECRET_ARN),
  words: deskWords(),
  agents: new Map(agents.map(({ id, name }) => [id, name])),
  scale: replyScale,
  uploadHost: env.UPLOAD_HOST,
  newKey,
});
