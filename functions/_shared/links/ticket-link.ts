import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import replyScale from '#desk/reply-rating.json' with { type: 'json' };
import agents from '#desk/team.json' with { type: 'json' };
import common from '#desk/words/common.json' with { type: 'json' };
import rating from '#desk/words/rating.json' with { type: 'json' };
import ticket from '#desk/words/ticket.json' with { type: 'json' };
import time from '#desk/words/time.json' with { type: 'json' };
import upload from '#desk/words/upload.json' with { type: 'json' };
import { personsIn } from '../../../adapters/dynamo/persons.ts';
import { deskTable } from '../../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../../adapters/dynamo/tickets.ts';
import { type LinkKeys, linkKeysFrom } from '../../../adapters/secrets/link-keys.ts';
import { readCapability } from '../../../domain/contact/capability.ts';
import type { TicketPage } from '../../../domain/pages/ticket-page.ts';
import type { Ledger, Persons, Tickets } from '../../../domain/ports.ts';
import type { ReplyScale } from '../../../domain/rating/reply-rating.ts';
import type { CustomerId } from '../../../domain/ticket/ticket.ts';
import { newKey } from '../chance.ts';
import { houseRules, type Rules } from '../desk.ts';
import { notFound, Problem } from '../problem.ts';
import { survivorOf } from '../tickets/survivor.ts';
import { partsOf } from '../tickets/whole-conversation.ts';
import { pageWords } from '../words/page-words.ts';
import type { Words } from '../words/words.ts';

export interface TicketLinkDeps extends Rules {
  tickets: Tickets;
  persons: Pick<Persons, 'person'>;
  keys: () => Promise<LinkKeys>;
  words: Words<TicketPage['locale']>;
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
  /** Every customer that is proven to be the holder of the link. */
  person: ReadonlySet<CustomerId>;
  /** The ticket of the link; once it is a part of another ticket of the same person, that one. */
  ledger: Ledger;
  /**
   * Parts of this ticket, and what it became a part of. Those of another customer hold nothing for this person but what they
   * wrote there themselves (`isShownTo`).
   */
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
  { keys, clock, tickets, persons }: Pick<TicketLinkDeps, 'keys' | 'clock' | 'tickets' | 'persons'>,
): Promise<LinkedTicket> => {
  const token = pathParameters?.token ?? '';
  const link = readCapability(token, 'ticket', await keys(), clock.now());
  if (!link.ok) throw link.refusal === 'expired' ? new Problem(410, 'This link has ended.') : notFound();
  const own = await tickets.ledger(link.value.subject);
  if (own?.ticket.customer.id !== link.value.recipient) throw notFound();
  if (own.ticket.customer.erased) throw new Problem(410, 'This link has ended.');
  const { members = [] } = (await persons.person(link.value.recipient)) ?? {};
  const person = new Set([link.value.recipient, ...members.map(({ id }) => id)]);
  const theirs = ({ ticket }: Ledger): boolean => person.has(ticket.customer.id);
  const keeps = await survivorOf(tickets, own);
  const ledger = theirs(keeps) ? keeps : own;
  const parts = await partsOf(tickets, ledger);
  return { path: `/t/${token}`, person, ledger, parts: ledger === keeps ? parts : [...parts, keeps], keeps };
};

/** What the page of a ticket says; marked, so that a function which only opens links leaves the words behind. */
export const ticketWords = /* @__PURE__ */ pageWords(ticket, rating, upload, common, time);

export const ticketLinkWith = (env: {
  TABLE_NAME: string;
  LINK_SECRET_ARN: string;
  UPLOAD_HOST: string;
}): TicketLinkDeps => ({
  ...houseRules(),
  tickets: ticketsIn(deskTable(env.TABLE_NAME)),
  persons: personsIn(deskTable(env.TABLE_NAME)),
  keys: linkKeysFrom(env.LINK_SECRET_ARN),
  words: ticketWords,
  agents: new Map(agents.map(({ id, name }) => [id, name])),
  scale: replyScale,
  uploadHost: env.UPLOAD_HOST,
  newKey,
});
