import { parseArgs } from 'node:util';
import { keyOfTag } from '../../adapters/ses/post-office.ts';
import type { Policy } from '../../domain/policy.ts';
import { RunningDesk } from '../../local/client/running-desk.ts';
import { checkExecutions, checkLedgers, checkMails } from './check.ts';
import { planOf } from './lives.ts';
import { Play } from './play.ts';
import { processorTime } from './processor-time.ts';
import { storedOn } from './table.ts';
import { checkTold } from './told.ts';

const USAGE = `npm run quarter -- [--tickets 2000] [--seed 1] [--from 2026-10-01] [--days 92] [--kills 0.05] [--assembly cdk.out]

Random tickets live through a virtual quarter on the local runtime, while functions are killed in the middle of their work and
every batch of the table's stream is delivered twice. Then every promise and rung is computed again from the events alone.
Exit code 0: nothing disagrees. 1: something does.`;

const DAY = 86_400_000;
/** Late enough for whatever was tried again to be over. */
const AFTER = 2 * 3_600_000;

const say = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

const { values } = parseArgs({
  options: {
    tickets: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '2026-10-01' },
    days: { type: 'string', default: '92' },
    kills: { type: 'string', default: '0.05' },
    assembly: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const run = async (): Promise<number> => {
  const from = Date.parse(`${values.from}T00:00:00Z`);
  const until = from + Number(values.days) * DAY;
  const steps = planOf(Number(values.tickets), from, until, Number(values.seed));
  const flags = ['--memory', '--clock', new Date(from).toISOString(), '--speed', '0', '--threads', '28'];
  if (values.assembly !== undefined) flags.push('--no-synth', '--assembly', values.assembly);
  const desk = await RunningDesk.start(flags);
  const used = processorTime(desk.pid) ?? 0;
  const began = performance.now();
  const minutes = (): string => ((performance.now() - began) / 60_000).toFixed(1);
  try {
    await desk.control('POST', 'faults', [
      { service: 'lambda', kill: true, rate: Number(values.kills) },
      { service: 'streams', twice: true },
    ]);
    const play = await Play.on(desk);
    await play.all(steps, (at) => {
      if (new Date(at).getUTCDay() === 1)
        say(`  ${new Date(at).toISOString().slice(0, 10)} after ${minutes()} minutes`);
    });
    await desk.move({ to: new Date(until).toISOString() });
    await desk.control('DELETE', 'faults');
    await desk.move({ to: new Date(until + AFTER).toISOString() });
    const played = performance.now() - began;
    const worked = processorTime(desk.pid);

    const policy: Policy = (await import('#desk/policy.json', { with: { type: 'json' } })).default;
    const stored = await storedOn(desk);
    const ledger = checkLedgers(stored.ledgers, policy, await desk.now());
    const told = checkTold(stored, await desk.now());
    const sent = await desk.mails();
    const executions = await desk.executions();
    const meter = await desk.control('GET', 'meter');
    // An answer to a ticket that can be reopened no more makes a ticket of its own.
    const opened = stored.ledgers.filter(({ ticket }) => ticket.followUpOf === undefined);
    const missing = Number(values.tickets) - opened.length;
    const wrong = [
      ...(missing === 0 ? [] : [`${missing} tickets are not there`]),
      ...ledger.wrong,
      ...told.wrong,
      ...checkMails(stored, sent, keyOfTag),
      ...checkExecutions(executions, stored.ledgers),
    ];
    const runs = Object.values<{ invocations: number; errors: number }>(meter.functions);
    const sum = (of: (run: { invocations: number; errors: number }) => number) =>
      runs.reduce((all, run) => all + of(run), 0);
    say();
    say(
      `${stored.ledgers.length} tickets with ${ledger.cycles} cycles lived from ${values.from} through ${values.days} days in ${(played / 60_000).toFixed(1)} minutes.`,
    );
    if (worked !== undefined)
      say(`${((worked - used) / 60).toFixed(1)} minutes of processor time, all functions and the runtime together.`);
    say(`${play.played.done} deeds of people; ${play.played.again} came again after a function was killed under them.`);
    for (const [what, times] of play.played.refused) say(`  refused, as it should be: ${what}, ${times} times`);
    say(
      `${sum(({ invocations }) => invocations)} runs of functions, ${sum(({ errors }) => errors)} failed; every batch of the stream came twice.`,
    );
    say(`${ledger.rungs} rungs climbed; the latest ${ledger.worstLag} ms after its instant.`);
    say(`${told.told} mails told customers that a time they were given is not kept.`);
    say(`${stored.mails.size} mails owed, ${sent.length} sent.`);
    say(`${executions.length} executions of waiting workflows and the latest of the others.`);
    say();
    for (const line of wrong.slice(0, 40)) say(`WRONG  ${line}`);
    say(wrong.length === 0 ? 'Nothing disagrees.' : `${wrong.length} disagreements.`);
    return wrong.length === 0 ? 0 : 1;
  } finally {
    await desk.stop();
  }
};

if (values.help) say(USAGE);
else process.exitCode = await run();
