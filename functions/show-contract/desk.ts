import { historyQuery } from '../_shared/tickets/customer-history.ts';
import { acts } from '../desk-api/acts.ts';
import { rendering } from '../desk-api/beside.ts';
import { unlinkBody } from '../desk-api/customers.ts';
import { feedbackQuery, feedbackSheetQuery } from '../desk-api/feedback.ts';
import { joiningActs } from '../desk-api/joining-acts.ts';
import { parkedQuery } from '../desk-api/parked.ts';
import { agentsQuery, recoveryQuery, surveysQuery } from '../desk-api/rating-reports.ts';
import { listQuery, queueQuery } from '../desk-api/reads.ts';
import { slaQuery } from '../desk-api/reports.ts';
import { openBody } from '../open-parked/shape.ts';
import { privacyQuery } from '../take-privacy-request/erase.ts';
import { exportQuery } from '../take-privacy-request/export.ts';
import { type Answered, CSV, type Described, type Routes, type Schema } from './described.ts';
import { ticketExport, ticketSeen } from './shapes/conversation.ts';
import {
  beside,
  feedbackList,
  knowledge,
  madeOfFeedback,
  parkedList,
  presence,
  team,
  template,
} from './shapes/desk.ts';
import { explained } from './shapes/explained.ts';
import { erasureBegun, personExport, personSeen, privacyRequest, privacyRequests } from './shapes/persons.ts';
import { agentsReport, recoveryReport, slaReport, surveysReport } from './shapes/report.ts';
import { actAnswer, ticketAnswer, ticketList } from './shapes/ticket.ts';

const asked = (
  summary: string,
  answers: Record<number, Answered>,
  also: Pick<Described, 'query' | 'body' | 'refuses'> = {},
): Described => ({ tag: 'Desk', summary, caller: 'team', answers, ...also });

const read = (summary: string, is: string, json: Schema, also?: Parameters<typeof asked>[2]): Described =>
  asked(summary, { 200: { is, json } }, also);

const sheet = (summary: string, is: string, query: Schema): Described =>
  asked(summary, { 200: { is, as: CSV } }, { query });

const file = (summary: string): Described =>
  asked(summary, { 302: { is: 'To where it is saved from, for five minutes.' } }, { refuses: [404] });

/** What each act does, and a body that it takes. */
const said: { [act in keyof typeof acts | keyof typeof joiningActs]: [does: string, example: object] } = {
  replies: ['Answer the customer', { body: 'Please try again now.', then: 'pending' }],
  notes: ['Note something for the team', { body: 'Waits for the bank.' }],
  resolve: ['Resolve the ticket', { cause: 'A timeout at the bank.', solution: 'Raised the limit.' }],
  reopen: ['Open a resolved ticket again', {}],
  transfer: ['Hand it to another group', { to: 'advanced' }],
  assign: ['Give it to an agent', { to: 'ada' }],
  prioritise: ['Set its priority', { priority: 'P2', reason: 'A whole team cannot work.' }],
  categorise: ['Set its category', { category: 'payment' }],
  label: ['Say how the customer feels', { sentiment: 'negative' }],
  hold: ['Pause it', { waitingFor: 'third-party', reason: 'The bank answers tomorrow.' }],
  resume: ['Go on with it', {}],
  'not-thanks': ['Say that a message was more than thanks', { message: '01KAM5C3T9X7N2R4V6W8Y0Z1AB' }],
  quarantine: ['Accept or decline a doubtful mail', { message: '01KAM5C3T9X7N2R4V6W8Y0Z1AB', accept: true }],
  acknowledge: ['Acknowledge its escalation', {}],
  merge: ['Make it a part of another ticket', { into: 'T-7K2M9Q' }],
  unmerge: ['Take it out of the other ticket again', {}],
  split: ['Make a ticket of its own of some messages', { messages: ['01KAM5C3T9X7N2R4V6W8Y0Z1AB'] }],
  move: ['Move a message to another ticket', { message: '01KAM5C3T9X7N2R4V6W8Y0Z1AB', to: 'T-7K2M9Q' }],
  link: ['Link it with another ticket', { to: 'T-7K2M9Q', as: 'related' }],
  unlink: ['Undo a link', { to: 'T-7K2M9Q' }],
};

const bodies = Object.entries({ ...acts, ...joiningActs });
const named = new Map(Object.entries(said));

const actRoutes: Routes = Object.fromEntries(
  bodies.map(([name, { body }]) => {
    const [does, example] = named.get(name) ?? [name, {}];
    return [
      `POST /desk/tickets/{id}/${name}`,
      read(does, 'The ticket as it became; `other`: a second ticket that the act changed.', actAnswer, {
        body: { json: body, example, optional: true },
        refuses: [404, 409],
      }),
    ];
  }),
);

interface AReport {
  summary: string;
  is: string;
  query: Schema;
  json: Schema;
}

/** A report as JSON and, as `.csv`, for a spreadsheet. */
const reportRoutes = (name: string, { summary, is, query, json }: AReport): Routes => ({
  [`GET /desk/reports/${name}`]: read(summary, is, json, { query }),
  [`GET /desk/reports/${name}.csv`]: sheet(`${summary}, for a spreadsheet`, 'The figures.', query),
});

