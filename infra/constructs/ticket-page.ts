import { Construct } from 'constructs';
import type { DeskTable } from './desk-table.ts';
import type { Files } from './files.ts';
import { HandlerFunction } from './handler-function.ts';
import type { Links } from './links.ts';
import type { PublicApi } from './public-api.ts';

export interface TicketPageProps {
  api: PublicApi;
  table: DeskTable;
  links: Links;
  files: Files;
}

const signedLink = 'The path carries a signed link to one ticket for one customer, which the function checks.';

/** What a customer can do on the page of their ticket, beside looking at it. */
export class TicketPage extends Construct {
  constructor(scope: Construct, id: string, { api, table, links, files }: TicketPageProps) {
    super(scope, id);
    const TABLE_NAME = table.tableName;

    const receiveAnswer = new HandlerFunction(this, 'ReceiveAnswer', {
      environment: { TABLE_NAME, ...links.toMake, ...files.toOffer },
      answersPeople: true,
      impact: 'what a customer writes on the page of the ticket does not reach the desk',
    });
    api.open(receiveAnswer, ['POST /t/{token}/messages'], signedLink);

    const reopenTicket = new HandlerFunction(this, 'ReopenTicket', {
      environment: { TABLE_NAME, ...links.toMake, ...files.toOffer },
      answersPeople: true,
      impact: 'a customer whose problem is not solved cannot open the ticket again from its page',
    });
    api.open(reopenTicket, ['POST /t/{token}/reopen'], signedLink);

    const rateReply = new HandlerFunction(this, 'RateReply', {
      environment: { TABLE_NAME, ...links.toRead, ...files.toOffer },
      answersPeople: true,
      impact: 'the rating that a customer gave a reply is lost',
    });
    api.open(rateReply, ['POST /t/{token}/ratings'], signedLink);

    const chooseContact = new HandlerFunction(this, 'ChooseContact', {
      environment: { TABLE_NAME, ...links.toRead, ...files.toOffer },
      answersPeople: true,
      impact: 'a customer cannot say that they would rather have text messages than mail',
    });
    api.open(chooseContact, ['POST /t/{token}/contact'], signedLink);

    for (const each of [receiveAnswer, reopenTicket, rateReply, chooseContact]) table.grantReadWrite(each);
    links.grantKey(receiveAnswer, reopenTicket, rateReply, chooseContact);
  }
}
