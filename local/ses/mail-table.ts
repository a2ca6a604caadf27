import type { Store } from '../kernel/store.ts';
import type { CapturedMail, ReadMail } from './mail.ts';

export interface SentMail {
  messageId: string;
  /** Epoch ms. */
  at: number;
  destinations: string[];
  key: string | undefined;
  raw: Buffer;
  read: ReadMail;
}

/** Every mail handed to SES, with its raw text. */
export class MailTable {
  private readonly sql;

  constructor(store: Store) {
    store.exec(`
      CREATE TABLE IF NOT EXISTS ses_mails (
        n INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
        destinations TEXT NOT NULL, tag_key TEXT, read TEXT NOT NULL, raw BLOB NOT NULL);
      CREATE TABLE IF NOT EXISTS ses_fates (address TEXT PRIMARY KEY, fate TEXT NOT NULL)`);
    this.sql = {
      add: store.prepare(
        'INSERT INTO ses_mails (message_id, at, destinations, tag_key, read, raw) VALUES (?, ?, ?, ?, ?, ?)',
      ),
      all: store.prepare('SELECT n, at, destinations, tag_key, read FROM ses_mails ORDER BY n'),
      raw: store.prepare('SELECT raw FROM ses_mails WHERE n = ?'),
      since: store.prepare('SELECT COUNT(*) AS n FROM ses_mails WHERE at > ?'),
      setFate: store.prepare('INSERT OR REPLACE INTO ses_fates (address, fate) VALUES (?, ?)'),
      dropFate: store.prepare('DELETE FROM ses_fates WHERE address = ?'),
      fate: store.prepare('SELECT fate FROM ses_fates WHERE address = ?'),
    };
  }

  add(mail: SentMail): void {
    this.sql.add.run(
      mail.messageId,
      mail.at,
      JSON.stringify(mail.destinations),
      mail.key ?? null,
      JSON.stringify(mail.read),
      mail.raw,
    );
  }

  list(): CapturedMail[] {
    return this.sql.all.all().map((row) => {
      const { from, subject, text, html, headers }: ReadMail = JSON.parse(String(row.read));
      return {
        n: Number(row.n),
        at: new Date(Number(row.at)).toISOString(),
        from,
        to: JSON.parse(String(row.destinations)),
        subject,
        text,
        html,
        headers,
        key: row.tag_key === null ? undefined : String(row.tag_key),
      };
    });
  }

  raw(n: number): Buffer | undefined {
    const raw = this.sql.raw.get(n)?.raw;
    return raw instanceof Uint8Array ? Buffer.from(raw) : undefined;
  }

  /** Mails sent after an instant, epoch ms. */
  countSince(at: number): number {
    return Number(this.sql.since.get(at)?.n ?? 0);
  }

  setFate(address: string, fate: string | undefined): void {
    if (fate === undefined) this.sql.dropFate.run(address.toLowerCase());
    else this.sql.setFate.run(address.toLowerCase(), fate);
  }

  fate(address: string): string | undefined {
    const fate = this.sql.fate.get(address.toLowerCase())?.fate;
    return fate === undefined ? undefined : String(fate);
  }
}
