import type { Update } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { ArticleRef, Counted } from '../../domain/knowledge/usage.ts';
import { DAY, type Instant, plus } from '../../domain/support/time.ts';
import { keyOf } from './item.ts';
import { articleDayKey } from './keys.ts';
import { timeToLive } from './time-to-live.ts';

/** Figures are kept for a year and a bit, so that a month can be compared with the same one last year. */
const FIGURES_LAST = 400 * DAY;

/** One more on the counter of an article's day: atomic, so that readers of one moment all count. */
export const countOf = (
  table: string,
  what: Counted,
  { slug, locale }: ArticleRef,
  at: Instant,
): Update & { UpdateExpression: string } => ({
  TableName: table,
  Key: keyOf(articleDayKey({ slug, locale }, at)),
  UpdateExpression: 'SET v = :v, slug = :slug, #locale = :locale, expiresAt = :end ADD #what :one',
  ExpressionAttributeNames: { '#what': what, '#locale': 'locale' },
  ExpressionAttributeValues: marshall({
    ':v': 1,
    ':slug': slug,
    ':locale': locale,
    ':end': timeToLive(plus(at, FIGURES_LAST)),
    ':one': 1,
  }),
});
