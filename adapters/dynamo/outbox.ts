import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import type { Outbox } from '../../domain/ports.ts';
import { DAY, plus } from '../../domain/support/time.ts';
import { conditionHeld } from './condition.ts';
import { itemOf, keyOf, readItem } from './item.ts';
import { readMail } from './items/mail.ts';
import { type Key, mailKey, messageKey, sentKey } from './keys.ts';
import { getItem } from './read.ts';
import type { Table } from './table.ts';
import { timeToLive } from './time-to-live.ts';

/** How long answers and reports may refer to a mail by the id SES gave it. */
const REMEMBERED = 400 * DAY;

const sent = z.object({ mail: z.string() });

/** The outbox of the sender, which also knows for certain when nothing was sent. */
export interface SendingOutbox extends Outbox {
  /** Gives a claim back, so that the mail may be claimed again at once: only when it is certain that SES took nothing. */
  release(key: string, claimedAt: string): Promise<void>;
}

export const outboxIn = (table: Table): SendingOutbox => {
  /** Whether the condition held. */
  const update = (key: Key, UpdateExpression: string, ConditionExpression: string, values: object): Promise<boolean> =>
    conditionHeld(
      table.client.send(
        new UpdateItemCommand({
          TableName: table.name,
          Key: keyOf(key),
          UpdateExpression,
          ConditionExpression,
          ...(UpdateExpression.includes('#status') && { ExpressionAttributeNames: { '#status': 'status' } }),
          ExpressionAttributeValues: marshall(values),
        }),
      ),
    );
  const get: Outbox['get'] = async (key) => {
    const item = await getItem(table, mailKey(key));
    return item && readMail(item);
  };

  /** Kept beside the mail: an answer or a report may name a mail by this id alone. */
  const remember = async (mail: string, { messageId, at }: { messageId: string; at: string }): Promise<void> => {
    const Item = itemOf(sentKey(messageId), { mail, expiresAt: timeToLive(plus(at, REMEMBERED)) });
    await table.client.send(new PutItemCommand({ TableName: table.name, Item }));
  };

  return {
    get,
    sentAs: async (sesId) => {
      const item = await getItem(table, sentKey(sesId));
      return item && readItem(sent, item).mail;
    },
    claim: (mail, now, claimsDieBefore) =>
      update(
        mailKey(mail.key),
        'SET #status = :sending, claimedAt = :now ADD attempts :one',
        '#status = :owed OR (#status = :sending AND claimedAt < :dead)',
        { ':sending': 'sending', ':owed': 'owed', ':now': now, ':dead': claimsDieBefore, ':one': 1 },
      ),
    release: async (key, claimedAt) => {
      await update(
        mailKey(key),
        'SET #status = :owed REMOVE claimedAt',
        '#status = :sending AND claimedAt = :claimedAt',
        {
          ':owed': 'owed',
          ':sending': 'sending',
          ':claimedAt': claimedAt,
        },
      );
    },
    settle: async (key, outcome) => {
      if (outcome.status !== 'sent') {
        await update(
          mailKey(key),
          'SET #status = :outcome, settledAt = :at, why = :why',
          'attribute_exists(PK) AND #status <> :sent',
          { ':outcome': outcome.status, ':at': outcome.at, ':why': outcome.why, ':sent': 'sent' },
        );
        return;
      }
      const mail = await get(key);
      // The Send event may tell of a mail that was erased since; there is nothing left to mark.
      if (!mail || mail.status === 'sent') return;
      // The mail itself last: once it counts as sent, a retry stops at the line above.
      await remember(key, outcome);
      if (mail.message !== undefined && mail.ticketId !== undefined) {
        await update(messageKey(mail.ticketId, mail.message), 'SET mailId = :id', 'attribute_exists(PK)', {
          ':id': outcome.messageId,
        });
      }
      await update(
        mailKey(key),
        'SET #status = :sent, sentAt = :at, messageId = :id REMOVE claimedAt',
        'attribute_exists(PK) AND #status <> :sent',
        { ':sent': 'sent', ':at': outcome.at, ':id': outcome.messageId },
      );
    },
  };
};
