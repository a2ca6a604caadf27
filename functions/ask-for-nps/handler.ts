import brand from '#desk/brand.json' with { type: 'json' };
import { eventFactsIn } from '../../adapters/dynamo/event-facts.ts';
import { npsAsksIn } from '../../adapters/dynamo/nps-asks.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { durationMs } from '../../domain/clock/duration.ts';
import { domainOf } from '../../domain/contact/desk-address.ts';
import { FeedbackMoved } from '../../domain/errors.ts';
import { askNps, putOff } from '../../domain/feedback/ask-nps.ts';
import { dueDay } from '../../domain/feedback/own-day.ts';
import { type Writer, whoWrote } from '../../domain/feedback/who-wrote.ts';
import type { NpsAsks } from '../../domain/ports.ts';
import type { EventFacts } from '../../domain/report/event-facts.ts';
import { batches } from '../../domain/support/batches.ts';
import { type Instant, plus } from '../../domain/support/time.ts';
import { type Asking, askingWith } from '../_shared/asking.ts';
import { contextNow } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { eventHandler } from '../_shared/middleware.ts';
import { askable, surveyLinkEnds } from '../_shared/surveys.ts';
import { type Count, count, logger } from '../_shared/telemetry.ts';
import { env } from './env.ts';

interface Deps extends Asking {
  npsAsks: NpsAsks;
  eventFacts: EventFacts;
  /** How the desk signs. */
  deskName: string;
  count: Count;
}

/** How many people are looked up at once. */
const AT_ONCE = 8;

/** What became of a person who was due: asked, or why not; `night`, `waiting` and `done` leave nothing behind. */
type Fate = 'asked' | 'night' | 'waiting' | 'done' | `skipped: ${string}`;

/**
 * Asks everybody who wrote to the desk lately and is due today, in their own daytime. Run again, it asks nobody twice: a
 * person's day is written with the mail.
 */
export const build = (deps: Deps) => async (): Promise<Record<string, number>> => {
  const { policy, clock, eventFacts } = deps;
  const now = clock.now();
  const since = plus(now, -durationMs(policy.nps.writtenWithin));
  const facts = await eventFacts.between(since, now, ['opened', 'customer-replied']);
  const due = whoWrote(facts.map(({ event }) => event)).flatMap((writer) => {
    const day = dueDay(writer.customerId, now, policy.nps.every);
    return day === undefined ? [] : [{ ...writer, day }];
  });
  const fates: Record<string, number> = {};
  for (const some of batches(due, AT_ONCE))
    for (const fate of await Promise.all(some.map((each) => ask(each, now, deps))))
      fates[fate] = (fates[fate] ?? 0) + 1;
  logger.info('Everybody due was looked at, to be asked whether they would recommend the desk.', { fates });
  return fates;
};

const ask = async ({ ticketId, day }: Writer & { day: string }, now: Instant, deps: Deps): Promise<Fate> => {
  const { tickets, npsAsks, surveys, links, policy, deskAddress } = deps;
  const ticket = await tickets.ticket(ticketId);
  if (!ticket) return 'done';
  const later = putOff(ticket, now, policy);
  if (later !== undefined) return later;
  const known = await askable(deps, ticket);
  const person = known.contacts.customerId;
  if (await npsAsks.get(person, day)) return 'done';
  const lastAsked = await npsAsks.lastAsked(person);
  const chosen = surveys.choose({
    kind: 'nps',
    channel: ticket.channel,
    customerType: ticket.customer.type,
    customerId: person,
    cycle: Number(day.replaceAll('-', '')),
  });
  const decision = askNps(
    {
      person,
      day,
      ticket,
      known,
      chosen,
      links: await links.nps({ person, day }, surveyLinkEnds(policy, now), now),
      desk: { name: deps.deskName, domain: domainOf(deskAddress) },
      ...(lastAsked !== undefined && { lastAsked }),
    },
    contextNow(deps),
  );
  try {
    await npsAsks.keep(decision);
  } catch (error) {
    // Decided by another run, or asked something else at this moment: the next run looks again.
    if (error instanceof FeedbackMoved) return 'done';
    throw error;
  }
  if (decision.ask.status !== 'skipped') {
    deps.count('NpsAsked');
    return 'asked';
  }
  deps.count('NpsSkipped');
  return `skipped: ${decision.ask.why}`;
};

export const handler = eventHandler(() => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...askingWith(given),
    npsAsks: npsAsksIn(table),
    eventFacts: eventFactsIn(table),
    deskName: brand.name,
    count,
  });
});
