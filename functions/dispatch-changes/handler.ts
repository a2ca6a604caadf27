import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import agents from '#desk/team.json' with { type: 'json' };
import { contactsIn } from '../../adapters/dynamo/contacts.ts';
import { clockFactsIn } from '../../adapters/dynamo/facts.ts';
import { factOf } from '../../adapters/dynamo/stream-facts.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn, tracesIn } from '../../adapters/dynamo/tickets.ts';
import { waitingIn } from '../../adapters/dynamo/waiting.ts';
import { busNamed } from '../../adapters/events/bus.ts';
import { erasureQueueAt } from '../../adapters/sqs/erasures.ts';
import { mailQueuesAt } from '../../adapters/sqs/mail-queues.ts';
import { machinesOn } from '../../adapters/stepfunctions/machines.ts';
import { reactionsTo } from '../../domain/ticket/reactions.ts';
import { houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { eventHandler } from '../_shared/middleware.ts';
import { count, failure, logger } from '../_shared/telemetry.ts';
import { carryOut, type Deps } from './carry-out.ts';
import { env } from './env.ts';

/**
 * What follows from what was written. Records of one item stay in order, those of different items go side by side. A
 * record that fails is named, and the stream brings it and all after it again: every command may be carried out twice.
 */
export const build =
  (deps: Deps) =>
  async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const failed = await Promise.all(byItem(Records).map((records) => oneByOne(records, deps)));
    return { batchItemFailures: failed.flat().map((itemIdentifier) => ({ itemIdentifier })) };
  };

const byItem = (records: readonly DynamoDBRecord[]): DynamoDBRecord[][] => [
  ...Map.groupBy(records, ({ dynamodb }) => `${dynamodb?.Keys?.PK?.S} ${dynamodb?.Keys?.SK?.S}`).values(),
];

/** Answers the sequence number of the first record that fails: the stream brings it and those after it again. */
const oneByOne = async (records: readonly DynamoDBRecord[], deps: Deps): Promise<string[]> => {
  for (const record of records) {
    try {
      const fact = await factOf(record, deps.tickets);
      for (const command of fact ? reactionsTo(fact, deps.policy) : []) await carryOut(command, deps);
    } catch (error) {
      logger.error('A change could not be dispatched.', { ...failure(error), item: record.dynamodb?.Keys?.SK?.S });
      return [record.dynamodb?.SequenceNumber ?? ''];
    }
  }
  return [];
};

export const handler = eventHandler(() => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    tickets: ticketsIn(table),
    traces: tracesIn(table),
    clockFacts: clockFactsIn(table),
    count,
    machines: machinesOn(),
    queues: mailQueuesAt({
      prompt: given.PROMPT_QUEUE_URL,
      patient: given.PATIENT_QUEUE_URL,
      text: given.TEXT_QUEUE_URL,
    }),
    erasures: erasureQueueAt(given.ERASURE_QUEUE_URL),
    bus: busNamed(given.EVENT_BUS_NAME),
    waiting: waitingIn(table),
    contacts: contactsIn(table),
    agents,
    arns: {
      intake: given.INTAKE_ARN,
      escalation: given.ESCALATION_ARN,
      survey: given.SURVEY_ARN,
      remediation: given.REMEDIATION_ARN,
    },
  });
});
