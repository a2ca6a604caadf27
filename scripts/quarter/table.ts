import { DynamoDBClient, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../adapters/dynamo/item.ts';
import { readEvent } from '../../adapters/dynamo/items/event.ts';
import { readMail } from '../../adapters/dynamo/items/mail.ts';
import { readSurvey } from '../../adapters/dynamo/items/survey.ts';
import { readTicket } from '../../adapters/dynamo/items/ticket.ts';
import { kindOf } from '../../adapters/dynamo/keys.ts';
import type { OwedMail } from '../../domain/mail/owed.ts';
import type { Ledger } from '../../domain/ports.ts';
import type { Survey } from '../../domain/survey/survey.ts';
import type { TicketEvent } from '../../domain/ticket/event.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import type { RunningDesk } from '../../local/client/running-desk.ts';

export interface Stored {
  ledgers: Ledger[];
  /** By key. */
  mails: Map<string, OwedMail>;
  surveys: Survey[];
}

/** Everything the table holds of tickets and mail, read from outside: the desk itself never scans. */
export const storedOn = async (desk: RunningDesk): Promise<Stored> => {
  const client = new DynamoDBClient({
    endpoint: desk.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAOUTSIDE', secretAccessKey: 'secret' },
  });
  const { TableNames: [TableName] = [] } = await client.send(new ListTablesCommand({}));
  const tickets: Ticket[] = [];
  const events: TicketEvent[] = [];
  const mails = new Map<string, OwedMail>();
  const surveys: Survey[] = [];
  let from: Item | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName, ...(from && { ExclusiveStartKey: from }) }));
    for (const item of page.Items ?? []) {
      const kind = kindOf({ PK: item.PK?.S ?? '', SK: item.SK?.S ?? '' });
      if (kind === 'ticket') tickets.push(readTicket(item));
      if (kind === 'event') events.push(readEvent(item));
      if (kind === 'survey') surveys.push(readSurvey(item));
      const mail = kind === 'mail' ? readMail(item) : undefined;
      if (mail) mails.set(mail.key, mail);
    }
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  const byTicket = Map.groupBy(events, ({ ticketId }) => ticketId);
  return { ledgers: tickets.map((ticket) => ({ ticket, events: byTicket.get(ticket.id) ?? [] })), mails, surveys };
};
