import { RunningDesk } from '../../local/client/running-desk.ts';
import { Cast, must, StoryBroke } from './cast.ts';
import { Timeline } from './timeline.ts';

/** A fortnight of a small desk, played against a fresh local runtime. Exit code 1 if any step did not happen. */
const tell = async (desk: RunningDesk): Promise<void> => {
  const timeline = new Timeline(desk);
  const cast = new Cast(desk, timeline);

  timeline.heading('A good week begins: Sara is answered in time, solved, asked, and content.');
  const sara = await cast.writesMail(
    'Sara',
    'sara@shop.example',
    'Payment refused',
    'My card payment is refused at the checkout.',
  );
  cast.mailed('sara@shop.example', new RegExp(sara), 'an acknowledgement with the ticket number');
  await cast.until('2026-11-23T09:30:00Z');
  await cast.agent('ada', 'replies', sara, { body: 'Which card was it, and what did the page say?' });
  await cast.until('2026-11-23T13:00:00Z');
  await cast.repliesByMail('Sara', 'sara@shop.example', 'A Visa card. It says error 51.');
  await cast.happened(sara, 'customer-replied');
  await cast.until('2026-11-24T08:10:00Z');
  await cast.agent('ada', 'replies', sara, { body: 'Your bank had blocked it; it is free again.', then: 'resolved' });

  timeline.heading('Navid writes in Persian, is answered, and never comes back.');
  const navid = await cast.reports('Navid', {
    subject: 'فعال‌سازی حساب',
    body: 'حساب من فعال نمی‌شود.',
    customer: { email: 'navid@shop.example', name: 'نوید', locale: 'fa', timeZone: 'Asia/Tehran' },
  });
  await cast.until('2026-11-24T09:00:00Z');
  await cast.agent('farah', 'replies', navid, { body: 'لطفاً شماره همراه خود را بفرستید.', then: 'pending' });

  await cast.until('2026-11-24T11:00:00Z');
  await cast.rates('Sara', 'sara@shop.example', { satisfaction: '5', resolved: 'yes' });
  must((await cast.ticket(sara)).ticket.satisfaction.score === 5, 'Sara’s rating should stand on her ticket.');

  timeline.heading('The shop is down: a P1, at once, to a senior.');
  const outage = await cast.reports('Omar', {
    subject: 'The shop is down',
    body: 'Nobody can check out, every customer is affected.',
    impact: 'all',
    urgency: 'now',
    customer: { email: 'omar@shop.example', name: 'Omar' },
  });
  const placed = (await cast.ticket(outage)).ticket;
  const { agents } = (await desk.as('lina', 'lead', 'GET', '/desk/team')).json;
  const owner = agents.find(({ id }: { id: string }) => id === placed.assignee);
  must(placed.priority === 'P1' && owner?.role === 'senior', 'An outage should be a P1 in the hands of a senior.');
  await cast.until('2026-11-24T11:40:00Z');
  await cast.agent(placed.assignee, 'replies', outage, { body: 'We see it too and are on it.' });
  await cast.until('2026-11-24T13:00:00Z');
  await cast.agent(placed.assignee, 'replies', outage, { body: 'The checkout is back.', then: 'resolved' });

  timeline.heading(
    'Tom waits too long. The desk warns, moves him up, calls the lead; he is answered, and still unhappy.',
  );
  await cast.until('2026-11-25T08:00:00Z');
  const tom = await cast.writesMail(
    'Tom',
    'tom@shop.example',
    'Parcel damaged',
    'The delivery arrived damaged and I want it replaced.',
  );
  await cast.until('2026-11-26T07:59:59Z');
  await cast.happened(tom, 'warned');
  must((await cast.ticket(tom)).ticket.tier === 1, 'One second before the promise is due, Tom is still with tier 1.');
  await cast.until('2026-11-26T08:00:00Z');
  must((await cast.ticket(tom)).ticket.tier === 2, 'At the very second the promise is due, Tom moves to tier 2.');
  await cast.until('2026-11-26T10:00:00Z');
  must((await cast.ticket(tom)).ticket.tier === 3, 'An hour later Tom moves to tier 3.');
  cast.mailed('lina@desk.example.com', new RegExp(tom), 'the news of the broken promise');
  await cast.agent('lina', 'acknowledge', tom);
  const expert = (await cast.ticket(tom)).ticket.assignee;
  await cast.until('2026-11-26T10:30:00Z');
  await cast.agent(expert, 'replies', tom, { body: 'Please send it back at your own cost.', then: 'resolved' });
  await cast.until('2026-11-26T14:00:00Z');
  await cast.rates('Tom', 'tom@shop.example', {
    satisfaction: '1',
    resolved: 'no',
    'why-not': 'I did not break it. Why should I pay?',
  });

  timeline.heading('A bad answer starts work: apology, a senior, a second try.');
  await cast.happened(tom, 'remediation-opened');
  const recovering = (await cast.ticket(tom)).ticket;
  must(
    recovering.status === 'open' && recovering.assignee !== expert,
    'Somebody other than the rated agent puts it right.',
  );
  const queue = await desk.as('lina', 'lead', 'GET', `/desk/queue?group=${recovering.group}`);
  must(queue.json.tickets[0]?.id === tom, 'The unhappy customer stands at the top of the queue.');
  cast.mailed('tom@shop.example', /sorry|apolog/i, 'an apology');
  await cast.repliesByMail('Tom', 'tom@shop.example', 'Just replace it, please, and pay for the way back.');
  await cast.until('2026-11-26T15:30:00Z');
  await cast.agent(recovering.assignee ?? 'lina', 'replies', tom, {
    body: 'You are right and we are sorry: a new one is on its way, and the return label is paid.',
    then: 'resolved',
  });
  await cast.until('2026-11-27T17:00:00Z');
  await cast.rates('Tom', 'tom@shop.example', { better: '4', comment: 'Thank you, that was fast.' });
  await cast.happened(tom, 'remediation-closed');
  must((await cast.ticket(tom)).ticket.remediation.outcome === 'recovered', 'Tom should be won back.');

  timeline.heading('And the quiet ones: Omar is reminded of his survey once, Navid’s ticket closes kindly.');
  await cast.until('2026-12-07T08:00:00Z');
  await cast.happened(outage, 'survey-reminded');
  await cast.happened(navid, 'reminded');
  must((await cast.ticket(navid)).ticket.status === 'closed', 'Navid’s ticket should be closed quietly.');
  await summary(cast);
};

const summary = async (cast: Cast): Promise<void> => {
  const executions = await cast.desk.executions();
  const broken = executions.filter(({ status }) => !['SUCCEEDED', 'RUNNING'].includes(status));
  must(broken.length === 0, `No execution may be red: ${broken.map(({ name }) => name).join(', ')}`);
  const running = executions.filter(({ status }) => status === 'RUNNING');
  must(
    running.length === 0,
    `Nothing should still wait: ${running.map(({ name, state }) => `${name} in ${state}`).join(', ')}`,
  );
  const meter = await cast.desk.control('GET', 'meter');
  process.stdout.write(`
  The fortnight in figures
  ${cast.timeline.mails.length} mails, ${executions.length} executions, all green: ${Object.entries(meter.transitions)
    .map(([machine, count]) => `${machine} ${count}`)
    .join(', ')} Standard transitions.
  Tom was won back. Nobody was forgotten.
`);
};

const desk = await RunningDesk.start(['--memory', '--clock', '2026-11-23T08:00:00Z', '--speed', '0']);
try {
  await tell(desk);
} catch (error) {
  if (!(error instanceof StoryBroke)) throw error;
  process.stderr.write(`\nThe story broke: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  await desk.stop();
}
