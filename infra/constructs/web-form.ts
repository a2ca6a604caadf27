import type { IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { type EventBus, Match, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { DeskTable } from './desk-table.ts';
import { FailureQueue } from './failure-queue.ts';
import type { Files } from './files.ts';
import { HandlerFunction } from './handler-function.ts';
import type { Links } from './links.ts';
import type { PublicApi } from './public-api.ts';

export interface WebFormProps {
  api: PublicApi;
  /** Who may see the files of any ticket. */
  teamOnly: IHttpRouteAuthorizer;
  table: DeskTable;
  links: Links;
  files: Files;
  /** The bus on which the desk tells what happened. */
  integrations: EventBus;
}

const anybody = 'Anybody may ask the desk for help; requests are throttled and checked.';
const signedLink = 'The path carries a signed link to one ticket for one customer, which the function checks.';

/** The contact form, and the files that come by it, by the API and by the page of a ticket. */
export class WebForm extends Construct {
  constructor(scope: Construct, id: string, props: WebFormProps) {
    super(scope, id);
    this.form(props);
    this.uploads(props);
    this.attachments(props);
    this.keeping(props);
  }

  private form({ api, table, links, files }: WebFormProps): void {
    const TABLE_NAME = table.tableName;
    const show = new HandlerFunction(this, 'ShowHelp', {
      environment: { TABLE_NAME, ...links.toRead, ...files.toOffer },
      answersPeople: true,
      impact: 'a customer who wants to write to the desk finds no form',
    });
    table.grantRead(show);
    api.open(show, ['GET /help', 'POST /help/draft', 'GET /help/thanks/{token}', 'GET /forms.js'], anybody);

    const receive = new HandlerFunction(this, 'ReceiveForm', {
      environment: { TABLE_NAME, ...links.toMake, ...files.toOffer },
      answersPeople: true,
      impact: 'a customer who filled in the form gets no ticket',
    });
    table.grantReadWrite(receive);
    api.open(receive, ['POST /help'], anybody);
    links.grantKey(show, receive);
  }

  private uploads({ api, table, links, files }: WebFormProps): void {
    const { PUBLIC_URL } = links.toMake;
    const offer = new HandlerFunction(this, 'OfferUpload', {
      environment: { TABLE_NAME: table.tableName, PUBLIC_URL, ...links.toRead, ...files.toStore, ...files.toOffer },
      answersPeople: true,
      impact: 'a customer cannot send the screenshot that would show the problem',
    });
    table.grantReadWrite(offer);
    files.grantOffering(offer);
    files.grantLooking(offer);
    const offered = ['POST /uploads', 'GET /uploads/box/{box}', 'POST /uploads/box/{box}'] as const;
    api.open(offer, offered, 'Whoever writes to the desk may attach files; each has a limit, and unused ones expire.');
    api.throttle('POST /uploads', { rateLimit: 20, burstLimit: 60 });

    const receive = new HandlerFunction(this, 'ReceiveUpload', {
      environment: { ...links.toRead, ...files.toStore },
      answersPeople: true,
      impact: 'a file that a customer has sent cannot be attached to the message',
    });
    files.grantLooking(receive);
    api.open(
      receive,
      ['POST /uploads/{id}/done'],
      'The path carries an id of 128 random bits, which only the uploader has.',
    );
    links.grantKey(offer, receive);
  }

  private attachments({ api, teamOnly, table, links, files }: WebFormProps): void {
    const show = new HandlerFunction(this, 'ShowAttachment', {
      environment: { TABLE_NAME: table.tableName, ...links.toRead, ...files.toStore },
      answersPeople: true,
      impact: 'neither customers nor agents can open the files of a ticket',
    });
    table.grantRead(show);
    links.grantKey(show);
    files.grantHandingOut(show);
    api.open(show, ['GET /t/{token}/attachments/{message}/{index}'], signedLink);
    files.grantMailAsItCame(show);
    api.guarded(
      show,
      [
        'GET /desk/tickets/{id}/attachments/{message}/{index}',
        'GET /desk/tickets/{id}/messages/{message}/raw',
        'GET /desk/tickets/{id}/messages/{message}/whole',
      ],
      teamOnly,
    );
  }

  private keeping({ table, files, integrations }: WebFormProps): void {
    const impact = 'the files of a message are deleted two days after they came';
    const undelivered = new FailureQueue(this, 'UnkeptUploads', { impact, runbook: 'keep-uploads' });
    const keep = new HandlerFunction(this, 'KeepUploads', {
      environment: { TABLE_NAME: table.tableName, ...files.toStore },
      undelivered,
      errorsTolerated: 2,
      impact,
    });
    table.grantRead(keep);
    files.grantKeeping(keep);
    new Rule(this, 'MessagesWithUploads', {
      description: 'Messages whose files came by the web and are now to be kept',
      eventBus: integrations,
      eventPattern: {
        source: ['careline'],
        detailType: ['careline.opened', 'careline.customer-replied'],
        detail: { uploads: Match.exists() },
      },
      targets: [new LambdaTarget(keep, { deadLetterQueue: undelivered })],
    });
  }
}
