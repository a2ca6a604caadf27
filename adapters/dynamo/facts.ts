import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type ClockFacts, keptUnder, latestOf } from '../../domain/report/clock-facts.ts';
import type { ClockFact } from '../../domain/report/clock-note.ts';
import type { Instant } from '../../domain/support/time.ts';
import { isConditionFailure } from './condition.ts';
import { ofDays } from './fact-days.ts';
import { clockFactItem, readClockFact } from './items/clock-fact.ts';
import { allOf, queryItems } from './read.ts';
import type { Table } from './table.ts';

/** What reports are made of, by the days of their times. */
export const clockFactsIn = (table: Table): ClockFacts => ({
  keep: async (fact) => {
    let decidedNow = false;
    for (const at of keptUnder(fact)) {
      const became = await put(table, fact, at);
      if (at === fact.decidedAt) decidedNow = became === 'new';
    }
    return decidedNow;
  },
  between: async (from, to) => latestOf(await ofDays(from, to, (pk) => ofPartition(table, pk, from, to))),
});

/** Stores a note unless a later one about the same clock is there: `known`. */
const put = async ({ client, name }: Table, fact: ClockFact, at: Instant): Promise<'new' | 'replaced' | 'known'> => {
  try {
    const { Attributes } = await client.send(
      new PutItemCommand({
        TableName: name,
        Item: clockFactItem(fact, at),
        ReturnValues: 'ALL_OLD',
        ConditionExpression: 'attribute_not_exists(PK) OR version < :version',
        ExpressionAttributeValues: marshall({ ':version': fact.version }),
      }),
    );
    return Attributes === undefined ? 'new' : 'replaced';
  } catch (error) {
    if (isConditionFailure(error)) return 'known';
    throw error;
  }
};

const ofPartition = (table: Table, pk: string, from: Instant, to: Instant): Promise<ClockFact[]> =>
  allOf(
    queryItems(table, {
      KeyConditionExpression: 'PK = :pk AND SK BETWEEN :from AND :to',
      FilterExpression: '#type = :clock',
      ExpressionAttributeNames: { '#type': 'type' },
      // A sort key goes on after its time, so those of the moment `to` sort after `:to`: the end is exclusive.
      ExpressionAttributeValues: marshall({ ':pk': pk, ':from': from, ':to': to, ':clock': 'clock' }),
    }),
    readClockFact,
  );