/** What the team calls, signed in. */
export const deskRoutes: Routes = {
  'GET /desk/queue': read('What is worked on next', 'Tickets in working order.', ticketList, { query: queueQuery }),
  'GET /desk/tickets': read('Tickets of a customer or of a category', 'Tickets, newest first.', ticketList, {
    query: listQuery,
  }),
  'GET /desk/tickets/{id}': read('A ticket', 'The ticket, its messages and its events.', ticketSeen, {
    refuses: [404],
  }),
  'GET /desk/tickets/{id}/beside': read(
    'What helps with a ticket',
    'The customer’s history, checklists, articles, prepared replies and the next step.',
    beside,
    { refuses: [404] },
  ),
  'GET /desk/tickets/{id}/explain': read(
    'Why the ticket stands where it stands',
    'Each automatic act with its rule, its version and what it was decided by.',
    explained,
    { refuses: [404] },
  ),
  'GET /desk/tickets/{id}/export': read(
    'A ticket’s events without words',
    'All that its clock depends on.',
    ticketExport,
    { refuses: [404] },
  ),
  'GET /desk/tickets/{id}/templates/{name}': read(
    'A prepared reply',
    'Its words, filled in for this ticket.',
    template,
    { query: rendering, refuses: [404] },
  ),
  ...actRoutes,
  'GET /desk/tickets/{id}/attachments/{message}/{index}': file('A file of the conversation'),
  'GET /desk/tickets/{id}/messages/{message}/whole': file('A message whose text was too long to be shown'),
  'GET /desk/tickets/{id}/messages/{message}/raw': file('A mail as it came'),
  'GET /desk/customers/{id}': read('A customer', 'Their identities, tickets and ratings.', personSeen, {
    query: historyQuery,
    refuses: [404],
  }),
  'POST /desk/customers/{id}/unlink': read(
    'Take an identity out of a person',
    'The customer as they became.',
    personSeen,
    { body: { json: unlinkBody, example: { identity: 'mina@example.com' } }, refuses: [404, 409] },
  ),
  'DELETE /desk/customers/{id}': asked(
    'Erase a person, for admins',
    { 202: { is: 'The request, and where its state is told.', json: erasureBegun } },
    { refuses: [404, 409] },
  ),
  'GET /desk/customers/{id}/export': read(
    'Everything held of a person, for admins',
    'The data, with links to files; what is not on a ticket stands on the first page.',
    personExport,
    { query: exportQuery, refuses: [404] },
  ),
  'GET /desk/privacy': read('Who was exported and erased, for admins', 'Each request, newest first.', privacyRequests, {
    query: privacyQuery,
  }),
  'GET /desk/privacy/{id}': read('How far an erasure has come, for admins', 'The request.', privacyRequest, {
    refuses: [404],
  }),
  'GET /desk/knowledge': read('How the articles do', 'Readers, solved tickets, and searches in vain.', knowledge),
  'GET /desk/feedback': read(
    'What people said of the desk, newest first',
    'Feedback, answers of those who were asked to recommend the desk, and suggestions of customers whose ticket was put right. An agent gets what was said on tickets they worked on.',
    feedbackList,
    { query: feedbackQuery },
  ),
  'GET /desk/feedback.csv': sheet('The same for a spreadsheet, oldest first', 'The feedback.', feedbackSheetQuery),
  'POST /desk/feedback/{id}/ticket': asked(
    'Make a ticket of feedback whose giver left an address',
    { 201: { is: 'The ticket.', json: madeOfFeedback } },
    { refuses: [404, 409, 422] },
  ),
  'GET /desk/parked': read('Mails that made no ticket', 'Each with its reason, newest first.', parkedList, {
    query: parkedQuery,
  }),
  'POST /desk/parked/{id}/open': asked(
    'Make a ticket of a parked mail',
    {
      200: { is: 'The ticket that was made of it before.', json: ticketAnswer },
      201: { is: 'The ticket.', json: ticketAnswer },
    },
    { body: { json: openBody, example: { email: 'mina@example.com' }, optional: true }, refuses: [404, 409, 410] },
  ),
  ...reportRoutes('agents', {
    summary: 'How customers rate each agent',
    is: 'Figures by survey and by single reply, and for each month. An agent gets their own.',
    query: agentsQuery,
    json: agentsReport,
  }),
  ...reportRoutes('recovery', {
    summary: 'How often unhappy customers were won back',
    is: 'Figures, reasons, and low answers that started no work. An agent gets their own, by agent.',
    query: recoveryQuery,
    json: recoveryReport,
  }),
  ...reportRoutes('surveys', {
    summary: 'What customers said when they were asked',
    is: 'Figures of each series, who answered, who was not asked and why, and the satisfaction budget of the quarter.',
    query: surveysQuery,
    json: surveysReport,
  }),
  ...reportRoutes('sla', {
    summary: 'Which promises were kept',
    is: 'Figures, each with how many it rests on, who still waits, and how the objective stands.',
    query: slaQuery,
    json: slaReport,
  }),
  'GET /desk/team': read('Who is there', 'Agents, their load and their groups.', team),
  'POST /desk/team/{id}/away': read('Say that an agent is away', 'The agent.', presence, { refuses: [404] }),
  'POST /desk/team/{id}/back': read('Say that an agent is back', 'The agent.', presence, { refuses: [404] }),
};
