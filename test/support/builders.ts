import { encodeTime, monotonicFactory } from 'ulidx';
import { standing } from '../../domain/clock/standing.ts';
import type { Context } from '../../domain/context.ts';
import type { OwedMail } from '../../domain/mail/owed.ts';
import type { AgentNow, Calendar, Category, Policy } from '../../domain/policy.ts';
import type { Ids, Ledger } from '../../domain/ports.ts';
import type { Instant } from '../../domain/support/time.ts';
import type { OpenTicketInput } from '../../domain/ticket/acts/open-ticket.ts';
import { openTicket } from '../../domain/ticket/acts/open-ticket.ts';
import { triageTicket } from '../../domain/ticket/acts/triage-ticket.ts';
import type { Change } from '../../domain/ticket/change.ts';
import type { Actor, Happening, TicketEvent } from '../../domain/ticket/event.ts';
import type { Requester, Ticket } from '../../domain/ticket/ticket.ts';

/** A Monday in winter, nine o'clock in Berlin. */
export const mondayAt9: Instant = '2026-11-23T08:00:00.000Z';

/** Nine to five with a lunch break, Monday to Friday, in Berlin. */
export const aCalendar = (overrides: Partial<Calendar> = {}): Calendar => {
  const day = [
    { from: '09:00', to: '12:00' },
    { from: '13:00', to: '17:00' },
  ];
  return {
    zone: 'Europe/Berlin',
    week: { mon: day, tue: day, wed: day, thu: day, fri: day },
    closed: [],
    open: {},
    ...overrides,
  };
};

/** Mail: first reply in 24 h and resolution in 72 h around the clock; chat: 1 h in office hours. Three groups in a path. */
export const aPolicy = (overrides: Partial<Policy> = {}): Policy => ({
  version: '1',
  calendars: { office: aCalendar() },
  targets: [
    { id: 'chat', channels: ['chat'], calendar: 'office', firstReply: 'PT1H', nextReply: 'PT1H', resolution: 'PT16H' },
    { id: 'urgent', priorities: ['P1'], calendar: 'always', firstReply: 'PT1H', nextReply: 'PT1H', resolution: 'PT8H' },
    { id: 'rest', calendar: 'always', firstReply: 'PT24H', nextReply: 'PT24H', resolution: 'PT72H' },
  ],
  ladder: [
    { id: 'warn', at: { share: 0.8 }, act: { kind: 'warn', who: 'assignee' } },
    { id: 'move', at: { share: 1 }, act: { kind: 'move' }, tell: 'lead' },
    { id: 'call', at: { after: 'PT4H' }, act: { kind: 'call', who: 'lead' } },
  ],
  acknowledgedRests: 'PT1H',
  groups: {
    frontline: { id: 'frontline', tier: 1, next: 'advanced', lead: 'lea', manager: 'max' },
    advanced: { id: 'advanced', tier: 2, next: 'expert', lead: 'lea', manager: 'max' },
    expert: { id: 'expert', tier: 3, lead: 'lea', manager: 'max' },
  },
  triage: {
    matrix: {
      one: { low: 'P4', normal: 'P4', high: 'P3', now: 'P3' },
      team: { low: 'P4', normal: 'P3', high: 'P2', now: 'P2' },
      many: { low: 'P3', normal: 'P2', high: 'P2', now: 'P1' },
      all: { low: 'P2', normal: 'P2', high: 'P1', now: 'P1' },
    },
    raiseFromUsers: 50,
    raiseTypes: ['business'],
    defaultImpact: 'one',
    defaultUrgency: 'high',
    outageWords: ['outage', 'system down', 'قطع شده'],
    urgentWords: ['urgent', 'dringend'],
    outage: { tickets: 3, window: 'PT15M', quiet: 'PT1H', joins: 'P3' },
    languageConfidence: 0.6,
    raiseUnhappy: false,
    classifier: { examples: 50, confidence: 0.8 },
    model: { use: 'off' },
  },
  routing: { whenAway: 'hand-over' },
  pause: { whileWaitingForCustomer: true, whileOnHold: true },
  silence: { remindAfter: 'P3D', closeAfter: 'P4D', reviewHoldAfter: 'P7D', reminders: 1 },
  applyToOpenTickets: false,
  past: {},
  tellCustomerWhenLate: false,
  renewedPromise: 0.5,
  lateMailsApart: 'PT4H',
  thanksOnly: { recognise: true, mostWords: 20 },
  reopenWithin: 'P14D',
  undoWithin: 'P14D',
  mailLimits: {
    acknowledgementsAnHour: 5,
    acknowledgementsADay: 20,
    newTicketsAnHour: 100,
    newTicketsADay: 400,
    reopeningsADay: 3,
  },
  webLimits: { newTicketsAnHour: 500, formsAnHour: 300, uploadsAnHour: 600 },
  mailForwarders: [],
  survey: {
    askAfter: 'PT1H',
    remindAfter: 'P3D',
    linkLasts: 'P28D',
    editableFor: 'PT24H',
    credit: 'last-reply',
    scannersOpenWithin: 'PT10S',
    hours: { from: '00:00', to: '24:00' },
    zone: 'UTC',
    neverAsk: [],
  },
  contact: {
    asks: {
      most: 4,
      within: 'P30D',
      openFor: 'P3D',
      upTo: { 'follow-up': 4, 'fix-check': 4, csat: 3, nps: 2, reminder: 2 },
    },
  },
  feedback: { group: 'frontline', tell: 'lead', noticesAnHour: 20 },
  nps: { every: 'PT2160H', writtenWithin: 'PT720H' },
  remediation: {
    on: true,
    goesTo: 'senior',
    mostPerPerson: { times: 2, within: 'P90D' },
    apologiseBy: 'as-the-customer-chose',
    deadline: 'PT8H',
    calendar: 'always',
    askAgainAfter: 'P1D',
    answerWithin: 'P7D',
    callAgainAfter: 'PT4H',
    calls: 2,
  },
  resolveNeeds: [],
  resolveNeedsOf: {},
  knowledge: { offerFromScore: 8, offerAtMost: 3 },
  reports: { urgentInTime: 0.95, stillResolvedAfter: 'P7D', smallBelow: 20, satisfied: 0.9, ratingsVisible: 'own' },
  lookAgainAtLeast: 'P30D',
  ...overrides,
});

