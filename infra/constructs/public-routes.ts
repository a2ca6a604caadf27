import { Construct } from 'constructs';
import type { DeskTable } from './desk-table.ts';
import type { Files } from './files.ts';
import { HandlerFunction } from './handler-function.ts';
import type { Links } from './links.ts';
import type { PublicApi } from './public-api.ts';

export interface PublicRoutesProps {
  api: PublicApi;
  table: DeskTable;
  links: Links;
  files: Files;
}

const signedLink = 'The path carries a signed link of one purpose and one recipient, which the function checks.';

/** What customers call without an account, and colleagues from a mail. */
export class PublicRoutes extends Construct {
  constructor(scope: Construct, id: string, { api, table, links, files }: PublicRoutesProps) {
    super(scope, id);
    const TABLE_NAME = table.tableName;

    const receive = new HandlerFunction(this, 'ReceiveTicket', {
      environment: { TABLE_NAME, ...links.toMake },
      answersPeople: true,
      impact: 'a customer who asked for help through the web gets no ticket',
    });
    table.grantReadWrite(receive);
    api.open(receive, ['POST /tickets'], 'Anybody may ask the desk for help; requests are throttled and checked.');

    const showAsset = new HandlerFunction(this, 'ShowAsset', {
      environment: {},
      answersPeople: true,
      impact: 'customers see pages without the logo, and boxes in place of Persian letters where their system has none',
    });
    api.open(showAsset, ['GET /assets/{name}'], 'Fonts and the logo are the same for everybody.');

    const showTicket = new HandlerFunction(this, 'ShowTicket', {
      environment: { TABLE_NAME, ...links.toRead, ...files.toOffer },
      answersPeople: true,
      impact: 'a customer cannot see where the ticket stands',
    });
    table.grantRead(showTicket);
    table.grantNote(showTicket, 'CLICKS#');
    api.open(showTicket, ['GET /t/{token}', 'HEAD /t/{token}'], signedLink);

    const showSurvey = new HandlerFunction(this, 'ShowSurvey', {
      environment: { TABLE_NAME, ...links.toRead },
      answersPeople: true,
      impact: 'a customer who was asked for a rating sees no survey',
    });
    table.grantRead(showSurvey);
    table.grantNote(showSurvey, 'CLICKS#');
    api.open(showSurvey, ['GET /s/{token}', 'HEAD /s/{token}'], signedLink);

    const answerSurvey = new HandlerFunction(this, 'AnswerSurvey', {
      environment: { TABLE_NAME, ...links.toRead },
      answersPeople: true,
      impact: 'a rating that a customer gave is lost, and an unhappy one is not put right',
    });
    table.grantReadWrite(answerSurvey);
    api.open(answerSurvey, ['POST /s/{token}'], signedLink);

    const showUnsubscribe = new HandlerFunction(this, 'ShowUnsubscribe', {
      environment: { TABLE_NAME, ...links.toRead },
      answersPeople: true,
      impact: 'a customer who wants no more surveys sees no way to say so',
    });
    table.grantRead(showUnsubscribe);
    api.open(showUnsubscribe, ['GET /u/{token}'], signedLink);

    const unsubscribe = new HandlerFunction(this, 'Unsubscribe', {
      environment: { TABLE_NAME, ...links.toRead },
      answersPeople: true,
      impact: 'a customer who wants no more surveys still gets them, and mail programs trust the desk less',
    });
    table.grantReadWrite(unsubscribe);
    api.open(unsubscribe, ['POST /u/{token}'], signedLink);

    const showNotice = new HandlerFunction(this, 'ShowNotice', {
      environment: { TABLE_NAME, ...links.toRead },
      answersPeople: true,
      impact: 'an agent who was told of a late ticket cannot see the page to acknowledge it',
    });
    table.grantRead(showNotice);
    api.open(showNotice, ['GET /a/{token}'], signedLink);

    const acknowledgeNotice = new HandlerFunction(this, 'AcknowledgeNotice', {
      environment: { TABLE_NAME, ...links.toRead },
      answersPeople: true,
      impact: 'an escalation that somebody has seen keeps waking others',
    });
    table.grantReadWrite(acknowledgeNotice);
    api.open(acknowledgeNotice, ['POST /a/{token}'], signedLink);

    links.grantKey(showNotice, acknowledgeNotice);
    const showContract = new HandlerFunction(this, 'ShowContract', {
      environment: {},
      answersPeople: true,
      impact:
        'whoever writes a program for the desk cannot read what it understands, nor whoever mistypes an address where to go',
    });
    api.open(showContract, ['GET /openapi.json'], 'What the desk understands is no secret, and tells of nobody.');
    api.otherwise(showContract, { rateLimit: 50, burstLimit: 100 }, 'It says that there is nothing, and does no more.');

    links.grantKey(receive, showTicket, showSurvey, answerSurvey, showUnsubscribe, unsubscribe);
  }
}
