import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { NoteClick } from '../../domain/ports.ts';
import { DAY, plus } from '../../domain/support/time.ts';
import { MOST_OPENINGS } from '../../domain/survey/clicks.ts';
import { conditionHeld } from './condition.ts';
import { keyOf } from './item.ts';
import { clicksKey } from './keys.ts';
import type { Table } from './table.ts';
import { timeToLive } from './time-to-live.ts';

/** As long as reports look back: a month can be compared with the same one a year before. */
const CLICKS_LAST = 400 * DAY;

/** How long a page waits for the note that it was opened. */
const PATIENCE_MS = 300;

/** Kept apart from `clicksIn`, so that the bundle of a page that only notes has no code that reads. */
export const noteClickIn =
  (table: Table, patienceMs: number = PATIENCE_MS): NoteClick =>
  async (about, opening) => {
    const noting = new UpdateItemCommand({
      TableName: table.name,
      Key: keyOf(clicksKey(about)),
      UpdateExpression: 'SET v = :v, expiresAt = :end, openings = list_append(if_not_exists(openings, :none), :one)',
      ConditionExpression: 'attribute_not_exists(openings) OR size(openings) < :most',
      ExpressionAttributeValues: marshall({
        ':v': 1,
        ':end': timeToLive(plus(opening.at, CLICKS_LAST)),
        ':none': [],
        ':one': [opening],
        ':most': MOST_OPENINGS,
      }),
    });
    await conditionHeld(table.client.send(noting, { abortSignal: AbortSignal.timeout(patienceMs) }));
  };
