import type { Clicks } from '../../domain/ports.ts';
import { readClicks } from './items/clicks.ts';
import { readMail } from './items/mail.ts';
import { clicksKey, mailKey } from './keys.ts';
import { getItems } from './read.ts';
import type { Table } from './table.ts';

export const clicksIn = (table: Table): Clicks => ({
  of: async (many) => {
    const wanted = new Map(many.map((about) => [clicksKey(about).PK, about]));
    const found = (await getItems(table, [...wanted.values()].map(clicksKey))).map(readClicks);
    return found.flatMap(({ PK, openings }) => {
      const about = wanted.get(PK);
      return about === undefined ? [] : [{ about, openings }];
    });
  },
  sentAt: async (mails) => {
    const found = (await getItems(table, [...new Set(mails)].map(mailKey))).map(readMail);
    return new Map(found.flatMap(({ key, sentAt }) => (sentAt === undefined ? [] : [[key, sentAt] as const])));
  },
});
