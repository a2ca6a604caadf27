import type { ContactSheet } from '../../domain/contact/governor.ts';
import type { Instant } from '../../domain/support/time.ts';
import { contactsItem } from './items/contacts.ts';
import { isNew, isVersion, put } from './put.ts';
import type { GuardedWrite } from './transact.ts';

/** A person's sheet, when it became another; one that was never written is of version 0. */
export const sheetWrites = (
  sheet: { before: ContactSheet; after: ContactSheet } | undefined,
  now: Instant,
  table: string,
  moved: (cause: Error) => Error,
): GuardedWrite[] => {
  if (sheet === undefined || sheet.before.version === sheet.after.version) return [];
  const { version } = sheet.before;
  return [put(table, contactsItem(sheet.after, now), version === 0 ? isNew : isVersion(version), moved)];
};
