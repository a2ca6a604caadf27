import { Duration } from 'aws-cdk-lib';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { Construct } from 'constructs';
import type { DeskTable } from './desk-table.ts';
import { HandlerFunction, MUCH_MEMORY } from './handler-function.ts';
import type { Links } from './links.ts';
import type { PublicApi, Route } from './public-api.ts';
import type { TeamDirectory } from './team-directory.ts';

export interface DeskRoutesProps {
  api: PublicApi;
  table: DeskTable;
  links: Links;
  team: TeamDirectory;
}

/** What an agent may do to a ticket: `POST /desk/tickets/{id}/<act>`. */
const acts = [
  'replies',
  'notes',
  'resolve',
  'reopen',
  'transfer',
  'assign',
  'prioritise',
  'categorise',
  'label',
  'hold',
  'resume',
  'not-thanks',
  'acknowledge',
  'quarantine',
  'merge',
  'unmerge',
  'split',
  'move',
  'link',
  'unlink',
] as const;

const deskRoutes: readonly Route[] = [
  'GET /desk/queue',
  'GET /desk/tickets',
  'GET /desk/tickets/{id}',
  'GET /desk/tickets/{id}/beside',
  'GET /desk/tickets/{id}/explain',
  'GET /desk/tickets/{id}/export',
  'GET /desk/tickets/{id}/templates/{name}',
  ...acts.map((act): Route => `POST /desk/tickets/{id}/${act}`),
  'GET /desk/customers/{id}',
  'POST /desk/customers/{id}/unlink',
  'GET /desk/feedback',
  'GET /desk/feedback.csv',
  'POST /desk/feedback/{id}/ticket',
  'GET /desk/knowledge',
  'GET /desk/parked',
  'GET /desk/reports/agents',
  'GET /desk/reports/agents.csv',
  'GET /desk/reports/recovery',
  'GET /desk/reports/recovery.csv',
  'GET /desk/reports/surveys',
  'GET /desk/reports/surveys.csv',
  'GET /desk/reports/sla',
  'GET /desk/reports/sla.csv',
  'GET /desk/team',
  'POST /desk/team/{id}/away',
  'POST /desk/team/{id}/back',
];

/** What the team calls, signed in; one function, as an agent's next request nearly always follows the last. */
export class DeskRoutes extends Construct {
  /** Lets nobody in but the team. */
  readonly teamOnly: HttpUserPoolAuthorizer;

  constructor(scope: Construct, id: string, { api, table, links, team }: DeskRoutesProps) {
    super(scope, id);
    const desk = new HandlerFunction(this, 'DeskApi', {
      environment: { TABLE_NAME: table.tableName, ...links.toMake },
      // A report on a quarter reads everything that was counted in it.
      memory: MUCH_MEMORY,
      timeout: Duration.seconds(28),
      answersPeople: true,
      impact: 'agents can neither see their queue nor answer a customer',
    });
    table.grantReadWrite(desk);
    links.grantKey(desk);
    this.teamOnly = new HttpUserPoolAuthorizer('TeamOnly', team.userPool, { userPoolClients: [team.client] });
    api.guarded(desk, deskRoutes, this.teamOnly);
  }
}
