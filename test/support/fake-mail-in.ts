import type { ParkedMail } from '../../domain/mail/parked.ts';
import type { Caps, ParkedMails } from '../../domain/ports.ts';

export interface MailInMemory {
  parked: Map<string, ParkedMail>;
  /** What was counted, by cause, whose it is and window. */
  caps: Map<string, Set<string>>;
}

export const fakeParkedMails = ({ parked }: Pick<MailInMemory, 'parked'>): ParkedMails => ({
  park: async (mail) => {
    if (!parked.has(mail.id)) parked.set(mail.id, structuredClone(mail));
  },
  get: async (id, now) => {
    const mail = parked.get(id);
    return mail && mail.expiresAt > now ? structuredClone(mail) : undefined;
  },
  list: async ({ limit, next }, now) => {
    const rows = [...parked.values()]
      .filter(({ expiresAt }) => expiresAt > now)
      .map((mail) => ({ key: `${mail.at}#${mail.id}`, mail }))
      .filter(({ key }) => next === undefined || key < next)
      .sort((a, b) => (a.key < b.key ? 1 : -1));
    const last = rows[limit - 1];
    return {
      parked: structuredClone(rows.slice(0, limit).map(({ mail }) => mail)),
      ...(rows.length > limit && last && { next: last.key }),
    };
  },
  opened: async (id, ticketId) => {
    const mail = parked.get(id);
    if (mail) parked.set(id, { ...mail, ticketId });
  },
});

export const fakeCaps = ({ caps }: Pick<MailInMemory, 'caps'>): Caps => ({
  within: async ({ cause, who, window, most }, id) => {
    const key = JSON.stringify([cause, who, window]);
    const ids = caps.get(key) ?? new Set();
    if (!ids.has(id) && ids.size >= most) return false;
    caps.set(key, ids.add(id));
    return true;
  },
  take: async ({ cause, who, window, most }) => {
    const key = JSON.stringify([cause, who, window]);
    const taken = caps.get(key) ?? new Set();
    if (taken.size >= most) return false;
    caps.set(key, taken.add(`${taken.size + 1}`));
    return true;
  },
});
