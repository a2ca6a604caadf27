import { readdirSync, readFileSync } from 'node:fs';
import { RunningDesk } from '../local/client/running-desk.ts';
import { type Figure, seconds } from './figure.ts';

const TICKETS = 1000;
const CLIENTS = 8;

/** Resident memory of a process and all its children, in MB (Linux). */
const residentMb = (root: number): number => {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      const parent = /\nPPid:\s+(\d+)/.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1];
      parents.set(Number(name), Number(parent));
    } catch {
      // It ended while we looked.
    }
  }
  const family = new Set([root]);
  for (let grown = true; grown; ) {
    const before = family.size;
    for (const [pid, parent] of parents) if (family.has(parent)) family.add(pid);
    grown = family.size > before;
  }
  return [...family].reduce((sum, pid) => {
    const kb = /\nVmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return sum + Number(kb ?? 0) / 1024;
  }, 0);
};

/** A thousand tickets, each answered and put on hold for a month; then a fortnight in which nobody does anything. */
export const waitingTickets = async (): Promise<Figure[]> => {
  const desk = await RunningDesk.start(['--memory', '--clock', '2026-11-23T08:00:00Z', '--speed', '0']);
  try {
    let made = 0;
    const client = async (): Promise<void> => {
      for (let n = made++; n < TICKETS; n = made++) {
        const answer = await desk.request('POST', '/tickets', {
          subject: `Question ${n}`,
          body: 'When will it be back in stock?',
          customer: { email: `customer-${n}@shop.example` },
        });
        if (answer.status !== 201) throw new Error(`Ticket ${n} answered ${answer.status}: ${answer.text}`);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    await desk.settle();
    const ids = new Set((await desk.executions('escalation')).map(({ name }) => name.split('-').slice(0, 2).join('-')));
    const holding = [...ids];
    const holder = async (): Promise<void> => {
      for (let id = holding.pop(); id !== undefined; id = holding.pop()) {
        const held = await desk.as('lina', 'agent,lead', 'POST', `/desk/tickets/${id}/hold`, {
          waitingFor: 'third-party',
          until: '2026-12-23T08:00:00Z',
        });
        if (held.status >= 300) throw new Error(`${id} answered ${held.status}: ${held.text}`);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, holder));
    await desk.settle();
    const waiting = (await desk.executions('escalation')).filter(({ state }) => state === 'Await Third Party');
    if (waiting.length !== TICKETS) throw new Error(`${waiting.length} of ${TICKETS} tickets wait.`);
    const moving = await seconds(() => desk.move({ advance: 'P14D' }));
    return [
      {
        what: `moving the clock by 14 idle days with ${TICKETS} waiting tickets`,
        value: moving,
        unit: 's',
        target: 10,
      },
      {
        what: 'resident memory of the runtime and its children after that',
        value: residentMb(desk.pid),
        unit: 'MB',
        target: 800,
      },
    ];
  } finally {
    await desk.stop();
  }
};
