import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { ConcurrentChange, RequestAlreadyTaken, TicketIdTaken } from '../../domain/errors.ts';
import { millis } from '../../domain/support/time.ts';
import type { Change } from '../../domain/ticket/change.ts';
import { isLive, isPlaced, type Ticket } from '../../domain/ticket/ticket.ts';
import { type Item, keyOf } from './item.ts';
import { eventItem } from './items/event.ts';
import { mailItem } from './items/mail.ts';
import { messageItem } from './items/message.ts';
import { remediationItem } from './items/remediation.ts';
import { requestItem } from './items/request.ts';
import { surveyItem, surveyLinkItem } from './items/survey.ts';
import { ticketItem } from './items/ticket.ts';
import { waitItem } from './items/wait.ts';
import { agentKey } from './keys.ts';
import { statusesBefore } from './moves.ts';
import type { GuardedWrite } from './transact.ts';

type Put = NonNullable<TransactWriteItem['Put']>;
type Condition = Omit<Put, 'TableName' | 'Item'>;

const isNew: Condition = { ConditionExpression: 'attribute_not_exists(PK)' };

const isVersion = (version: number): Condition => ({
  ConditionExpression: 'version = :version',
  ExpressionAttributeValues: marshall({ ':version': version }),
});

/** The ticket as it was decided on: of that version, and in a status its moves may start from. */
const isUnmoved = (change: Change, before: Ticket): Condition => {
  const statuses = statusesBefore(change);
  if (statuses.length === 0) return isVersion(before.version);
  const names = statuses.map((_, index) => `:status${index}`);
  return {
    ConditionExpression: `version = :version AND #status IN (${names.join(', ')})`,
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: marshall({
      ':version': before.version,
      ...Object.fromEntries(names.map((name, index) => [name, statuses[index]])),
    }),
  };
};

/** The writes of one change in a fixed order, each with what it means when its condition does not hold. */
export const writesOf = (change: Change, table: string): GuardedWrite[] => {
  const { before, after, events, messages = [], mails = [], survey, remediation, wait, request } = change;
  const put = (Item: Item, condition: Condition = {}, refusal?: GuardedWrite['refusal']): GuardedWrite => ({
    write: { Put: { TableName: table, Item, ...condition } },
    ...(refusal && { refusal }),
  });
  const moved = (cause: Error) => new ConcurrentChange(after.id, { cause });

  return [
    before === undefined
      ? put(ticketItem(after), isNew, (cause) => new TicketIdTaken(after.id, { cause }))
      : put(ticketItem(after), isUnmoved(change, before), moved),
    ...(request
      ? [
          put(
            requestItem(request),
            isNewOrOver(after.updatedAt),
            (cause) => new RequestAlreadyTaken(request.key, { cause }),
          ),
        ]
      : []),
    ...events.map((event) => put(eventItem(event, after))),
    ...messages.map((message) => put(messageItem(message))),
    ...mails.map((mail) => put(mailItem(mail), isNew, moved)),
    ...(survey ? surveyWrites(survey, put, moved) : []),
    ...(remediation
      ? [
          put(
            remediationItem(remediation.after),
            remediation.before ? isVersion(remediation.before.version) : isNew,
            moved,
          ),
        ]
      : []),
    ...(wait ? [put(waitItem(wait), isNotOlderThan(wait.cycle), moved)] : []),
    ...loadWrites(change, table),
  ];
};

/** TTL removes late: a record that is over counts as absent. */
const isNewOrOver = (now: string): Condition => ({
  ConditionExpression: 'attribute_not_exists(PK) OR expiresAt < :now',
  ExpressionAttributeValues: marshall({ ':now': Math.floor(millis(now) / 1000) }),
});

/** An execution of an earlier cycle must not take the place of a later one's token. */
const isNotOlderThan = (cycle: number): Condition => ({
  ConditionExpression: 'attribute_not_exists(#cycle) OR #cycle <= :cycle',
  ExpressionAttributeNames: { '#cycle': 'cycle' },
  ExpressionAttributeValues: marshall({ ':cycle': cycle }),
});

const surveyWrites = (
  { before, after }: NonNullable<Change['survey']>,
  put: (item: Item, condition?: Condition, refusal?: GuardedWrite['refusal']) => GuardedWrite,
  moved: (cause: Error) => Error,
): GuardedWrite[] => [
  put(surveyItem(after), before ? isVersion(before.version) : isNew, moved),
  ...(before === undefined && after.status === 'asked' ? [put(surveyLinkItem(after, after.expiresAt))] : []),
];

/** Who has this ticket on their hands: its assignee, as long as work may be done on it. */
const workerOn = (ticket: Ticket | undefined): string | undefined =>
  ticket && isPlaced(ticket) && isLive(ticket) ? ticket.assignee : undefined;

/** Load is counted where it changes, in the same transaction: it can neither be lost nor counted twice. */
const loadWrites = ({ before, after }: Change, table: string): GuardedWrite[] => {
  const [from, to] = [workerOn(before), workerOn(after)];
  if (from === to) return [];
  return [
    ...(from === undefined ? [] : [loadWrite(table, from, -1)]),
    ...(to === undefined ? [] : [loadWrite(table, to, 1, after.updatedAt)]),
  ];
};

const loadWrite = (table: string, agent: string, delta: 1 | -1, assignedAt?: string): GuardedWrite => ({
  write: {
    Update: {
      TableName: table,
      Key: keyOf(agentKey(agent)),
      UpdateExpression: `SET v = :v${assignedAt ? ', lastAssignedAt = :at' : ''} ADD #load :delta`,
      ExpressionAttributeNames: { '#load': 'load' },
      ExpressionAttributeValues: marshall({ ':v': 1, ':delta': delta, ...(assignedAt && { ':at': assignedAt }) }),
    },
  },
});