export const anAgent = (overrides: Partial<AgentNow> = {}): AgentNow => {
  const id = overrides.id ?? 'ada';
  return {
    id,
    name: `${id[0]?.toUpperCase()}${id.slice(1)}`,
    email: `${id}@desk.example`,
    groups: ['frontline'],
    tier: 1,
    role: 'agent',
    languages: ['en'],
    skills: [],
    capacity: 5,
    present: true,
    load: 0,
    ...overrides,
  };
};

/** Ada and Ben at the front, Cleo (senior) in advanced, Eva (senior) in expert, Lea their lead, Max the manager. */
export const aTeam = (overrides: { [id: string]: Partial<AgentNow> } = {}): AgentNow[] =>
  [
    anAgent({ id: 'ada' }),
    anAgent({ id: 'ben', load: 1 }),
    anAgent({ id: 'cleo', groups: ['advanced'], tier: 2, role: 'senior' }),
    anAgent({ id: 'eva', groups: ['expert'], tier: 3, role: 'senior' }),
    anAgent({ id: 'lea', groups: [], tier: 3, role: 'lead' }),
    anAgent({ id: 'max', groups: [], tier: 3, role: 'manager' }),
  ].map((agent) => ({ ...agent, ...overrides[agent.id] }));

export const theCategories = (): Category[] => [
  { id: 'payment', names: { en: 'payment' }, severity: 5, group: 'frontline', keywords: ['payment', 'card', 'پرداخت'] },
  { id: 'technical', names: { en: 'technical' }, severity: 4, group: 'advanced', keywords: ['error', 'slow page'] },
  { id: 'other', names: { en: 'other' }, severity: 1, group: 'frontline', keywords: [] },
];

