import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { ArticleUsage } from '../../domain/knowledge/usage.ts';
import { DAY, plus } from '../../domain/support/time.ts';
import { countOf } from './article-count.ts';
import { type Item, keyOf } from './item.ts';
import { readArticleDay, readMiss } from './items/article.ts';
import { missesPk, missKey, readsPk } from './keys.ts';
import { monthsOf } from './partitions.ts';
import { queryItems } from './read.ts';
import type { Table } from './table.ts';
import { timeToLive } from './time-to-live.ts';

/** Words of people are kept only as long as authors can be expected to have read them. */
const MISSES_LAST = 90 * DAY;

export const articleUsageIn = (table: Table): ArticleUsage => {
  const monthly = async <T>(pks: string[], read: (item: Item) => T): Promise<T[]> => {
    const found: T[] = [];
    for (const pk of pks) {
      const query = { KeyConditionExpression: 'PK = :pk', ExpressionAttributeValues: marshall({ ':pk': pk }) };
      for await (const item of queryItems(table, query)) found.push(read(item));
    }
    return found;
  };
  return {
    count: async (what, article, at) => {
      await table.client.send(new UpdateItemCommand(countOf(table.name, what, article, at)));
    },
    between: async (from, to) => {
      const days = await monthly(monthsOf(from, to).map(readsPk), readArticleDay);
      return days.filter(({ date }) => date >= from.slice(0, 10) && date <= to.slice(0, 10));
    },
    missed: async (query, locale, at) => {
      await table.client.send(
        new UpdateItemCommand({
          TableName: table.name,
          Key: keyOf(missKey(query, locale, at)),
          UpdateExpression:
            'SET v = :v, #query = :query, #locale = :locale, lastOn = :on, expiresAt = :end ADD #times :one',
          ExpressionAttributeNames: { '#query': 'query', '#locale': 'locale', '#times': 'times' },
          ExpressionAttributeValues: marshall({
            ':v': 1,
            ':query': query,
            ':locale': locale,
            ':on': at.slice(0, 10),
            ':end': timeToLive(plus(at, MISSES_LAST)),
            ':one': 1,
          }),
        }),
      );
    },
    misses: async (from, to) => {
      const found = await monthly(monthsOf(from, to).map(missesPk), readMiss);
      const byWords = Map.groupBy(found, ({ query, locale }) => `${locale} ${query}`);
      return [...byWords.values()].flatMap((months) => {
        const [first] = months;
        if (first === undefined) return [];
        const times = months.reduce((sum, each) => sum + each.times, 0);
        return [
          {
            ...first,
            times,
            lastOn:
              months
                .map(({ lastOn }) => lastOn)
                .sort()
                .at(-1) ?? first.lastOn,
          },
        ];
      });
    },
  };
};
