import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { articleUsageIn } from '../../adapters/dynamo/article-usage.ts';
import type { Table } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { ConcurrentChange } from '../../domain/errors.ts';
import type { ArticleUsage } from '../../domain/knowledge/usage.ts';
import type { Change } from '../../domain/ticket/change.ts';
import { fakeArticleUsage } from '../support/fake-article-usage.ts';
import { anEvent, aTicket, at, placed } from './changes.ts';
import { type Engine, startEngine } from './engine.ts';

const article = { slug: 'payment-failed', locale: 'de' };

let engine: Engine;
let table: Table;
beforeAll(async () => {
  engine = await startEngine();
});
beforeEach(async () => {
  table = await engine.table();
});
afterAll(() => engine.stop());

describe.each<[string, () => ArticleUsage]>([
  ['in memory', () => fakeArticleUsage()],
  ['in the table', () => articleUsageIn(table)],
])('the use of articles, kept %s,', (_, open) => {
  test('is counted by article, language and day, also when many read at once', async () => {
    const usage = open();

    await Promise.all(Array.from({ length: 20 }, () => usage.count('views', article, at(0))));
    await usage.count('solved', article, at(1));
    await usage.count('views', { ...article, locale: 'en' }, '2026-11-24T00:00:00.000Z');
    await usage.count('views', article, '2026-10-31T23:59:59.999Z');

    const days = await usage.between('2026-11-01T00:00:00.000Z', '2026-11-24T12:00:00.000Z');
    expect(days.sort((a, b) => a.date.localeCompare(b.date))).toEqual([
      { ...article, date: '2026-11-23', counts: { views: 20, solved: 1, helpful: 0, unhelpful: 0 } },
      {
        slug: article.slug,
        locale: 'en',
        date: '2026-11-24',
        counts: { views: 1, solved: 0, helpful: 0, unhelpful: 0 },
      },
    ]);
  });

  test('is found over the turn of a year', async () => {
    const usage = open();
    await usage.count('helpful', article, '2026-12-31T12:00:00.000Z');
    await usage.count('helpful', article, '2027-01-31T12:00:00.000Z');

    const days = await usage.between('2026-12-31T00:00:00.000Z', '2027-01-31T00:00:00.000Z');

    expect(days.map(({ date }) => date).sort()).toEqual(['2026-12-31', '2027-01-31']);
  });

  test('tells words that were searched for in vain, once, with how often and when last', async () => {
    const usage = open();
    await usage.missed('ratenzahlung', 'de', '2026-10-30T12:00:00.000Z');
    await usage.missed('ratenzahlung', 'de', at(0));
    await usage.missed('قسطی', 'fa', at(0));

    const misses = await usage.misses('2026-09-01T00:00:00.000Z', at(5));

    expect(misses.sort((a, b) => a.locale.localeCompare(b.locale))).toEqual([
      { query: 'ratenzahlung', locale: 'de', times: 2, lastOn: '2026-11-23' },
      { query: 'قسطی', locale: 'fa', times: 1, lastOn: '2026-11-23' },
    ]);
  });
});

test('an article that closes a ticket is counted with the change, and not when the change is refused', async () => {
  const tickets = ticketsIn(table);
  const fresh = aTicket();
  const open = placed(fresh);
  await tickets.record({ after: fresh, events: [] });
  await tickets.record({ before: fresh, after: open, events: [] });
  const { slug, locale } = article;
  const after = {
    ...open,
    status: 'closed' as const,
    resolvedAt: at(1),
    closedAt: at(1),
    version: 3,
    updatedAt: at(1),
  };
  const happened = anEvent(after, { type: 'deflected', article: slug, locale });
  const change: Change = { before: open, after, events: [happened], solvedBy: article };

  await tickets.record(change);
  const again = await tickets.record(change).catch((error: unknown) => error);

  const days = await articleUsageIn(table).between(at(0), at(5));
  expect(again).toBeInstanceOf(ConcurrentChange);
  expect(days).toMatchObject([{ counts: { solved: 1 } }]);
});
