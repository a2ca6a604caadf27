import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keyOfTag } from '../../adapters/ses/post-office.ts';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import { broken, countOf, linkIn, rate, report, type Seen, seen, startDesk, until } from '../support/journey.ts';
import { mailsAmiss, queuesWithMessages } from '../support/lives-under-faults.ts';

/** When each kill -9 comes: after so many answers, and so many milliseconds more. */
const KILLS: Array<[answers: number, milliseconds: number]> = [
  [3, 0],
  [1, 40],
  [6, 5],
  [2, 120],
  [99, 700],
  [4, 15],
  [99, 0],
  [5, 250],
];
/** Later than every ticket's first promise: the timers of a wait count whole seconds. */
const LATER = 'PT25H';

interface Accepted {
  tickets: Map<string, string>;
  mails: Set<string>;
  replies: Map<string, string[]>;
  resolved: Set<string>;
  ratings: Map<string, number>;
}

const accepted: Accepted = {
  tickets: new Map(),
  mails: new Set(),
  replies: new Map(),
  resolved: new Set(),
  ratings: new Map(),
};
const tried = { tickets: [] as string[], mails: [] as string[] };

let desk: RunningDesk;
let data: string;
let deskAddress: string;

/** What a crash takes from a caller is an answer: whatever was not acknowledged is nobody's promise. */
const orLost = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch {
    // The process was killed under the request.
  }
};

const writeMail = async (email: string): Promise<void> => {
  const raw = [
    `From: ${email}`,
    `To: ${deskAddress}`,
    'Subject: Broken',
    `Message-ID: <${email}>`,
    '',
    'Please help.',
  ].join('\r\n');
  const headers = { 'content-type': 'message/rfc822', 'x-mail-from': email, 'x-rcpt-to': deskAddress };
  const answer = await desk.request('POST', '/_local/mail', raw, headers);
  if (answer.status === 200) accepted.mails.add(email);
};

const postTicket = async (email: string): Promise<void> => {
  const answer = await report(desk, email, {}, email);
  if (answer.status === 201) accepted.tickets.set(email, answer.json.ticket.id);
};

const answerTicket = async (id: string, text: string, then?: 'resolved'): Promise<void> => {
  const body = { body: text, ...(then === undefined ? {} : { then }) };
  const answer = await desk.as('ada', 'agent', 'POST', `/desk/tickets/${id}/replies`, body);
  if (answer.status !== 200) return;
  accepted.replies.set(id, [...(accepted.replies.get(id) ?? []), text]);
  if (then === 'resolved') accepted.resolved.add(id);
};

const rateTicket = async (id: string, score: number): Promise<void> => {
  const { mails } = await desk.control('GET', 'mail');
  const asked = mails.find(({ key }: { key?: string }) => key !== undefined && keyOfTag(key) === `survey#${id}#1#csat`);
  if (asked === undefined) return;
  const answer = await rate(desk, linkIn(asked, 's'), { satisfaction: String(score) });
  if (answer.status === 200) accepted.ratings.set(id, score);
};

/** One round of work, all at once, on what earlier rounds left behind. */
const work = (round: number): Array<Promise<void>> => {
  const known = [...accepted.tickets.values()];
  const unresolved = known.filter((id) => !accepted.resolved.has(id));
  const unrated = [...accepted.resolved].filter((id) => !accepted.ratings.has(id));
  const posted = [1, 2].map((n) => `web-${round}-${n}@shop.example`);
  const written = [1].map((n) => `mail-${round}-${n}@shop.example`);
  tried.tickets.push(...posted);
  tried.mails.push(...written);
  const jobs = [
    ...posted.map((email) => () => postTicket(email)),
    ...written.map((email) => () => writeMail(email)),
    ...unresolved.slice(0, 2).map((id) => () => answerTicket(id, `Solved in round ${round}.`, 'resolved')),
    ...unresolved.slice(2, 4).map((id) => () => answerTicket(id, `Looked at in round ${round}.`)),
    ...unrated.slice(0, 2).map((id, n) => () => rateTicket(id, n === 0 ? 5 : 1)),
    async () => void (await desk.move({ advance: 'PT35M' })),
  ];
  return jobs.map(orLost);
};

const start = async (): Promise<void> => {
  desk = await startDesk(['--data', data]);
};

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'careline-crash-'));
  await start();
  deskAddress = (await desk.control('GET', 'desk')).mailAddress;
  for (const [round, [answers, milliseconds]] of KILLS.entries()) {
    let answered = 0;
    const jobs = work(round).map(async (job) => {
      await job;
      answered += 1;
    });
    await Promise.race([until(async () => answered >= answers, 'enough was answered'), Promise.all(jobs)]);
    await sleep(milliseconds);
    await desk.stop('SIGKILL');
    await Promise.all(jobs);
    await start();
  }
  await desk.settle();
}, 240_000);
afterAll(async () => {
  await desk.stop();
  rmSync(data, { recursive: true, force: true });
});

