import { standing } from '../../domain/clock/standing.ts';
import { audit } from '../../domain/explain/audit.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Ledger } from '../../domain/ports.ts';
import { millis } from '../../domain/support/time.ts';
import { type EventOf, inOrder, type TicketEvent } from '../../domain/ticket/event.ts';
import { isLive } from '../../domain/ticket/ticket.ts';
import type { CapturedMail, ListedExecution } from '../../local/client/running-desk.ts';
import type { Stored } from './table.ts';

/** What was found, and everything that is not as it has to be, a line each. */
export interface Findings {
  wrong: string[];
  rungs: number;
  cycles: number;
  /** Milliseconds between the instant a rung was due and the one it was climbed at. */
  worstLag: number;
}

type Climbed = EventOf<'warned'> | EventOf<'escalated'>;
const isClimbed = (event: TicketEvent): event is Climbed => event.type === 'warned' || event.type === 'escalated';

/** A change of the ticket may make a rung due that lies in the past; then the change is what it has to follow at once. */
const MOVES_DUE = new Set([
  'reprioritised',
  'resumed',
  'reopened',
  'triaged',
  'outage-joined',
  'transferred',
  'assigned',
]);

/** Each ledger folded again, without a look at what the desk itself made of it. */
export const checkLedgers = (ledgers: readonly Ledger[], policy: Policy, now: string): Findings => {
  const found: Findings = { wrong: [], rungs: 0, cycles: 0, worstLag: 0 };
  for (const { ticket, events } of ledgers) {
    for (const { what, stored, recomputed, at } of audit(ticket, events, policy, now))
      found.wrong.push(
        `${ticket.id} ${what}${at === undefined ? '' : ` at ${at}`}: stored ${stored}; recomputed ${recomputed}`,
      );
    found.cycles += ticket.cycle;
    const ordered = inOrder(events);
    const seen = new Set<string>();
    for (const event of ordered.filter(isClimbed)) {
      found.rungs += 1;
      const before = ordered.filter(({ version }) => version < event.version);
      const { due, promises } = standing(before, policy, event.at);
      const owed = due.find(({ promise, rung }) => promise === event.promise && rung.id === event.rung);
      const name = `${ticket.id} cycle ${event.cycle} ${event.promise} ${event.rung}`;
      if (owed === undefined) {
        found.wrong.push(`${name} was climbed at ${event.at} and was not due`);
        continue;
      }
      const moved = before.findLast(({ type }) => MOVES_DUE.has(type))?.at ?? '';
      const lag = millis(event.at) - Math.max(millis(owed.at), moved === '' ? 0 : millis(moved));
      found.worstLag = Math.max(found.worstLag, lag);
      if (lag >= 1000) found.wrong.push(`${name} was due at ${owed.at} and climbed at ${event.at}`);
      const once = `${event.cycle} ${event.promise} ${promises[event.promise]?.startedAt} ${event.rung} ${owed.dueAt}`;
      if (seen.has(once)) found.wrong.push(`${name} was climbed twice`);
      seen.add(once);
    }
  }
  return found;
};

/** Owed is sent: each mail once, none that nobody owed; and whoever a rung told was told by one notice. */
export const checkMails = (
  { mails, ledgers }: Stored,
  sent: readonly CapturedMail[],
  keyOf: (tag: string) => string,
): string[] => {
  const keys = sent.map(({ key }) => keyOf(key ?? ''));
  const counts = Map.groupBy(keys, (key) => key);
  const wrong = [
    ...[...counts]
      .filter(([, times]) => times.length > 1)
      .map(([key, times]) => `mail ${key} was sent ${times.length} times`),
    ...[...counts.keys()].filter((key) => !mails.has(key)).map((key) => `mail ${key} was sent and never owed`),
  ];
  for (const { key, status } of mails.values()) {
    if (status === 'owed' || status === 'sending') wrong.push(`mail ${key} is owed and was left ${status}`);
    if (status === 'sent' && !counts.has(key)) wrong.push(`mail ${key} counts as sent and was not`);
  }
  for (const { ticket, events } of ledgers) {
    for (const event of events.filter(isClimbed)) {
      for (const agent of event.told) {
        const key = `notice#${ticket.id}#${event.cycle}#${event.promise}#${event.dueAt}#${event.rung}#${agent}`;
        if (!mails.has(key)) wrong.push(`${ticket.id} ${event.rung} told ${agent}, who is owed no notice`);
      }
    }
  }
  return wrong;
};

/** One escalation waits for each live ticket, none for one that has ended, and nothing broke. */
export const checkExecutions = (executions: readonly ListedExecution[], ledgers: readonly Ledger[]): string[] => {
  const wrong = executions
    .filter(({ status }) => status !== 'SUCCEEDED' && status !== 'RUNNING')
    .map(({ name, status, state }) => `execution ${name} ${status} in ${state}`);
  const waiting = Map.groupBy(
    executions.filter(({ machine, status }) => machine.endsWith('escalation') && status === 'RUNNING'),
    ({ name }) => name.split('-').slice(0, 3).join('-'),
  );
  for (const { ticket } of ledgers) {
    const own = waiting.get(`${ticket.id}-${ticket.cycle}`)?.length ?? 0;
    waiting.delete(`${ticket.id}-${ticket.cycle}`);
    if (own !== (isLive(ticket) ? 1 : 0))
      wrong.push(`${ticket.id} is ${ticket.status} and has ${own} escalations waiting`);
  }
  return [...wrong, ...[...waiting.keys()].map((name) => `an escalation of ${name} waits for nothing`)];
};
