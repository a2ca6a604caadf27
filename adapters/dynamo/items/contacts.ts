import * as z from 'zod/mini';
import { ASKED_KINDS, type ContactSheet, SHEETS_REMEMBER } from '../../../domain/contact/governor.ts';
import { type Instant, plus } from '../../../domain/support/time.ts';
import { type Item, itemOf, readItem } from '../item.ts';
import { contactsKey } from '../keys.ts';
import { timeToLive } from '../time-to-live.ts';
import { count, instant, maybe, text } from './parts.ts';

/** What a person was asked lately, as it is stored. */
export const contactsShape = z.object({
  customerId: text,
  version: count,
  asks: z.array(z.object({ key: text, kind: z.enum(ASKED_KINDS), at: instant, closedAt: maybe(instant) })),
  recoveries: z.array(z.object({ ticketId: text, cycle: count, at: instant })),
});

/** TTL removes the sheet once everything on it is too old to count. */
export const contactsItem = (sheet: ContactSheet, writtenAt: Instant): Item =>
  itemOf(contactsKey(sheet.customerId), {
    ...sheet,
    expiresAt: timeToLive(plus(writtenAt, SHEETS_REMEMBER)),
  });
export const readContacts = (item: Item): ContactSheet => readItem(contactsShape, item);
