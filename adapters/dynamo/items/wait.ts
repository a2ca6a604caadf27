import * as z from 'zod/mini';
import type { Wait } from '../../../domain/ticket/wait.ts';
import { type Item, itemOf, readItem } from '../item.ts';
import { waitKey } from '../keys.ts';
import { count, maybe, text } from './parts.ts';

/**
 * Written by the state machines themselves too, with `until` as they were told it: any ISO 8601 UTC instant is read.
 * (`aws-sdk:dynamodb:updateItem.waitForTaskToken` in workflows/*.asl.json.)
 */
const wait = z.object({
  ticketId: text,
  machine: z.enum(['escalation', 'survey', 'remediation']),
  cycle: count,
  awaits: z.enum([
    'first-reply',
    'resolution',
    'customer',
    'late-answer',
    'third-party',
    'rating',
    'recovery',
    'follow-up-rating',
  ]),
  token: text,
  until: maybe(z.string().check(z.iso.datetime())),
  nth: maybe(count),
  isFull: maybe(z.boolean()),
  since: maybe(z.string().check(z.iso.datetime())),
});

export const waitItem = (value: Wait): Item => itemOf(waitKey(value.ticketId, value.machine), value);
export const readWait = (item: Item): Wait => readItem(wait, item);
