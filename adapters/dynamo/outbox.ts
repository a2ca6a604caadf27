import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Outbox } from '../../domain/ports.ts';
import { keyOf } from './item.ts';
import { readMail } from './items/mail.ts';
import { mailKey, messageKey } from './keys.ts';
import { getItem } from './read.ts';
import type { Table } from './table.ts';
import { type GuardedWrite, transact } from './transact.ts';

/** The outbox of the sender, which also knows for certain when nothing was sent. */
export interface SendingOutbox extends Outbox {
  /** Gives a claim back, so that the mail may be claimed again at once: only when it is certain that SES took nothing. */
  release(key: string, claimedAt: string): Promise<void>;
}

/** The mail was settled before; what came first stands. */
class SettledBefore extends Error {
  override readonly name = 'SettledBefore';
}

export const outboxIn = (table: Table): SendingOutbox => {
  /** Whether the condition held. */
  const update = async (
    key: string,
    UpdateExpression: string,
    ConditionExpression: string,
    values: object,
  ): Promise<boolean> => {
    try {
      await table.client.send(
        new UpdateItemCommand({
          TableName: table.name,
          Key: keyOf(mailKey(key)),
          UpdateExpression,
          ConditionExpression,
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: marshall(values),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  };
  const get: Outbox['get'] = async (key) => {
    const item = await getItem(table, mailKey(key));
    return item && readMail(item);
  };

  return {
    get,
    claim: (mail, now, claimsDieBefore) =>
      update(
        mail.key,
        'SET #status = :sending, claimedAt = :now ADD attempts :one',
        '#status = :owed OR (#status = :sending AND claimedAt < :dead)',
        { ':sending': 'sending', ':owed': 'owed', ':now': now, ':dead': claimsDieBefore, ':one': 1 },
      ),
    release: async (key, claimedAt) => {
      await update(key, 'SET #status = :owed REMOVE claimedAt', '#status = :sending AND claimedAt = :claimedAt', {
        ':owed': 'owed',
        ':sending': 'sending',
        ':claimedAt': claimedAt,
      });
    },
    settle: async (key, outcome) => {
      if (outcome.status !== 'sent') {
        await update(
          key,
          'SET #status = :outcome, settledAt = :at, why = :why',
          'attribute_exists(PK) AND #status <> :sent',
          { ':outcome': outcome.status, ':at': outcome.at, ':why': outcome.why, ':sent': 'sent' },
        );
        return;
      }
      const mail = await get(key);
      // The Send event may tell of a mail that was erased since; there is nothing left to mark.
      if (!mail) return;
      try {
        await transact(table, sentWrites(table.name, mail, outcome));
      } catch (error) {
        if (!(error instanceof SettledBefore)) throw error;
      }
    },
  };
};

/** The id SES gave it is kept on the mail and on the message it carries, so that an answer to it can be placed. */
const sentWrites = (
  table: string,
  mail: { key: string; ticketId: string; message?: string },
  { messageId, at }: { messageId: string; at: string },
): GuardedWrite[] => [
  {
    write: {
      Update: {
        TableName: table,
        Key: keyOf(mailKey(mail.key)),
        UpdateExpression: 'SET #status = :sent, sentAt = :at, messageId = :id REMOVE claimedAt',
        ConditionExpression: 'attribute_exists(PK) AND #status <> :sent',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: marshall({ ':sent': 'sent', ':at': at, ':id': messageId }),
      },
    },
    refusal: (cause) => new SettledBefore(`Mail ${mail.key} is settled.`, { cause }),
  },
  ...(mail.message === undefined
    ? []
    : [
        {
          write: {
            Update: {
              TableName: table,
              Key: keyOf(messageKey(mail.ticketId, mail.message)),
              UpdateExpression: 'SET mailId = :id',
              ConditionExpression: 'attribute_exists(PK)',
              ExpressionAttributeValues: marshall({ ':id': messageId }),
            },
          },
        },
      ]),
];
