import { DynamoDBClient, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { keyOfTag } from '../../adapters/ses/post-office.ts';
import type { Answer, RunningDesk } from '../../local/client/running-desk.ts';
import { clientOf, linkIn, mailsTo, report, type Seen, seen } from './journey.ts';

/** Time for every retry of a workflow, a stream, a queue and a mail whose claim was left behind. */
const NAP = 'PT15M';

/** A caller that comes again when the desk says that it could not: with the same key, or the same version. */
export const insist = async (call: () => Promise<Answer>): Promise<Answer> => {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await call();
    if (answer.status < 500) return answer;
    if (attempt === 25) throw new Error(`It answered ${answer.status} for the 25th time: ${answer.text}`);
  }
};

const read = async (desk: RunningDesk, id: string): Promise<Seen> =>
  (await insist(() => desk.as('lina', 'lead', 'GET', `/desk/tickets/${id}`))).json;

/** An act on the version that is there now: coming again, it is done or it was done before. */
const do_ = async (desk: RunningDesk, name: string, id: string, body: Record<string, unknown>): Promise<void> => {
  const { version } = (await read(desk, id)).ticket;
  const answer = await insist(() =>
    desk.as('ada', 'agent', 'POST', `/desk/tickets/${id}/${name}`, { ...body, version }),
  );
  if (answer.status !== 200 && answer.status !== 409)
    throw new Error(`${name} answered ${answer.status}: ${answer.text}`);
};

/** A mail of this kind that was sent to somebody. */
const mailOf = async (desk: RunningDesk, email: string, kind: string) => {
  const mails = await mailsTo(desk, email);
  const found = mails.findLast(({ key }) => key !== undefined && keyOfTag(key).startsWith(kind));
  if (!found) throw new Error(`${email} has no mail ${kind}, but ${mails.map(({ key }) => key).join(', ')}.`);
  return found;
};

const rated = async (desk: RunningDesk, email: string, kind: string, form: Record<string, string>): Promise<void> => {
  const link = linkIn(await mailOf(desk, email, kind), 's');
  const answer = await insist(() => desk.request('POST', link, new URLSearchParams(form)));
  if (answer.status !== 200) throw new Error(`The survey answered ${answer.status}: ${answer.text}`);
};

export interface Lives {
  /** Rated badly, called for, put right and won back. */
  unhappy: string;
  /** Asked something, and never heard of again. */
  silent: string;
  /** Answered after the promise was broken; the survey is never answered. */
  late: string;
}

/** The next Monday at the hour at which the desk was started: calendars then say the same for every run. */
const nextMonday = (now: string): string => {
  const date = new Date(now);
  const days = (8 - date.getUTCDay()) % 7;
  const start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + days, 7);
  return new Date(start < date.getTime() ? start + 7 * 86_400_000 : start).toISOString();
};

/** Three tickets that together meet every task of the four workflows, whatever fails on the way. Begins on the next Monday. */
export const playLives = async (
  desk: RunningDesk,
  name: string,
  faults: Array<Record<string, unknown>> = [],
): Promise<Lives> => {
  const email = (who: string): string => `${who}.${name}@shop.example`;
  const nap = () => desk.move({ advance: NAP });
  const open = async (who: string): Promise<string> =>
    (await insist(() => report(desk, email(who), {}, `${name}-${who}`))).json.ticket.id;

  await desk.move({ to: nextMonday(await desk.now()) });
  await desk.control('POST', 'faults', faults);
  const [unhappy, silent] = [await open('unhappy'), await open('silent')];
  const { mailAddress } = await desk.control('GET', 'desk');
  await desk.write({ from: email('late'), to: mailAddress, subject: 'Parcel late', text: 'Where is it?' });
  await nap();
  const list = await insist(() =>
    desk.as('lina', 'lead', 'GET', `/desk/tickets?customer=${encodeURIComponent(email('late'))}`),
  );
  const late: string = list.json.tickets[0].id;
  await do_(desk, 'replies', unhappy, { body: 'Pay again.', then: 'resolved' });
  await do_(desk, 'replies', silent, { body: 'Which browser?', then: 'pending' });
  await desk.move({ advance: 'PT1H' });
  await nap();
  await rated(desk, email('unhappy'), 'survey#', { satisfaction: '1' });
  await desk.move({ advance: 'PT25H' });
  await nap();
  await do_(desk, 'replies', unhappy, { body: 'You are right, here is your money.', then: 'resolved' });
  await do_(desk, 'replies', late, { body: 'It comes today.', then: 'resolved' });
  await desk.move({ advance: 'P1D' });
  await nap();
  await rated(desk, email('unhappy'), `survey#${unhappy}#2#follow-up`, { better: '4' });
  await desk.move({ advance: 'P7D' });
  await desk.control('DELETE', 'faults');
  await nap();
  return { unhappy, silent, late };
};

