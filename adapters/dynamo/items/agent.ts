import * as z from 'zod/mini';
import { type Item, readItem } from '../item.ts';
import { instant, maybe, text } from './parts.ts';

/**
 * What changes about an agent during the day; the rest is desk/team.yaml. Written attribute by attribute, never whole.
 */
const agent = z.object({
  PK: text,
  present: maybe(z.boolean()),
  load: maybe(z.number().check(z.int())),
  lastAssignedAt: maybe(instant),
});

export const readAgent = (item: Item): z.infer<typeof agent> => readItem(agent, item);
