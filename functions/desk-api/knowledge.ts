import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { usageOf } from '../../domain/knowledge/usage.ts';
import { DAY, plus } from '../../domain/support/time.ts';
import { json } from '../_shared/http/json-response.ts';
import type { Who } from '../_shared/who.ts';
import type { Deps } from './deps.ts';

/** Further words that were searched for in vain are seldom typed twice. */
const MOST_MISSES = 100;

/**
 * How the articles do: opened, solved, helpful and not in the last 30 and 90 days, which are overdue for review (first) or
 * never read, and what was searched for in vain, most often first.
 */
export const knowledgeFigures = async (_: APIGatewayProxyEventV2, __: Who, { usage, catalogue, clock }: Deps) => {
  const now = clock.now();
  const from = plus(now, -90 * DAY);
  const [days, misses] = await Promise.all([usage.between(from, now), usage.misses(from, now)]);
  return json({
    articles: usageOf(catalogue, days, now),
    searchesWithoutHit: misses
      .toSorted((a, b) => b.times - a.times || (a.lastOn < b.lastOn ? 1 : -1))
      .slice(0, MOST_MISSES),
  });
};