/** What each life came to, in a form that is the same for every run: states, what happened how often, what was sent. */
export const outcomeOf = async (desk: RunningDesk, lives: Lives) => {
  const mails = await desk.mails();
  const one = async (id: string) => {
    const view = await seen(desk, id);
    const { status, tier, cycle, satisfaction, remediation, clock } = view.ticket;
    return {
      status,
      tier,
      cycle,
      score: satisfaction?.score,
      remediation,
      promises: Object.values<{ state: string }>(clock).map(({ state }) => state),
      events: view.events.map(({ type }) => type).sort(),
      messages: view.messages.map(({ direction, text }) => `${direction} ${text}`).sort(),
      mails: mails
        .map(({ key }) => keyOfTag(key ?? ''))
        .filter((key) => key.includes(id))
        // Who is told depends on who has the least to do: only that somebody is told is the same each time.
        .map((key) =>
          key
            .replace(id, 'T')
            .replace(/#\d{4}-[^#]*Z/, '')
            .replace(/#[0-9A-Z]{26}$/, '')
            .replace(/#[a-z]+$/, ''),
        )
        .sort(),
    };
  };
  return { unhappy: await one(lives.unhappy), silent: await one(lives.silent), late: await one(lives.late) };
};

/** Keys of all mails that the table says are owed or sent, by their status. Asked from outside: the desk itself never scans. */
const mailsInTable = async (desk: RunningDesk): Promise<Map<string, string>> => {
  const table = new DynamoDBClient(clientOf(desk));
  const { Items = [] } = await table.send(
    new ScanCommand({
      TableName: await tableName(desk),
      FilterExpression: 'SK = :sk',
      ExpressionAttributeValues: { ':sk': { S: 'MAIL' } },
    }),
  );
  return new Map(Items.map(({ PK, status }) => [PK?.S?.slice('MAIL#'.length) ?? '', status?.S ?? '']));
};

const tableName = async (desk: RunningDesk): Promise<string> => {
  const { TableNames = [] } = await new DynamoDBClient(clientOf(desk)).send(new ListTablesCommand({}));
  const [name] = TableNames;
  if (name === undefined) throw new Error('The desk has no table.');
  return name;
};

/** Owed mail that was not sent exactly once, and sent mail that was never owed. Empty when owed = sent. */
export const mailsAmiss = async (desk: RunningDesk): Promise<string[]> => {
  const owed = await mailsInTable(desk);
  const sent = (await desk.mails()).map(({ key }) => keyOfTag(key ?? '(no key)'));
  return [
    ...sent.filter((key, index) => sent.indexOf(key) !== index).map((key) => `${key} was sent twice`),
    ...sent.filter((key) => !owed.has(key)).map((key) => `${key} was never owed`),
    ...[...owed].filter(([key]) => !sent.includes(key)).map(([key, status]) => `${key} is ${status} and was not sent`),
    ...[...owed].filter(([, status]) => status !== 'sent').map(([key, status]) => `${key} was left ${status}`),
  ];
};

/** Queues that hold anything: messages not yet delivered, and those that were given up on. */
export const queuesWithMessages = async (desk: RunningDesk): Promise<string[]> => {
  const sqs = new SQSClient(clientOf(desk));
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const counted = await Promise.all(
    QueueUrls.map(async (QueueUrl) => {
      const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
      const {
        ApproximateNumberOfMessages: there,
        ApproximateNumberOfMessagesNotVisible: taken,
        ApproximateNumberOfMessagesDelayed: late,
      } = Attributes;
      return { QueueUrl, messages: Number(there) + Number(taken) + Number(late) };
    }),
  );
  if (counted.length === 0) throw new Error('The desk has no queues.');
  return counted
    .filter(({ messages }) => messages > 0)
    .map(({ QueueUrl, messages }) => `${messages} in ${QueueUrl.split('/').at(-1)}`);
};
