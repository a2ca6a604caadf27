import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { keepable, mostRead } from '../../domain/knowledge/usage.ts';
import { knowledgeHome } from '../../domain/pages/kb-home.ts';
import { DAY, type Instant, millis, plus } from '../../domain/support/time.ts';
import { json } from '../_shared/http/json-response.ts';
import { frameOf, knowledgePage } from '../_shared/knowledge/library.ts';
import { failure, logger } from '../_shared/telemetry.ts';
import type { Deps } from './deps.ts';
import { counted, isReader } from './reader.ts';

/** Further results have too little to do with the words. */
const MOST_FOUND = 10;
const MOST_SUGGESTED = 5;
const MOST_READ = 4;
const LONGEST_QUERY = 200;

/** What was typed, cut to what the form takes; blank is as good as nothing. */
const queryIn = ({ queryStringParameters }: APIGatewayProxyEventV2): string | undefined =>
  (queryStringParameters?.q ?? '').trim().slice(0, LONGEST_QUERY) || undefined;

/** `GET /kb`: all articles by topic, or those that a search finds. Searches in vain are kept for the authors. */
export const home = (deps: Deps) => {
  const favourites = favouritesOf(deps);
  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const { library, knowledge, usage, clock, words } = deps;
    const query = queryIn(event);
    const also = query === undefined ? '' : `&q=${encodeURIComponent(query)}`;
    const frame = frameOf(event, words, (code) => `/kb?lang=${code}${also}`);
    const { code } = frame.locale;
    const shelves = library.shelves(code);
    if (query === undefined) {
      const read = library.listed(await favourites(clock.now()), code);
      return knowledgePage(knowledgeHome({ ...frame, found: true, shelves, mostRead: read }), words, 'public');
    }
    const slugs = knowledge.search(query, code, MOST_FOUND).map(({ slug }) => slug);
    const kept = keepable(query);
    if (slugs.length === 0 && kept !== undefined && isReader(event))
      await counted(usage.missed(kept, code, clock.now()));
    const search = { query, found: library.listed(slugs, code) };
    return knowledgePage(knowledgeHome({ ...frame, shelves, mostRead: [], search }), words, 'results');
  };
};

/** `GET /kb/suggest?q=&lang=`: articles for words that somebody is still typing. Nothing is kept of them. */
export const suggest =
  ({ knowledge, words }: Deps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const query = queryIn(event) ?? '';
    const { locale } = frameOf(event, words, () => '');
    const found = knowledge.search(query, locale.code, MOST_SUGGESTED);
    const answer = json({ articles: found.map(({ slug, title, url }) => ({ slug, title, url })) });
    const headers = { ...answer.headers, 'cache-control': 'public, max-age=300', vary: 'accept-language' };
    return { ...answer, headers };
  };

const ASK_AGAIN_AFTER = 10 * 60 * 1000;

/** What is read most changes slowly: it is asked for once in ten minutes, and the page does without it if need be. */
const favouritesOf = ({ usage }: Deps) => {
  let known: { at: Instant; slugs: string[] } | undefined;
  return async (now: Instant): Promise<string[]> => {
    if (known !== undefined && millis(now) - millis(known.at) < ASK_AGAIN_AFTER) return known.slugs;
    try {
      known = { at: now, slugs: mostRead(await usage.between(plus(now, -30 * DAY), now), MOST_READ) };
    } catch (error) {
      logger.warn('What is read most is not known.', failure(error));
    }
    return known?.slugs ?? [];
  };
};
