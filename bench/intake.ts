import { RunningDesk } from '../local/client/running-desk.ts';
import { type Figure, seconds } from './figure.ts';

const CLIENTS = 8;
const WARM_UP = 200;
const TICKETS = 1500;

const openTickets = async (desk: RunningDesk, from: number, count: number): Promise<void> => {
  let next = from;
  const client = async (): Promise<void> => {
    for (let n = next++; n < from + count; n = next++) {
      const answer = await desk.request(
        'POST',
        '/tickets',
        { subject: `Question ${n}`, body: 'When will it be back?', customer: { email: `kim-${n}@shop.example` } },
        { 'idempotency-key': `bench-${n}` },
      );
      if (answer.status !== 201) throw new Error(`Ticket ${n} answered ${answer.status}: ${answer.text}`);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
};

/** Tickets by the API, as fast as eight clients can: what is accepted in a second, and what the function itself costs. */
export const intake = async (): Promise<Figure[]> => {
  const desk = await RunningDesk.start(['--memory', '--clock', '2026-11-23T08:00:00Z', '--speed', '0']);
  try {
    await openTickets(desk, 0, WARM_UP);
    await desk.settle();
    await desk.control('DELETE', 'meter');
    const accepting = await seconds(() => openTickets(desk, WARM_UP, TICKETS));
    const { functions } = await desk.control('GET', 'meter');
    const receive = Object.entries<{ invocations: number; cpuMs: number }>(functions).find(([name]) =>
      name.includes('ReceiveTicket'),
    );
    if (receive === undefined) throw new Error('The meter knows no function ReceiveTicket.');
    const catchingUp = await seconds(() => desk.settle());
    const escalations = await desk.executions('escalation');
    if (escalations.length !== WARM_UP + TICKETS)
      throw new Error(`${WARM_UP + TICKETS} tickets were accepted, ${escalations.length} are escalated.`);
    const [, { invocations, cpuMs }] = receive;
    return [
      {
        what: `tickets accepted by the API, ${CLIENTS} clients, ${TICKETS} tickets`,
        value: TICKETS / accepting,
        unit: 'tickets/s',
        target: 100,
        atLeast: true,
      },
      { what: 'processor time of receive-ticket for each', value: cpuMs / invocations, unit: 'ms', target: 5 },
      {
        what: 'until all of them were triaged, acknowledged and escalated',
        value: catchingUp,
        unit: 's',
        target: 240,
      },
    ];
  } finally {
    await desk.stop();
  }
};
