import * as z from 'zod/mini';
import type { Remediation } from '../../../domain/remediation/remediation.ts';
import { LOW_CAUSES } from '../../../domain/ticket/event.ts';
import { type Item, itemOf, readItem } from '../item.ts';
import { remediationKey } from '../keys.ts';
import { count, instant, maybe, outcome, text } from './parts.ts';

const remediation = z.object({
  ticketId: text,
  cycle: count,
  recoveryCycle: count,
  openedAt: instant,
  score: z.number(),
  scale: maybe(text),
  cause: maybe(z.enum(LOW_CAUSES)),
  about: maybe(text),
  survey: maybe(text),
  group: maybe(text),
  category: maybe(text),
  choice: maybe(text),
  ratedAgent: maybe(text),
  agent: maybe(text),
  deadline: instant,
  calls: count,
  calledAt: maybe(instant),
  solvedAt: maybe(instant),
  state: z.enum(['open', 'closed']),
  outcome: maybe(outcome),
  closedAt: maybe(instant),
  version: count,
});

export const remediationItem = (value: Remediation): Item => itemOf(remediationKey(value.ticketId, value.cycle), value);
export const readRemediation = (item: Item): Remediation => readItem(remediation, item);
