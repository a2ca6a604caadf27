import { parseArgs } from 'node:util';
import { keyOfTag } from '../../adapters/ses/post-office.ts';
import type { Policy } from '../../domain/policy.ts';
import { RunningDesk } from '../../local/client/running-desk.ts';
import { checkMails } from '../quarter/check.ts';
import { storedOn } from '../quarter/table.ts';
import { Browsers } from './browsers.ts';
import { checkFortnight } from './check.ts';
import { livesOf } from './people.ts';
import { HALF_HOUR, Play } from './play.ts';
import { talliesOfReports } from './reports.ts';

const USAGE = `npm run fortnight -- [--tickets 200] [--seed 1] [--from 2026-11-23] [--browsers 12] [--assembly cdk.out]

Tickets of a fortnight are solved, and their customers asked, on the local runtime: mail by SMTP, some answers in a real
browser without scripts, scanners that open every link of every mail, forms that are sent five times, mails delivered twice,
reminders, reopenings, people who never answer, in three languages. Then everything is counted again from what was stored,
sent and done. Exit code 0: all counts agree. 1: one does not.`;

const DAY = 86_400_000;
const FORTNIGHT = 14 * DAY;
/** Until the last link has run out. */
const AFTER = 45 * DAY;

const say = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

const { values } = parseArgs({
  options: {
    tickets: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '2026-11-23' },
    browsers: { type: 'string', default: '12' },
    assembly: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const run = async (): Promise<number> => {
  const from = Date.parse(`${values.from}T00:00:00Z`);
  const lives = livesOf(Number(values.tickets), from, Number(values.seed), Number(values.browsers));
  const flags = ['--memory', '--clock', new Date(from).toISOString(), '--speed', '0', '--threads', '28'];
  if (values.assembly !== undefined) flags.push('--no-synth', '--assembly', values.assembly);
  const desk = await RunningDesk.start(flags);
  const browsers = new Browsers();
  const began = performance.now();
  const minutes = (): string => ((performance.now() - began) / 60_000).toFixed(1);
  try {
    const play = await Play.on(desk, browsers, lives);
    await play.until(from + FORTNIGHT, HALF_HOUR, (at) =>
      say(`  ${new Date(at).toISOString().slice(0, 10)} after ${minutes()} minutes`),
    );
    await play.until(from + AFTER, DAY / 8, () => undefined);
    await desk.settle();

    const policy: Policy = (await import('#desk/policy.json', { with: { type: 'json' } })).default;
    const { done } = play;
    const stored = await storedOn(desk);
    const sent = await desk.mails();
    const found = checkFortnight(stored, sent, await desk.executions(), done, policy);
    const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
    const period = `from=${day(from)}&to=${day(from + AFTER)}`;
    const tallies = [...found.tallies, ...(await talliesOfReports(desk, period, done, found.started))];
    const wrong = [...found.wrong, ...checkMails(stored, sent, keyOfTag)];

    say();
    say(
      `${lives.length} tickets of ${new Set(lives.map(({ person }) => person.email)).size} people, played in ${minutes()} minutes.`,
    );
    say(`Scanners opened ${done.scannedLinks} links of ${done.scannedMails} mails, each four times.`);
    say(
      `${done.browserAnswers} answers from a real browser; ${done.doubledPosts} forms sent five times at once; ${done.doubledMails} mails delivered twice; ${done.reopened} came back; ${done.optedOut.size} unsubscribed.`,
    );
    say();
    for (const { what, is, shouldBe } of tallies)
      say(`${is === shouldBe ? '  ' : '! '}${what}: ${is}${is === shouldBe ? '' : `, and should be ${shouldBe}`}`);
    say(`  not asked: ${listed(found.skipped)}`);
    say(`  outcomes: ${listed(found.outcomes)}`);
    say(`  ${stored.mails.size} mails owed, ${sent.length} sent`);
    say();
    for (const line of wrong.slice(0, 40)) say(`WRONG  ${line}`);
    const agrees = wrong.length === 0 && tallies.every(({ is, shouldBe }) => is === shouldBe);
    say(agrees ? 'Nothing disagrees.' : `${wrong.length} disagreements.`);
    return agrees ? 0 : 1;
  } finally {
    await browsers.close();
    await desk.stop();
  }
};

const listed = (counts: Map<string, number>): string =>
  [...counts].map(([what, count]) => `${what} ${count}`).join(', ') || 'none';

if (values.help) say(USAGE);
else process.exitCode = await run();
