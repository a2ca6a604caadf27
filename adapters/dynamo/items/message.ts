import * as z from 'zod/mini';
import { type Message, SPEAKERS } from '../../../domain/ticket/message.ts';
import { type Item, itemOf, readItem } from '../item.ts';
import { identityHash, lookupSk, messageKey, wrotePk } from '../keys.ts';
import { channel, count, instant, maybe, text } from './parts.ts';

/** A message as it is stored. */
export const messageShape = z.object({
  id: text,
  ticketId: text,
  at: instant,
  direction: z.enum(['in', 'out', 'note']),
  channel,
  author: text,
  text,
  html: maybe(text),
  quoted: maybe(text),
  whole: maybe(text),
  masked: maybe(z.array(text)),
  attachments: z.array(z.object({ name: text, type: text, bytes: count, key: text })),
  mailId: maybe(text),
  raw: maybe(text),
  quarantined: maybe(text),
  movedTo: maybe(text),
  movedFrom: maybe(text),
  from: maybe(text),
  saidBy: maybe(z.object({ as: z.enum(SPEAKERS), name: text })),
  turn: maybe(text),
  call: maybe(z.object({ startedAt: instant, seconds: count, outcome: z.enum(['answered', 'open']) })),
  url: maybe(text),
});

/** What somebody wrote on the ticket of another is found by its sender too: nothing else leads there from them. */
export const messageItem = (value: Message): Item =>
  itemOf(
    messageKey(value.ticketId, value.id),
    value,
    value.from === undefined
      ? {}
      : {
          lookupPk: wrotePk(identityHash({ kind: 'email', value: value.from })),
          lookupSk: lookupSk(value.at, value.ticketId),
        },
  );
export const readMessage = (item: Item): Message => readItem(messageShape, item);
