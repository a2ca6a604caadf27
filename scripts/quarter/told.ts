import { millis } from '../../domain/support/time.ts';
import { type EventOf, inOrder, type TicketEvent } from '../../domain/ticket/event.ts';
import type { Stored } from './table.ts';

type Slip = EventOf<'promise-slipped'>;

/** A change may make a time late that lies in the past, or begin the desk's turn again: it is told then at once. */
const MAKES_LATE = new Set(['reprioritised', 'resumed', 'reopened', 'triaged', 'outage-joined', 'transferred']);

/**
 * Whether customers heard of every time that a mail had named and that passed, at that second and once, and of nothing after
 * an answer: by the events as they are read, without a look at the clock's rules. How often they heard of one.
 */
export const checkTold = ({ ledgers, mails }: Stored, now: string): { wrong: string[]; told: number } => {
  const wrong: string[] = [];
  const named = new Set<string>();
  for (const { ticket, events } of ledgers) {
    const ordered = inOrder(events);
    const slips = ordered.filter((event): event is Slip => event.type === 'promise-slipped');
    const seen = new Set<string>();
    for (const slip of slips) {
      const what = `${ticket.id} cycle ${slip.cycle} ${slip.promise} of ${slip.dueAt}`;
      const before = ordered.filter(({ version }) => version < slip.version);
      const moved = before.findLast(({ type }) => MAKES_LATE.has(type))?.at ?? slip.dueAt;
      const lag = millis(slip.at) - Math.max(millis(slip.dueAt), millis(moved));
      if (lag >= 1000) wrong.push(`${what} was told ${lag} ms late, at ${slip.at}`);
      if (slip.at < slip.dueAt) wrong.push(`${what} was told before it passed, at ${slip.at}`);
      if (seen.has(what)) wrong.push(`${what} was told twice`);
      if (wasAnswered(slip, before)) wrong.push(`${what} was told after the answer`);
      if (slip.mail !== undefined && mails.get(slip.mail)?.content.template !== 'late')
        wrong.push(`${what} was told by ${slip.mail}, which nobody owes`);
      seen.add(what);
      if (slip.mail !== undefined) named.add(slip.mail);
    }
    for (const said of ordered)
      if (said.type === 'acknowledged' && said.promised !== undefined && said.promised <= now)
        if (!isKeptOrTaken(said.promised, ordered)) wrong.push(`${ticket.id} kept silent when ${said.promised} passed`);
  }
  for (const { key, content } of mails.values())
    if (content.template === 'late' && !named.has(key))
      wrong.push(`mail ${key} says something is late and no event does`);
  return { wrong, told: named.size };
};

/** What a next reply counts from. */
const ASKS = new Set(['customer-replied', 'not-thanked', 'merged', 'message-moved']);

const isAnswer = (event: TicketEvent): boolean =>
  event.type === 'replied' || (event.type === 'transcribed' && event.agent !== undefined);

const wasAnswered = ({ promise, cycle }: Slip, before: readonly TicketEvent[]): boolean => {
  const said = before.filter((event) => event.cycle === cycle);
  if (promise === 'firstReply') return said.some(isAnswer);
  if (promise === 'resolution') return false;
  const last = said.findLast((event) => isAnswer(event) || ASKS.has(event.type));
  return last !== undefined && isAnswer(last);
};

/** Taken back at its time; or no more to be taken back: answered, over, their own turn, or told of as late before. */
const isKeptOrTaken = (promised: string, events: readonly TicketEvent[]): boolean => {
  const until = events.filter(({ at }) => at <= promised);
  const waits = until.findLast(({ type }) => type === 'paused' || type === 'resumed');
  return (
    events.some((event) => event.type === 'promise-slipped' && event.dueAt === promised) ||
    (waits?.type === 'paused' && waits.waitingFor === 'customer') ||
    until.some(
      (event) =>
        isAnswer(event) ||
        event.type === 'resolved' ||
        event.type === 'closed' ||
        (event.type === 'merged' && event.into !== undefined) ||
        (event.type === 'promise-slipped' && event.cause === undefined),
    )
  );
};
