import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import agents from '#desk/team.json' with { type: 'json' };
import { contactsIn } from '../../adapters/dynamo/contacts.ts';
import { customersIn } from '../../adapters/dynamo/customers.ts';
import { feedbacksIn } from '../../adapters/dynamo/feedbacks.ts';
import { optOutsIn } from '../../adapters/dynamo/opt-outs.ts';
import { outboxIn } from '../../adapters/dynamo/outbox.ts';
import { parkedMailsIn } from '../../adapters/dynamo/parked-mails.ts';
import { personalDataIn } from '../../adapters/dynamo/personal-data.ts';
import { personsIn } from '../../adapters/dynamo/persons.ts';
import { privacyRequestsIn } from '../../adapters/dynamo/privacy-requests.ts';
import { queuesIn } from '../../adapters/dynamo/queues.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { downloadsIn } from '../../adapters/s3/downloads.ts';
import type { Agent } from '../../domain/policy.ts';
import { houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { routeOf } from '../_shared/http/route.ts';
import { apiHandler } from '../_shared/middleware.ts';
import { type Who, whichAdminAsks } from '../_shared/who.ts';
import { env } from './env.ts';
import { type EraseDeps, erase, request, requests } from './erase.ts';
import { type ExportDeps, exportPerson } from './export.ts';

type Deps = EraseDeps & ExportDeps & { agents: readonly Agent[] };

type Route = (event: APIGatewayProxyEventV2, who: Who, deps: Deps) => Promise<APIGatewayProxyStructuredResultV2>;

const routes: Record<string, Route> = {
  'GET /desk/customers/{id}/export': exportPerson,
  'DELETE /desk/customers/{id}': erase,
  'GET /desk/privacy': requests,
  'GET /desk/privacy/{id}': request,
};

/** What a person may ask about their data: to have it, and to have it erased. For admins alone, and each request is kept. */
export const build = (deps: Deps) => async (event: APIGatewayProxyEventV2) => {
  const who = whichAdminAsks(event, deps.agents);
  return routeOf(routes, event)(event, who, deps);
};

export const handler = apiHandler(() => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    agents,
    tickets: ticketsIn(table),
    queues: queuesIn(table),
    customers: customersIn(table),
    persons: personsIn(table),
    contacts: contactsIn(table),
    optOuts: optOutsIn(table),
    feedbacks: feedbacksIn(table),
    outbox: outboxIn(table),
    parked: parkedMailsIn(table),
    data: personalDataIn(table),
    requests: privacyRequestsIn(table),
    downloads: downloadsIn(given.UPLOAD_BUCKET),
  });
});
