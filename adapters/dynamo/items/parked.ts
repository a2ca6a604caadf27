import * as z from 'zod/mini';
import type { ParkedMail } from '../../../domain/mail/parked.ts';
import { type Item, itemOf, readItem } from '../item.ts';
import { lookupSk, parkedKey, parkedPk } from '../keys.ts';
import { timeToLive } from '../time-to-live.ts';
import { instant, maybe, text } from './parts.ts';

/** A parked mail as it is stored. */
export const parkedShape = z.object({
  id: text,
  at: instant,
  why: z.enum([
    'virus',
    'spam',
    'bounce',
    'complaint',
    'automatic',
    'list',
    'own-mail',
    'no-sender',
    'unproven',
    'too-many',
    'unreadable',
  ]),
  from: maybe(z.object({ email: text, name: maybe(text) })),
  subject: text,
  raw: text,
  receipt: z.object({
    id: text,
    source: text,
    recipients: z.array(text),
    harmful: maybe(z.enum(['virus', 'spam'])),
    unproven: z.boolean(),
    passed: z.object({ dmarc: z.boolean(), spf: z.boolean() }),
  }),
  ticketId: maybe(text),
  endsAt: instant,
});

/** `expiresAt` is what TTL goes by, in seconds. */
export const parkedItem = ({ expiresAt, ...rest }: ParkedMail): Item =>
  itemOf(
    parkedKey(rest.id),
    { ...rest, endsAt: expiresAt, expiresAt: timeToLive(expiresAt) },
    { lookupPk: parkedPk(rest.at), lookupSk: lookupSk(rest.at, rest.id) },
  );

export const readParked = (item: Item): ParkedMail => {
  const { endsAt, ...rest } = readItem(parkedShape, item);
  return { ...rest, expiresAt: endsAt };
};
