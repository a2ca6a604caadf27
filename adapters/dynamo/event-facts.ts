import { marshall } from '@aws-sdk/util-dynamodb';
import type { EventFacts } from '../../domain/report/event-facts.ts';
import { ofDays } from './fact-days.ts';
import { readFact } from './items/event.ts';
import { allOf, queryItems } from './read.ts';
import type { Table } from './table.ts';

/** What reports are made of, by the days on which it happened. */
export const eventFactsIn = (table: Table): EventFacts => ({
  between: async (from, to, types) => {
    const wanted = Object.fromEntries(types.map((type, index) => [`:type${index}`, type]));
    return ofDays(from, to, (pk) =>
      allOf(
        queryItems(table, {
          KeyConditionExpression: 'PK = :pk AND SK BETWEEN :from AND :to',
          FilterExpression: `#type IN (${Object.keys(wanted).join(', ')})`,
          ExpressionAttributeNames: { '#type': 'type' },
          // A sort key goes on after its time, so those of the moment `to` sort after `:to`: the end is exclusive.
          ExpressionAttributeValues: marshall({ ':pk': pk, ':from': from, ':to': to, ...wanted }),
        }),
        readFact,
      ),
    );
  },
});
