import { marshall } from '@aws-sdk/util-dynamodb';
import type { EventFacts } from '../../domain/report/event-facts.ts';
import { ofDays } from './fact-days.ts';
import { readFact } from './items/event.ts';
import { firstOf, queryItems } from './read.ts';
import type { Table } from './table.ts';

/** What reports are made of, by the days on which it happened. */
export const eventFactsIn = (table: Table): EventFacts => ({
  between: async (from, to, types) => {
    const wanted = Object.fromEntries(types.map((type, index) => [`:type${index}`, type]));
    return ofDays(from, to, (pk) =>
      firstOf(
        queryItems(table, {
          KeyConditionExpression: 'PK = :pk AND SK BETWEEN :from AND :to',
          FilterExpression: `#type IN (${Object.keys(wanted).join(', ')})`,
          ExpressionAttributeNames: { '#type': 'type' },
          // Every sort key goes on behind its time, so those of the moment `to` lie behind it.
          ExpressionAttributeValues: marshall({ ':pk': pk, ':from': from, ':to': to, ...wanted }),
        }),
        Number.POSITIVE_INFINITY,
        readFact,
      ),
    );
  },
});
