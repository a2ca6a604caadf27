import { DeleteItemCommand, PutItemCommand, type PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { ConcurrentChange } from '../../domain/errors.ts';
import type { PersonalData } from '../../domain/ports.ts';
import { remainsOf } from '../../domain/privacy/erased.ts';
import { isConditionFailure } from './condition.ts';
import { type Item, keyOf } from './item.ts';
import { eventItem, factItem, readFact } from './items/event.ts';
import { mailItem, readMail } from './items/mail.ts';
import { messageItem, readMessage } from './items/message.ts';
import { npsAskItem, readNpsAsk } from './items/nps-ask.ts';
import { readSurvey, surveyItem } from './items/survey.ts';
import {
  customerKey,
  factKey,
  identityHash,
  type Key,
  mailKey,
  NPS_ASKS,
  parkedKey,
  SURVEYS,
  ticketKey,
  wrotePk,
} from './keys.ts';
import { allOf, getItem, queryItems } from './read.ts';
import type { Table } from './table.ts';

export const personalDataIn = (table: Table): PersonalData => {
  const begins = (PK: string, prefix: string) =>
    queryItems(table, {
      ConsistentRead: true,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :prefix)',
      ExpressionAttributeValues: marshall({ ':pk': PK, ':prefix': prefix }),
    });
  const replace = async (item: Item, condition: Partial<PutItemCommandInput> = isThere): Promise<void> => {
    await table.client.send(new PutItemCommand({ TableName: table.name, Item: item, ...condition }));
  };
  const replaceVersion = async (item: Item, { id, version }: { id: string; version: number }): Promise<void> => {
    try {
      await replace(item, {
        ConditionExpression: 'version = :version',
        ExpressionAttributeValues: marshall({ ':version': version }),
      });
    } catch (error) {
      throw isConditionFailure(error) ? new ConcurrentChange(id, { cause: error }) : error;
    }
  };
  const forget = async (key: Key): Promise<void> => {
    await table.client.send(new DeleteItemCommand({ TableName: table.name, Key: keyOf(key) }));
  };

  return {
    surveysOf: (id) => allOf(begins(ticketKey(id).PK, SURVEYS), readSurvey),
    asksOf: (customer) => allOf(begins(customerKey(customer).PK, NPS_ASKS), readNpsAsk),
    writtenBy: async (identities) => {
      const each = identities.map((hash) =>
        allOf(
          queryItems(table, {
            IndexName: 'lookup',
            KeyConditionExpression: 'lookupPk = :pk',
            ExpressionAttributeValues: marshall({ ':pk': wrotePk(hash) }),
          }),
          readMessage,
        ),
      );
      return (await Promise.all(each)).flat();
    },
    sentBy: (identities, { from, receipt }) =>
      [from?.email, receipt.source].some(
        (email) => email !== undefined && identities.includes(identityHash({ kind: 'email', value: email })),
      ),
    replaceMessage: (message) => replace(messageItem(message)),
    replaceEvent: async (event, ticket) => {
      await replace(eventItem(event, ticket));
      const fact = await getItem(table, factKey(event));
      if (fact) await replace(factItem(event, readFact(fact).about));
    },
    replaceSurvey: ({ version }, after) => replaceVersion(surveyItem(after), { id: after.ticketId, version }),
    replaceAsk: ({ version }, after) => replaceVersion(npsAskItem(after), { id: after.person, version }),
    forgetMails: async (keys) => {
      let found = 0;
      for (const key of new Set(keys)) {
        const item = await getItem(table, mailKey(key));
        if (!item) continue;
        const mail = readMail(item);
        const left = remainsOf(mail);
        // What was left of it before is no mail any more.
        if ('email' in mail.to && mail.to.email === '') continue;
        await (left ? replace(mailItem(left)) : forget(mailKey(key)));
        found += 1;
      }
      return found;
    },
    forgetParked: (id) => forget(parkedKey(id)),
    forgetTraces: async (customer) => {
      for (const trace of TRACES)
        for await (const { PK, SK } of begins(customerKey(customer).PK, trace))
          await forget({ PK: PK?.S ?? '', SK: SK?.S ?? '' });
    },
  };
};

/** Sort keys of what counts how often somebody was written to and asked, and of the line of their text messages. */
const TRACES = ['CONTACT', 'LINE'];

const isThere = { ConditionExpression: 'attribute_exists(PK)' };
