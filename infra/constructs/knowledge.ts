import { Construct } from 'constructs';
import type { DeskTable } from './desk-table.ts';
import { HandlerFunction } from './handler-function.ts';
import type { Links } from './links.ts';
import type { PublicApi } from './public-api.ts';

export interface KnowledgeBaseProps {
  api: PublicApi;
  table: DeskTable;
  links: Links;
}

/** The articles: read by anybody, found by search, and able to close the request they solved. */
export class KnowledgeBase extends Construct {
  constructor(scope: Construct, id: string, { api, table, links }: KnowledgeBaseProps) {
    super(scope, id);
    const TABLE_NAME = table.tableName;

    const show = new HandlerFunction(this, 'ShowKnowledge', {
      environment: { TABLE_NAME, ...links.toRead },
      answersPeople: true,
      impact: 'customers find no article and write to the desk instead',
    });
    table.grantRead(show);
    // Counters of readers and of searches in vain; everything else is only read.
    table.grantActions(show, ['UpdateItem']);
    api.open(
      show,
      ['GET /kb', 'GET /kb/suggest', 'GET /kb/{slug}', 'GET /kb/{slug}/for/{token}'],
      'Articles are for everybody; a link to a request of one customer is signed and checked by the function.',
    );

    const rate = new HandlerFunction(this, 'RateArticle', {
      environment: { TABLE_NAME },
      answersPeople: true,
      impact: 'the authors do not hear which articles help',
    });
    table.grantActions(rate, ['UpdateItem']);
    api.open(rate, ['POST /kb/{slug}/helpful'], 'Anybody may say whether an article helped; it moves one counter.');

    const deflect = new HandlerFunction(this, 'DeflectTicket', {
      environment: { TABLE_NAME, ...links.toMake },
      answersPeople: true,
      impact: 'a customer whose request an article solved cannot say so, and an agent works on it for nothing',
    });
    table.grantReadWrite(deflect);
    api.open(
      deflect,
      ['POST /kb/{slug}/for/{token}'],
      'The path carries a signed link of one purpose and one recipient, which the function checks.',
    );

    links.grantKey(show, deflect);
  }
}
