import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import common from '#desk/words/common.json' with { type: 'json' };
import kbWords from '#desk/words/kb.json' with { type: 'json' };
import time from '#desk/words/time.json' with { type: 'json' };
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { type LinkKeys, linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { articlePath } from '../../domain/knowledge/article.ts';
import { SOLVED } from '../../domain/pages/kb-article.ts';
import { type SolvedEnd, solvedPage } from '../../domain/pages/kb-end.ts';
import type { KnowledgeFrame } from '../../domain/pages/kb-frame.ts';
import type { Tickets } from '../../domain/ports.ts';
import { deflect, type NotDeflected } from '../../domain/ticket/acts/deflect.ts';
import { contextNow, houseRules, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { pageHandler } from '../_shared/http/page-handler.ts';
import { requirePressed } from '../_shared/http/read-form.ts';
import { deskLibrary, frameOf, knowledgePage, type Library, slugIn } from '../_shared/knowledge/library.ts';
import { type Links, linksIn } from '../_shared/links/links.ts';
import { solvedByLink } from '../_shared/links/solved-link.ts';
import { notFound } from '../_shared/problem.ts';
import { untilStored } from '../_shared/until-stored.ts';
import { pageWords } from '../_shared/words/page-words.ts';
import type { Words } from '../_shared/words/words.ts';
import { env } from './env.ts';

interface Deps extends Rules {
  library: Library;
  tickets: Pick<Tickets, 'ledger' | 'record'>;
  keys: () => Promise<LinkKeys>;
  links: Pick<Links, 'ticket'>;
  words: Words<KnowledgeFrame['locale']>;
}

const ENDS: Record<NotDeflected, SolvedEnd> = {
  'already-deflected': 'done',
  answered: 'answered',
  'moved-on': 'moved',
};

/** The customer says that the article solved it: their request is closed, unless a person was quicker. */
export const build =
  (deps: Deps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const { library, words, links, clock } = deps;
    const slug = slugIn(event);
    const link = await solvedByLink(event.pathParameters?.token ?? '', deps.keys, clock.now());
    const frame = frameOf(event, words, (code) => articlePath(slug, code));
    const article = library.article(slug, frame.locale.code);
    if (!link || !article) throw notFound();
    requirePressed(event, SOLVED);
    const end = await untilStored(() => solve({ ...link, article: { slug, locale: article.locale } }, deps));
    const subject = { id: link.ticketId, customer: { id: link.customerId } };
    const ticketLink = await links.ticket(subject, clock.now());
    return knowledgePage(solvedPage({ ...frame, end, ticketId: link.ticketId, ticketLink }), words, 'private');
  };

interface Said {
  ticketId: string;
  customerId: string;
  article: { slug: string; locale: string };
}

const solve = async ({ ticketId, customerId, article }: Said, deps: Deps): Promise<SolvedEnd> => {
  const ledger = await deps.tickets.ledger(ticketId);
  if (!ledger || ledger.ticket.customer.id !== customerId) throw notFound();
  const decision = deflect(ledger, { article }, contextNow(deps));
  if (!decision.ok) return ENDS[decision.refusal];
  await deps.tickets.record(decision.value);
  return 'done';
};

const words = pageWords(kbWords, common, time);

export const handler = pageHandler(words, () => {
  const given = readEnv(env);
  return build({
    ...houseRules(),
    library: deskLibrary(words),
    tickets: ticketsIn(deskTable(given.TABLE_NAME)),
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    links: linksIn(given),
    words,
  });
});
