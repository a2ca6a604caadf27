import categories from '#desk/categories.json' with { type: 'json' };
import { modelsIn } from '../../adapters/dynamo/models.ts';
import { queuesIn } from '../../adapters/dynamo/queues.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import type { Category } from '../../domain/policy.ts';
import type { Models, Queues, Tickets } from '../../domain/ports.ts';
import { DAY, type Instant, plus } from '../../domain/support/time.ts';
import { type Example, train } from '../../domain/triage/classifier.ts';
import { exampleOf } from '../../domain/triage/example-of.ts';
import { houseRules, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { eventHandler } from '../_shared/middleware.ts';
import { logger } from '../_shared/telemetry.ts';
import { inConversationOrder } from '../_shared/tickets/conversation.ts';
import { env } from './env.ts';

interface Deps extends Rules {
  tickets: Tickets;
  queues: Pick<Queues, 'ofCategory'>;
  models: Pick<Models, 'keep'>;
  categories: readonly Category[];
}

/** Months, of thirty days each, to learn from: older tickets are about another product. */
const MONTHS = 6;

/** Tickets to learn from in each category: each costs two reads. */
const PER_CATEGORY = 400;

/** How many tickets are read at once. */
const AT_ONCE = 10;

/** Learns from the desk's own closed tickets, and keeps what it learned if that is enough. */
export const build = (deps: Deps) => async (): Promise<{ examples: number; kept: boolean }> => {
  const { policy, clock, models } = deps;
  const examples: Example[] = [];
  for (const { id } of deps.categories) examples.push(...(await examplesIn(id, deps)));
  const enough = policy.triage.classifier.examples;
  if (examples.length < enough) {
    logger.info('There are too few examples to learn from.', { examples: examples.length, enough });
    return { examples: examples.length, kept: false };
  }
  const model = train(examples, clock.now(), policy);
  await models.keep(model);
  const { version, perCategory, heldOut } = model;
  logger.info('A classifier was trained.', { version, perCategory, heldOut });
  return { examples: examples.length, kept: true };
};

/** The newest first, as far as is needed. */
const examplesIn = async (category: string, deps: Deps): Promise<Example[]> => {
  const found: Example[] = [];
  let to = deps.clock.now();
  for (let month = 0; month < MONTHS && found.length < PER_CATEGORY; month += 1) {
    const from = plus(to, -30 * DAY);
    found.push(...(await examplesBetween(category, from, to, deps)));
    to = plus(from, -1);
  }
  return found;
};

const examplesBetween = async (category: string, from: Instant, to: Instant, deps: Deps): Promise<Example[]> => {
  const found: Example[] = [];
  let next: string | undefined;
  do {
    const range = { limit: AT_ONCE, ...(next === undefined ? {} : { next }) };
    const page = await deps.queues.ofCategory(category, from, to, range);
    const read = await Promise.all(page.tickets.map(({ id }) => readExample(id, deps)));
    found.push(...read.filter((example) => example !== undefined));
    next = page.next;
  } while (next !== undefined && found.length < PER_CATEGORY);
  return found;
};

const readExample = async (id: string, { tickets }: Deps): Promise<Example | undefined> => {
  const [ledger, messages] = await Promise.all([tickets.ledger(id), tickets.messages(id)]);
  return ledger && exampleOf(ledger, inConversationOrder(messages, ledger.events));
};

export const handler = eventHandler(() => {
  const table = deskTable(readEnv(env).TABLE_NAME);
  return build({
    ...houseRules(),
    tickets: ticketsIn(table),
    queues: queuesIn(table),
    models: modelsIn(table),
    categories,
  });
});
