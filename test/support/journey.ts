import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type CapturedMail, RunningDesk } from '../../local/client/running-desk.ts';
import { holdToContract, routeOf } from './contract.ts';
import { sharedAssembly } from './shared-assembly.ts';

/** A Monday morning at which the office has just opened. */
export const MONDAY = '2026-11-23T08:00:00Z';

/**
 * The desk of the synthesized app in a process of its own, on a clock that stands still until it is moved. Nobody is
 * asked by lot whether they would recommend the desk, unless said.
 */
export const startDesk = async (
  flags: string[] = ['--memory'],
  clock = MONDAY,
  { lots = false }: { lots?: boolean } = {},
): Promise<RunningDesk> =>
  heldToContract(
    await RunningDesk.start([
      ...['--no-synth', '--assembly', await sharedAssembly({ lots }), '--clock', clock, '--speed', '0'],
      // As many threads as a life keeps busy: of the usual ten, functions take turns, and each turn is a cold start.
      ...['--threads', '32'],
      ...flags,
    ]),
  );

/** Whatever it answers to a described route has to be as GET /openapi.json says. */
const heldToContract = (desk: RunningDesk): RunningDesk => {
  const ask = desk.request.bind(desk);
  desk.request = async (method, path, ...rest) => {
    const answer = await ask(method, path, ...rest);
    const { status, headers, text } = answer;
    const route = routeOf(method, path.replace(desk.url, ''));
    if (route !== undefined)
      holdToContract(route, { status, type: headers.get('content-type') ?? undefined, body: text });
    return answer;
  };
  return desk;
};

/** Credentials and address for an AWS SDK: somebody outside, who is the account's root, or a function's role. */
export const clientOf = (
  desk: RunningDesk,
  credentials = { accessKeyId: 'AKIAOUTSIDE', secretAccessKey: 'secret' },
) => ({
  endpoint: desk.endpoint,
  region: 'us-east-1',
  credentials,
  maxAttempts: 1,
});

/** A ticket as the desk's API shows it, as far as journeys ask. */
export interface Seen {
  // biome-ignore lint/suspicious/noExplicitAny: the answer's shape is the route's; whoever reads it asserts on it.
  ticket: any;
  messages: Array<{ id: string; direction: string; text: string; author: string; quarantined?: string }>;
  events: Array<{ id: string; at: string; type: string; by: string; cycle: number } & Record<string, unknown>>;
}

/** What a lead sees of a ticket. */
export const seen = async (desk: RunningDesk, id: string): Promise<Seen> => {
  const answer = await desk.as('lina', 'lead', 'GET', `/desk/tickets/${id}`);
  if (answer.status !== 200) throw new Error(`Ticket ${id} answered ${answer.status}: ${answer.text}`);
  return answer.json;
};

export const typesOf = ({ events }: Seen): string[] => events.map(({ type }) => type);

export const countOf = (view: Seen, type: string): number => typesOf(view).filter((each) => each === type).length;

/** A ticket by the API; the answer of the route. */
export const report = (
  desk: RunningDesk,
  email: string,
  more: Record<string, unknown> = {},
  key?: string,
): Promise<Answer> =>
  desk.request(
    'POST',
    '/tickets',
    { subject: 'Payment refused', body: 'My card is refused.', customer: { email }, ...more },
    key === undefined ? {} : { 'idempotency-key': key },
  );

/** A ticket by the API that is triaged and waits for its first reply; its id. */
export const openTicket = async (
  desk: RunningDesk,
  email: string,
  more: Record<string, unknown> = {},
): Promise<string> => {
  const answer = await report(desk, email, more);
  if (answer.status !== 201) throw new Error(`POST /tickets answered ${answer.status}: ${answer.text}`);
  await desk.settle();
  return answer.json.ticket.id;
};

/** An act of an agent; throws unless it is done. */
export const act = async (
  desk: RunningDesk,
  name: string,
  id: string,
  body: Record<string, unknown> = {},
  agent = 'ada',
): Promise<Answer> => {
  const answer = await desk.as(agent, agent === 'lina' ? 'lead' : 'agent', 'POST', `/desk/tickets/${id}/${name}`, body);
  if (answer.status !== 200) throw new Error(`${name} on ${id} answered ${answer.status}: ${answer.text}`);
  await desk.settle();
  return answer;
};

export const mailsTo = async (desk: RunningDesk, address: string): Promise<CapturedMail[]> =>
  (await desk.mails()).filter(({ to }) => to.includes(address));

/** Path of the first link of this kind (`a`, `t`, `s`, `u`) in a mail. */
export const linkIn = (mail: CapturedMail | undefined, kind: 'a' | 't' | 's' | 'u'): string => {
  const path = new RegExp(`https?://[^/\\s]+(/${kind}/[\\w-]+)`).exec(mail?.text ?? '')?.[1];
  if (path === undefined) throw new Error(`There is no /${kind}/ link in the mail "${mail?.subject}".`);
  return path;
};

export const surveyMailTo = async (desk: RunningDesk, address: string): Promise<CapturedMail> => {
  const found = (await mailsTo(desk, address)).findLast(({ text }) => /\/s\/[\w-]+/.test(text));
  if (!found) throw new Error(`${address} was asked for no rating.`);
  return found;
};

/** Answers and resolves a ticket, and moves the clock to where the customer is asked; the path of the survey. */
export const askedAfterResolve = async (desk: RunningDesk, id: string, email: string): Promise<string> => {
  await act(desk, 'replies', id, { body: 'It works again.', then: 'resolved' });
  await desk.move({ advance: 'PT1H' });
  return linkIn(await surveyMailTo(desk, email), 's');
};

/** Posts a survey's form as a browser does. */
export const rate = (desk: RunningDesk, path: string, answers: Record<string, string>): Promise<Answer> =>
  desk.request('POST', path, new URLSearchParams(answers));

/** Asks until it holds, for what another process does by itself in real time; throws after a minute. */
export const until = async (holds: () => Promise<boolean>, what: string): Promise<void> => {
  const patience = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > patience) throw new Error(`It never came that ${what}.`);
    await sleep(50);
  }
};

/** Executions that neither ended well nor wait. */
export const broken = async (desk: RunningDesk): Promise<string[]> =>
  (await desk.executions())
    .filter(({ status }) => !['SUCCEEDED', 'RUNNING'].includes(status))
    .map(({ name, status, state }) => `${name} ${status} in ${state}`);
