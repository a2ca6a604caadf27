import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compileDesk } from '../../desk/compile.ts';
import { explainActs } from '../../domain/explain/acts.ts';
import { audit } from '../../domain/explain/audit.ts';
import { explainNext } from '../../domain/explain/next.ts';
import { explainPromises } from '../../domain/explain/promises.ts';
import type { Policy } from '../../domain/policy.ts';
import { inOrder } from '../../domain/ticket/event.ts';
import { actsTable, disagreementsTable, nextTable, promisesTable } from './print.ts';
import { NotAnExport, readExport, type TicketExport } from './read-export.ts';

const USAGE = `npm run explain -- --ticket export.json [--policy desk] [--at 2026-11-23T09:00:00Z]

  --ticket  what GET /desk/tickets/{id}/export answered; may be given several times
  --policy  the folder with policy.yaml; the project's desk/ unless said
  --at      explain the ticket as of this time; the time of the export unless said

Recomputes every promise, rung and outcome of the ticket from its events and says where what is stored disagrees.
Exit code 0: nothing does. 1: something does. 2: the ticket or the policy cannot be read.`;

/** Compiled afresh, so that the answer does not hang on what was built last. */
const policyIn = async (folder: string | undefined): Promise<Policy> => {
  const to = await mkdtemp(join(tmpdir(), 'careline-policy-'));
  try {
    await compileDesk({ to, ...(folder === undefined ? {} : { from: folder }) });
    return JSON.parse(await readFile(join(to, 'policy.json'), 'utf8'));
  } finally {
    await rm(to, { recursive: true });
  }
};

const say = (...lines: string[]): void => {
  process.stdout.write(`${lines.join('\n')}\n`);
};

/** Everything about one ticket; whether what is stored agrees. */
const tell = (
  { ticket, events: unsorted, exportedAt, policy: promisedBy }: TicketExport,
  policy: Policy,
  asOf?: string,
): boolean => {
  const at = asOf === undefined ? exportedAt : new Date(asOf).toISOString();
  const events = inOrder(unsorted).filter((event) => event.at <= at);
  const found = audit(ticket, unsorted, policy, exportedAt);
  say(`Ticket ${ticket.id}, version ${ticket.version}, ${ticket.status}, cycle ${ticket.cycle}; as of ${at}.`);
  if (promisedBy !== policy.version)
    say(`Exported under policy ${promisedBy}, recomputed with ${policy.version} and what it knows of earlier ones.`);
  const unknown = new Set(
    events.map((event) => event.policy).filter((by) => by !== policy.version && !policy.past[by]),
  );
  if (unknown.size > 0)
    say(
      `What was decided under ${[...unknown].join(', ')}, which is not known here, is recomputed with ${policy.version}.`,
    );
  say('', 'PROMISES', promisesTable(explainPromises(events, policy, at)));
  say('', 'WHAT RULES DID, AND WHAT PEOPLE DID THAT THEY FOLLOWED', actsTable(explainActs(events)));
  say('', 'WHAT COMES NEXT', nextTable(explainNext(events, policy, at, ticket)), '');
  if (found.length === 0) say('Everything stored agrees with the ledger.', '');
  else say(`${found.length} ${found.length === 1 ? 'DISAGREEMENT' : 'DISAGREEMENTS'}`, disagreementsTable(found), '');
  return found.length === 0;
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      ticket: { type: 'string', multiple: true },
      policy: { type: 'string' },
      at: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.ticket === undefined || values.help) {
    say(USAGE);
    return values.help ? 0 : 2;
  }
  if (values.at !== undefined && Number.isNaN(Date.parse(values.at)))
    throw new NotAnExport(`--at ${values.at} is no time; write it like 2026-11-23T09:00:00Z.`);
  const exports = await Promise.all(values.ticket.map(readExport));
  const policy = await policyIn(values.policy);
  const agree = exports.map((one) => tell(one, policy, values.at));
  return agree.every((does) => does) ? 0 : 1;
};

try {
  process.exitCode = await main();
} catch (error) {
  // What was asked of it cannot be answered: one sentence, and no trace of where.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
