import { stat } from 'node:fs/promises';
import { RunningDesk } from '../local/client/running-desk.ts';
import type { Figure } from './figure.ts';

const LINK = /https?:\/\/\S+\/s\/[\w.~-]+/;

const lifeOf = async (desk: RunningDesk, days: number): Promise<number> => {
  await desk.control('DELETE', 'meter');
  const email = `kim-${days}@shop.example`;
  const made = await desk.request('POST', '/tickets', {
    subject: 'A question',
    body: 'How do I change my address?',
    urgency: 'low',
    customer: { email },
  });
  const id: string = made.json.ticket.id;
  await desk.move({ advance: 'PT2H' });
  await desk.as('ada', 'agent', 'POST', `/desk/tickets/${id}/replies`, { body: 'Under Settings, Addresses.' });
  await desk.move({ advance: `PT${days * 24 - 2}H` });
  await desk.as('ada', 'agent', 'POST', `/desk/tickets/${id}/resolve`, {});
  await desk.move({ advance: 'PT13H' });
  const mail = (await desk.mails()).findLast(({ to, text }) => to.includes(email) && LINK.test(text));
  await desk.request('POST', LINK.exec(mail?.text ?? '')?.[0] ?? '', new URLSearchParams({ satisfaction: '5' }));
  await desk.settle();
  const { transitions } = await desk.control('GET', 'meter');
  return Object.values<number>(transitions).reduce((sum, count) => sum + count, 0);
};

/** What a ticket costs that is answered in time, resolved, surveyed and rated well; and what intake weighs. */
export const happyTicket = async (): Promise<Figure[]> => {
  const desk = await RunningDesk.start(['--memory', '--clock', '2026-11-23T08:00:00Z', '--speed', '0']);
  try {
    const aDay = await lifeOf(desk, 1);
    const threeDays = await lifeOf(desk, 3);
    const { size } = await stat('build/functions/receive-ticket/index.js');
    return [
      {
        what: 'Standard transitions of a happy ticket, resolved after a day',
        value: aDay,
        unit: 'transitions',
        target: 4.5,
      },
      { what: 'the same, resolved after three days', value: threeDays, unit: 'transitions', target: 4.5 },
      { what: 'bundle of receive-ticket', value: size / 1000, unit: 'KB', target: 400 },
    ];
  } finally {
    await desk.stop();
  }
};