export const aCustomer = (overrides: Partial<Requester> = {}): Requester => ({
  id: '01JCUSTOMER0000000000000000',
  email: 'sara@customer.example',
  name: 'Sara',
  locale: 'en',
  type: 'standard',
  ...overrides,
});

/** Ids that ascend and are the same in every run. */
const someIds = (): Ids => {
  const next = monotonicFactory(() => 0.5);
  let tickets = 0;
  return {
    ulid: () => next(Date.parse('2026-01-01T00:00:00Z')),
    ticketId: () => `T-${String(++tickets).padStart(6, '0')}`,
  };
};

const shared = someIds();
let made = 0;

/** An id made at this moment; the ids of one moment ascend within one test file. */
const anIdOf = (at: Instant): string => `${encodeTime(Date.parse(at), 10)}${String(++made).padStart(16, '0')}`;

export const aContext = (now: Instant = mondayAt9, policy: Policy = aPolicy()): Context => ({
  policy,
  now,
  ids: { ...shared, ulid: () => anIdOf(now) },
});

export const anOpening = (overrides: Partial<OpenTicketInput> = {}): OpenTicketInput => ({
  id: 'T-7K2M9Q',
  subject: 'My payment fails',
  text: 'The card is refused.',
  channel: 'mail',
  customer: aCustomer(),
  report: {},
  attachments: [],
  deskDomain: 'desk.example',
  ...overrides,
});

/** The ledger as it is once a change is stored. */
export const afterChange = (ledger: Ledger | undefined, change: Change): Ledger => ({
  ticket: change.after,
  events: [...(ledger?.events ?? []), ...change.events],
});

/** A new ticket with its ledger. */
export const aNewLedger = (overrides: Partial<OpenTicketInput> = {}, ctx: Context = aContext()): Ledger =>
  afterChange(undefined, openTicket(anOpening(overrides), ctx));

/** An open ticket, triaged to frontline and (with the default team) given to Ada. */
export const aLedger = (
  overrides: Partial<OpenTicketInput> = {},
  ctx: Context = aContext(),
  team: AgentNow[] = aTeam(),
): Ledger => {
  const ledger = aNewLedger(overrides, ctx);
  const triaged = triageTicket(
    ledger,
    { text: overrides.text ?? 'The card is refused.', categories: theCategories(), team },
    ctx,
  );
  if (!triaged.ok) throw new Error(triaged.detail);
  return afterChange(ledger, triaged.value);
};

/** An open ticket alone; overrides are laid over it as given, also a status with what belongs to it. */
export const aTicket = (overrides: Partial<Ticket> = {}): Ticket => ({ ...aLedger().ticket, ...overrides }) as Ticket;

/** One event; version and cycle count from 1 unless told. */
export const anEvent = (
  happening: Happening,
  at: Instant = mondayAt9,
  overrides: { version?: number; cycle?: number; by?: Actor; id?: string; ticketId?: string } = {},
): TicketEvent => ({
  ...happening,
  id: anIdOf(at),
  ticketId: 'T-7K2M9Q',
  at,
  by: 'agent:ada',
  reason: 'As the test says.',
  policy: '1',
  cycle: 1,
  version: 1,
  ...overrides,
});

/** Events in the order given, versions counted up from 1. */
export const someEvents = (...list: Array<[Happening, Instant]>): TicketEvent[] =>
  list.map(([happening, at], index) => anEvent(happening, at, { version: index + 1 }));

/** Where the promises of a ledger stand. */
export const standingOf = (ledger: Ledger, now: Instant, policy: Policy = aPolicy()) =>
  standing(ledger.events, policy, now);

export const anOwedMail = (overrides: Partial<OwedMail> = {}): OwedMail => ({
  key: 'ack#T-7K2M9Q',
  ticketId: 'T-7K2M9Q',
  to: { email: 'sara@customer.example', name: 'Sara' },
  locale: 'en',
  pace: 'prompt',
  content: { template: 'acknowledgement', subject: 'My payment fails', link: 'https://desk.example/t/token' },
  anchor: '<ticket.T-7K2M9Q@desk.example>',
  owedAt: mondayAt9,
  status: 'owed',
  attempts: 0,
  ...overrides,
});
