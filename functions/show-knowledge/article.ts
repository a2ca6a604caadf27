import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Article, articlePath } from '../../domain/knowledge/article.ts';
import { type ArticlePage, articlePage } from '../../domain/pages/kb-article.ts';
import type { KnowledgeFrame } from '../../domain/pages/kb-frame.ts';
import { knowledgeHome } from '../../domain/pages/kb-home.ts';
import { isLive, isPlaced } from '../../domain/ticket/ticket.ts';
import { wantsPage } from '../_shared/http/page-handler.ts';
import { frameOf, knowledgePage, slugIn } from '../_shared/knowledge/library.ts';
import { solvedByLink } from '../_shared/links/solved-link.ts';
import { notFound } from '../_shared/problem.ts';
import type { Deps } from './deps.ts';
import { counted, isReader } from './reader.ts';

/** `GET /kb/{slug}`: the article in the reader's language, or in another with a word about it. */
export const article =
  (deps: Deps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const slug = slugIn(event);
    const frame = frameOf(event, deps.words, (code) => articlePath(slug, code));
    const found = deps.library.article(slug, frame.locale.code);
    if (!found) return missing(event, frame, deps);
    await countView(event, found, deps);
    return knowledgePage(articlePage(shown(found, { ...frame, found: true }, deps)), deps.words, 'public');
  };

/**
 * `GET /kb/{slug}/for/{token}`: the same for the customer it was offered to, with a form to say that it solved their
 * request. Nothing is recorded but the view. A link that has ended still shows the article.
 */
export const offeredArticle =
  (deps: Deps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const slug = slugIn(event);
    const token = event.pathParameters?.token ?? '';
    const action = (code: string) => `/kb/${slug}/for/${token}?lang=${code}`;
    const frame = frameOf(event, deps.words, action);
    const found = deps.library.article(slug, frame.locale.code);
    if (!found) return missing(event, frame, deps);
    await countView(event, found, deps);
    const ticket = await waitingTicket(token, deps);
    const solves = ticket && { ticket, action: action(frame.locale.code) };
    return knowledgePage(
      articlePage({ ...shown(found, frame, deps), ...(solves && { solves }) }),
      deps.words,
      'private',
    );
  };

const shown = (found: Article, frame: KnowledgeFrame, { library, words }: Deps): ArticlePage => ({
  ...frame,
  article: found,
  writtenIn: words.in(found.locale),
  category: library.nameOf(found.category, frame.locale.code),
  related: library.listed(found.related, frame.locale.code),
});

const countView = async (event: APIGatewayProxyEventV2, { slug, locale }: Article, { usage, clock }: Deps) => {
  if (isReader(event)) await counted(usage.count('views', { slug, locale }, clock.now()));
};

/** The ticket of the link, as long as nobody has answered it. */
const waitingTicket = async (token: string, { tickets, keys, clock }: Deps) => {
  const link = await solvedByLink(token, keys, clock.now());
  const ticket = link && (await tickets.ticket(link.ticketId));
  if (!ticket || ticket.customer.id !== link.customerId) return undefined;
  if (!isPlaced(ticket) || !isLive(ticket) || ticket.firstRepliedAt !== undefined || ticket.cycle > 1) return undefined;
  return { id: ticket.id, subject: ticket.subject };
};

/** Where an article was looked for and is not, people find the search and all topics; programs get a problem. */
const missing = (
  event: APIGatewayProxyEventV2,
  frame: KnowledgeFrame,
  { library, words }: Deps,
): APIGatewayProxyStructuredResultV2 => {
  if (!wantsPage(event)) throw notFound();
  const home = knowledgeHome({ ...frame, shelves: library.shelves(frame.locale.code), mostRead: [], missing: true });
  return knowledgePage(home, words, 'private', 404);
};
