import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import categories from '#desk/categories.json' with { type: 'json' };
import checklists from '#desk/checklists.json' with { type: 'json' };
import catalogue from '#desk/knowledge/catalogue.json' with { type: 'json' };
import agents from '#desk/team.json' with { type: 'json' };
import templates from '#desk/templates.json' with { type: 'json' };
import time from '#desk/words/time.json' with { type: 'json' };
import { articleUsageIn } from '../../adapters/dynamo/article-usage.ts';
import { clicksIn } from '../../adapters/dynamo/clicks.ts';
import { customersIn } from '../../adapters/dynamo/customers.ts';
import { eventFactsIn } from '../../adapters/dynamo/event-facts.ts';
import { clockFactsIn } from '../../adapters/dynamo/facts.ts';
import { feedbacksIn } from '../../adapters/dynamo/feedbacks.ts';
import { npsAsksIn } from '../../adapters/dynamo/nps-asks.ts';
import { parkedMailsIn } from '../../adapters/dynamo/parked-mails.ts';
import { personsIn } from '../../adapters/dynamo/persons.ts';
import { queuesIn } from '../../adapters/dynamo/queues.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { teamIn } from '../../adapters/dynamo/team.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { domainOf } from '../../domain/contact/desk-address.ts';
import { houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { routeOf } from '../_shared/http/route.ts';
import { searchKnowledge } from '../_shared/knowledge/knowledge.ts';
import { linksIn } from '../_shared/links/links.ts';
import { apiHandler } from '../_shared/middleware.ts';
import { count } from '../_shared/telemetry.ts';
import { type Who, whoAsks } from '../_shared/who.ts';
import { deskWords } from '../_shared/words/words.ts';
import { actOnTicket } from './act-on-ticket.ts';
import { acts } from './acts.ts';
import { beside, template } from './beside.ts';
import { customer, unlink } from './customers.ts';
import type { Deps } from './deps.ts';
import { env } from './env.ts';
import { explainTicket, exportTicket } from './explain.ts';
import { feedback, feedbackSheet, ticketOfFeedback } from './feedback.ts';
import { joiningActs } from './joining-acts.ts';
import { knowledgeFigures } from './knowledge.ts';
import { parkedMails } from './parked.ts';
import { agents as agentsReport, recovery, surveys } from './rating-reports.ts';
import { list, presence, queue, team, ticket } from './reads.ts';
import { slaFigures, slaSheet } from './reports.ts';

type Route = (event: APIGatewayProxyEventV2, who: Who, deps: Deps) => Promise<APIGatewayProxyStructuredResultV2>;

/** By the route key of the HTTP API, which has one route for each of these: it does the matching and the 404. */
const routes: Record<string, Route> = {
  'GET /desk/queue': queue,
  'GET /desk/tickets': list,
  'GET /desk/tickets/{id}': ticket,
  'GET /desk/tickets/{id}/beside': beside,
  'GET /desk/tickets/{id}/explain': explainTicket,
  'GET /desk/tickets/{id}/export': exportTicket,
  'GET /desk/tickets/{id}/templates/{name}': template,
  'POST /desk/tickets/{id}/replies': actOnTicket(acts.replies),
  'POST /desk/tickets/{id}/notes': actOnTicket(acts.notes),
  'POST /desk/tickets/{id}/resolve': actOnTicket(acts.resolve),
  'POST /desk/tickets/{id}/reopen': actOnTicket(acts.reopen),
  'POST /desk/tickets/{id}/transfer': actOnTicket(acts.transfer),
  'POST /desk/tickets/{id}/assign': actOnTicket(acts.assign),
  'POST /desk/tickets/{id}/prioritise': actOnTicket(acts.prioritise),
  'POST /desk/tickets/{id}/categorise': actOnTicket(acts.categorise),
  'POST /desk/tickets/{id}/label': actOnTicket(acts.label),
  'POST /desk/tickets/{id}/hold': actOnTicket(acts.hold),
  'POST /desk/tickets/{id}/resume': actOnTicket(acts.resume),
  'POST /desk/tickets/{id}/not-thanks': actOnTicket(acts['not-thanks']),
  'POST /desk/tickets/{id}/acknowledge': actOnTicket(acts.acknowledge),
  'POST /desk/tickets/{id}/merge': actOnTicket(joiningActs.merge),
  'POST /desk/tickets/{id}/unmerge': actOnTicket(joiningActs.unmerge),
  'POST /desk/tickets/{id}/split': actOnTicket(joiningActs.split),
  'POST /desk/tickets/{id}/move': actOnTicket(joiningActs.move),
  'POST /desk/tickets/{id}/link': actOnTicket(joiningActs.link),
  'POST /desk/tickets/{id}/unlink': actOnTicket(joiningActs.unlink),
  'GET /desk/customers/{id}': customer,
  'POST /desk/customers/{id}/unlink': unlink,
  'GET /desk/feedback': feedback,
  'GET /desk/feedback.csv': feedbackSheet,
  'POST /desk/feedback/{id}/ticket': ticketOfFeedback,
  'GET /desk/knowledge': knowledgeFigures,
  'POST /desk/tickets/{id}/quarantine': actOnTicket(acts.quarantine),
  'GET /desk/parked': parkedMails,
  'GET /desk/reports/agents': agentsReport.figures,
  'GET /desk/reports/agents.csv': agentsReport.sheet,
  'GET /desk/reports/recovery': recovery.figures,
  'GET /desk/reports/recovery.csv': recovery.sheet,
  'GET /desk/reports/surveys': surveys.figures,
  'GET /desk/reports/surveys.csv': surveys.sheet,
  'GET /desk/reports/sla': slaFigures,
  'GET /desk/reports/sla.csv': slaSheet,
  'GET /desk/team': team,
  'POST /desk/team/{id}/away': presence(false),
  'POST /desk/team/{id}/back': presence(true),
};

/** What agents, leads and admins see and do. */
export const build = (deps: Deps) => async (event: APIGatewayProxyEventV2) => {
  const who = whoAsks(event, deps.agents);
  return routeOf(routes, event)(event, who, deps);
};

export const handler = apiHandler(() => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    tickets: ticketsIn(table),
    queues: queuesIn(table),
    customers: customersIn(table),
    parked: parkedMailsIn(table),
    persons: personsIn(table),
    team: teamIn(table, agents),
    agents,
    categories,
    links: linksIn(given),
    deskDomain: domainOf(given.DESK_ADDRESS),
    count,
    usage: articleUsageIn(table),
    clockFacts: clockFactsIn(table),
    eventFacts: eventFactsIn(table),
    feedbacks: feedbacksIn(table),
    npsAsks: npsAsksIn(table),
    clicks: clicksIn(table),
    catalogue,
    searchKnowledge,
    checklists,
    templates,
    words: deskWords(time),
  });
});
