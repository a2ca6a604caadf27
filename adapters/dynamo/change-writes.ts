import { marshall } from '@aws-sdk/util-dynamodb';
import { ConcurrentChange, LaterCycleWaits, RequestAlreadyTaken, TicketIdTaken } from '../../domain/errors.ts';
import type { Change } from '../../domain/ticket/change.ts';
import { isLive, isPlaced, type Ticket, waitsForAnOwner } from '../../domain/ticket/ticket.ts';
import { countOf } from './article-count.ts';
import { newcomerWrites } from './customers.ts';
import { feedbackWrites } from './feedback-write.ts';
import { keyOf } from './item.ts';
import { eventItem } from './items/event.ts';
import { lineItem } from './items/line.ts';
import { mailItem } from './items/mail.ts';
import { messageItem } from './items/message.ts';
import { remediationItem } from './items/remediation.ts';
import { requestItem } from './items/request.ts';
import { surveyItem, surveyLinkItem } from './items/survey.ts';
import { ticketItem, workingOrder } from './items/ticket.ts';
import { waitItem } from './items/wait.ts';
import { waitingItem } from './items/waiting.ts';
import { agentKey, type Key, waitingKey } from './keys.ts';
import { statusesBefore } from './moves.ts';
import { type Condition, isNew, isNewOrOver, isUnchanged, isVersion, put } from './put.ts';
import { sheetWrites } from './sheet-writes.ts';
import type { GuardedWrite } from './transact.ts';

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
  const { before, after, events, messages = [], mails = [], survey, remediation, wait, request, line } = change;
  const moved = (cause: Error) => new ConcurrentChange(after.id, { cause });
  const overtaken = (cause: Error) => new LaterCycleWaits(after.id, { cause });

  return [
    before === undefined
      ? put(table, ticketItem(after), isNew, (cause) => new TicketIdTaken(after.id, { cause }))
      : put(table, ticketItem(after), isUnmoved(change, before), moved),
    ...(request
      ? [
          put(
            table,
            requestItem(request),
            isNewOrOver(after.updatedAt),
            (cause) => new RequestAlreadyTaken(request.key, { cause }),
          ),
        ]
      : []),
    ...(change.newcomer ? newcomerWrites(change.newcomer, table) : []),
    ...events.map((event) => put(table, eventItem(event, after))),
    ...messages.map((message) => put(table, messageItem(message))),
    ...mails.map((mail) => put(table, mailItem(mail), isNew, moved)),
    ...(survey ? surveyWrites(survey, table, moved) : []),
    ...(remediation ? [put(table, remediationItem(remediation.after), isUnchanged(remediation.before), moved)] : []),
    ...(change.feedback ? feedbackWrites(change.feedback, table) : []),
    ...sheetWrites(change.contacts, after.updatedAt, table, moved),
    ...(line ? [put(table, lineItem(line), isStill(line.before), moved)] : []),
    ...(wait ? [put(table, waitItem(wait), isNotOlderThan(wait.cycle), overtaken)] : []),
    ...loadWrites(change, table, moved),
    ...(change.beside ? writesOf(change.beside, table) : []),
    ...waitingWrites(change, table),
    ...(change.solvedBy ? [{ write: { Update: countOf(table, 'solved', change.solvedBy, after.updatedAt) } }] : []),
  ];
};

const isStill = (ticketId: string | undefined): Condition =>
  ticketId === undefined
    ? isNew
    : { ConditionExpression: 'ticketId = :before', ExpressionAttributeValues: marshall({ ':before': ticketId }) };

/** An execution of an earlier cycle must not take the place of a later one's token. */
const isNotOlderThan = (cycle: number): Condition => ({
  ConditionExpression: 'attribute_not_exists(#cycle) OR #cycle <= :cycle',
  ExpressionAttributeNames: { '#cycle': 'cycle' },
  ExpressionAttributeValues: marshall({ ':cycle': cycle }),
});

const surveyWrites = (
  { before, after }: NonNullable<Change['survey']>,
  table: string,
  moved: (cause: Error) => Error,
): GuardedWrite[] => [
  put(table, surveyItem(after), isUnchanged(before), moved),
  ...(before === undefined && after.status === 'asked' ? [put(table, surveyLinkItem(after, after.expiresAt))] : []),
];

/** Who has this ticket on their hands: its assignee, as long as work may be done on it. */
const workerOn = (ticket: Ticket | undefined): string | undefined =>
  ticket && isPlaced(ticket) && isLive(ticket) ? ticket.assignee : undefined;

/** Load is counted where it changes, in the same transaction: it can neither be lost nor counted twice. */
const loadWrites = (
  { before, after, takes }: Change,
  table: string,
  moved: (cause: Error) => Error,
): GuardedWrite[] => {
  const [from, to] = [workerOn(before), workerOn(after)];
  if (from === to) return [];
  return [
    ...(from === undefined ? [] : [loadWrite(table, from, -1)]),
    ...(to === undefined
      ? []
      : [
          takes?.agent === to
            ? chosen(loadWrite(table, to, 1, after.updatedAt), takes.load, moved)
            : loadWrite(table, to, 1, after.updatedAt),
        ]),
  ];
};

/**
 * The agent was chosen by load and presence: if either has changed since, the choice is out of date and is made again.
 */
const chosen = ({ write }: GuardedWrite, load: number, refusal: (cause: Error) => Error): GuardedWrite => ({
  write: {
    Update: write.Update && {
      ...write.Update,
      ConditionExpression: `(#load = :seen${load === 0 ? ' OR attribute_not_exists(#load)' : ''}) AND (attribute_not_exists(present) OR present = :there)`,
      ExpressionAttributeValues: {
        ...write.Update.ExpressionAttributeValues,
        ...marshall({ ':seen': load, ':there': true }),
      },
    },
  },
  refusal,
});

/**
 * A ticket that waits without an owner has an item in its group's waiting list, under its place in the queue, for
 * exactly as long as it waits.
 */
const waitingWrites = ({ before, after }: Change, table: string): GuardedWrite[] => {
  const [from, to] = [waitingPlace(before), waitingPlace(after)];
  if (from?.PK === to?.PK && from?.SK === to?.SK) return [];
  return [
    ...(from === undefined ? [] : [{ write: { Delete: { TableName: table, Key: keyOf(from) } } }]),
    ...(to === undefined ? [] : [put(table, waitingItem(to, after.id, after.version))]),
  ];
};

const waitingPlace = (ticket: Ticket | undefined): Key | undefined =>
  ticket && waitsForAnOwner(ticket) ? waitingKey(ticket.group, workingOrder(ticket)) : undefined;

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