const ticketsOf = async (email: string): Promise<Array<{ id: string }>> =>
  (await desk.as('lina', 'lead', 'GET', `/desk/tickets?customer=${encodeURIComponent(email)}`)).json.tickets;

const everyTicket = async (): Promise<Map<string, Seen>> => {
  const all = new Map<string, Seen>();
  for (const email of [...tried.tickets, ...tried.mails]) {
    for (const { id } of await ticketsOf(email)) all.set(id, await seen(desk, id));
  }
  return all;
};

describe(`after ${KILLS.length} kills in the middle of work`, () => {
  test('something of each kind was accepted on the way, so that the rest proves something', () => {
    expect(accepted.tickets.size).toBeGreaterThan(5);
    expect(accepted.mails.size).toBeGreaterThan(2);
    expect(accepted.resolved.size).toBeGreaterThan(1);
    expect(accepted.ratings.size).toBeGreaterThan(0);
  });

  test('every acknowledged ticket and mail is there, once, triaged, and acknowledged unless a person was quicker', async () => {
    const missing: string[] = [];

    for (const [email, id] of accepted.tickets) if ((await ticketsOf(email))[0]?.id !== id) missing.push(email);
    for (const email of accepted.mails) if ((await ticketsOf(email)).length !== 1) missing.push(email);

    const all = [...(await everyTicket()).values()];
    expect(missing).toEqual([]);
    // An intake that was cut off goes on after the start; an agent who answered meanwhile makes the acknowledgement idle.
    const rightlyAcknowledged = (view: Seen) =>
      countOf(view, 'acknowledged') === 1 || (countOf(view, 'acknowledged') === 0 && countOf(view, 'replied') > 0);
    expect(all.filter((view) => countOf(view, 'triaged') !== 1 || !rightlyAcknowledged(view))).toEqual([]);
  });

  test('callers who come again with their key or their Message-ID find or make one ticket each', async () => {
    await Promise.all([...tried.tickets.map(postTicket), ...tried.mails.map(writeMail)]);
    await desk.settle();

    const counts: number[] = [];
    for (const email of [...tried.tickets, ...tried.mails]) counts.push((await ticketsOf(email)).length);

    expect(new Set(counts)).toEqual(new Set([1]));
  });

  test('every acknowledged reply, solution and rating is there once', async () => {
    const all = await everyTicket();

    const lost = [...accepted.replies].flatMap(([id, texts]) =>
      texts.filter((text) => all.get(id)?.messages.filter((message) => message.text === text).length !== 1),
    );
    const unresolved = [...accepted.resolved].filter(
      (id) => countOf(all.get(id) ?? ({ events: [] } as never), 'resolved') === 0,
    );
    const unrated = [...accepted.ratings].filter(([id, score]) => all.get(id)?.ticket.satisfaction?.score !== score);
    const twice = [...all.values()].filter(
      (view) => countOf(view, 'survey-answered') > 1 || countOf(view, 'remediation-opened') > 1,
    );

    expect({ lost, unresolved, unrated, twice }).toEqual({ lost: [], unresolved: [], unrated: [], twice: [] });
  });

  test('the timers that were set before the kills fire: a day later every unanswered ticket is in the next tier', async () => {
    await desk.move({ advance: LATER });

    const all = [...(await everyTicket()).values()];
    const unanswered = all.filter(
      ({ ticket, events }) => ticket.status === 'open' && !events.some(({ type }) => type === 'replied'),
    );
    expect(unanswered.length).toBeGreaterThan(5);
    expect(unanswered.filter(({ ticket }) => ticket.tier === 1).map(({ ticket }) => ticket.id)).toEqual([]);
    expect(
      all.filter(
        (view) =>
          view.events.filter(
            ({ type, rung, promise, cycle }) =>
              type === 'escalated' && rung === 'move-100' && promise === 'firstReply' && cycle === 1,
          ).length > 1,
      ),
    ).toEqual([]);
  });

  test('no execution was lost or broken: one waits for each ticket while it is open', async () => {
    const executions = await desk.executions('escalation');

    const all = [...(await everyTicket()).values()];
    const wrong = all.filter(({ ticket: { id, cycle, status } }) => {
      // A long life goes on in a new execution: `…-escalation`, `…-escalation-2`.
      const own = executions.filter(({ name }) => name.startsWith(`${id}-${cycle}-escalation`));
      const running = own.filter(({ status: now }) => now === 'RUNNING').length;
      const ended = own.filter(({ status: now }) => now === 'SUCCEEDED').length;
      return (
        running !== (['resolved', 'closed'].includes(status) ? 0 : 1) ||
        running + ended !== own.length ||
        own.length === 0
      );
    });
    expect(wrong.map(({ ticket }) => ticket.id)).toEqual([]);
    expect(await broken(desk)).toEqual([]);
  });

  test('every mail that is owed was sent, and none twice', async () => {
    const amiss = await mailsAmiss(desk);

    expect(amiss).toEqual([]);
    expect(await queuesWithMessages(desk)).toEqual([]);
  });
});
