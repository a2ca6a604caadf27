import { cpus } from 'node:os';
import { install, tests } from './checkout.ts';
import { clock } from './clock.ts';
import type { Figure } from './figure.ts';
import { happyTicket } from './happy-ticket.ts';
import { intake } from './intake.ts';
import { mails } from './mails.ts';
import { quarter } from './quarter.ts';
import { replyText } from './reply-text.ts';
import { search } from './search.ts';
import { startAndStory } from './start.ts';
import { survey } from './survey.ts';
import { threads } from './threads.ts';
import { waitingTickets } from './waiting-tickets.ts';

/**
 * Prints the figures the project promises, measured now, on this machine: `npm run bench`, or some of them by name,
 * `npm run bench -- start waiting`. Counts are exact; times belong to the machine and to whatever else it does.
 */
const sections: Record<string, () => Promise<Figure[]>> = {
  clock,
  start: startAndStory,
  happy: happyTicket,
  intake,
  waiting: waitingTickets,
  mails,
  replies: replyText,
  search,
  survey,
  threads,
  quarter,
  install,
  tests,
};

/** Takes some half an hour of two cores that do nothing else: measured only when it is asked for. */
const onRequest = new Set(['quarter']);

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in sections));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no figure called ${unknown.join(', ')}; there are ${Object.keys(sections).join(', ')}.\n`,
  );
  process.exit(1);
}

process.stdout.write(`${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}\n\n`);
let missed = 0;
for (const [name, measure] of Object.entries(sections)) {
  if (wanted.length > 0 ? !wanted.includes(name) : onRequest.has(name)) continue;
  for (const { what, value, unit, target, atLeast = false } of await measure()) {
    const reached = atLeast ? value >= target : value <= target;
    if (!reached) missed += 1;
    process.stdout.write(
      `${what.padEnd(72)} ${value.toFixed(value < 100 ? 1 : 0).padStart(7)} ${unit.padEnd(12)} ${atLeast ? 'at least' : 'at most '} ${target}${reached ? '' : '   MISSED'}\n`,
    );
  }
}
process.exitCode = missed === 0 ? 0 : 1;
