import type { Store } from '../kernel/store.ts';

export type Protocol = 'sqs' | 'lambda' | 'email';

export interface Subscription {
  arn: string;
  topicArn: string;
  protocol: Protocol;
  endpoint: string;
  raw: boolean;
}

/** A text message that was handed to the operator. */
export interface Sms {
  n: number;
  /** ISO 8601, virtual clock. */
  at: string;
  to: string;
  text: string;
  sender?: string;
  segments: number;
}

/** A notice to a subscriber of protocol email. */
export interface EmailNotice {
  n: number;
  at: string;
  to: string;
  subject: string;
  text: string;
}

const toSubscription = (row: Record<string, unknown>): Subscription => ({
  arn: String(row.arn),
  topicArn: String(row.topic_arn),
  protocol: row.protocol === 'sqs' ? 'sqs' : row.protocol === 'lambda' ? 'lambda' : 'email',
  endpoint: String(row.endpoint),
  raw: row.raw === 1,
});

const iso = (value: unknown): string => new Date(Number(value)).toISOString();

/** Topics, subscriptions and what was sent to phones and mailboxes, as rows. */
export class SnsTable {
  private readonly sql;

  constructor(store: Store) {
    store.exec(`
      CREATE TABLE IF NOT EXISTS sns_topics (arn TEXT PRIMARY KEY);
      CREATE TABLE IF NOT EXISTS sns_subscriptions (
        arn TEXT PRIMARY KEY, topic_arn TEXT NOT NULL, protocol TEXT NOT NULL, endpoint TEXT NOT NULL,
        raw INTEGER NOT NULL, UNIQUE (topic_arn, protocol, endpoint));
      CREATE TABLE IF NOT EXISTS sns_sms (
        n INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, receiver TEXT NOT NULL, text TEXT NOT NULL,
        sender TEXT, segments INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS sns_emails (
        n INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, receiver TEXT NOT NULL, subject TEXT NOT NULL,
        text TEXT NOT NULL)`);
    this.sql = {
      addTopic: store.prepare('INSERT OR IGNORE INTO sns_topics (arn) VALUES (?)'),
      topic: store.prepare('SELECT arn FROM sns_topics WHERE arn = ?'),
      topics: store.prepare('SELECT arn FROM sns_topics ORDER BY arn'),
      subscribe:
        store.prepare(`INSERT INTO sns_subscriptions (arn, topic_arn, protocol, endpoint, raw) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (topic_arn, protocol, endpoint) DO UPDATE SET raw = excluded.raw`),
      same: store.prepare('SELECT * FROM sns_subscriptions WHERE topic_arn = ? AND protocol = ? AND endpoint = ?'),
      subscriptions: store.prepare('SELECT * FROM sns_subscriptions WHERE topic_arn = ? ORDER BY rowid'),
      unsubscribe: store.prepare('DELETE FROM sns_subscriptions WHERE arn = ?'),
      addSms: store.prepare('INSERT INTO sns_sms (at, receiver, text, sender, segments) VALUES (?, ?, ?, ?, ?)'),
      sms: store.prepare('SELECT * FROM sns_sms ORDER BY n'),
      addEmail: store.prepare('INSERT INTO sns_emails (at, receiver, subject, text) VALUES (?, ?, ?, ?)'),
      emails: store.prepare('SELECT * FROM sns_emails ORDER BY n'),
    };
  }

  addTopic(arn: string): void {
    this.sql.addTopic.run(arn);
  }

  hasTopic(arn: string): boolean {
    return this.sql.topic.get(arn) !== undefined;
  }

  topics(): string[] {
    return this.sql.topics.all().map((row) => String(row.arn));
  }

  /** Adds a subscription, or finds the one with the same topic, protocol and endpoint. */
  subscribe(wanted: Subscription): Subscription {
    this.sql.subscribe.run(wanted.arn, wanted.topicArn, wanted.protocol, wanted.endpoint, wanted.raw ? 1 : 0);
    return toSubscription(this.sql.same.get(wanted.topicArn, wanted.protocol, wanted.endpoint) ?? {});
  }

  unsubscribe(arn: string): void {
    this.sql.unsubscribe.run(arn);
  }

  subscriptions(topicArn: string): Subscription[] {
    return this.sql.subscriptions.all(topicArn).map(toSubscription);
  }

  addSms(at: number, sms: { to: string; text: string; sender: string | undefined; segments: number }): void {
    this.sql.addSms.run(at, sms.to, sms.text, sms.sender ?? null, sms.segments);
  }

  sms(): Sms[] {
    return this.sql.sms.all().map((row) => ({
      n: Number(row.n),
      at: iso(row.at),
      to: String(row.receiver),
      text: String(row.text),
      ...(row.sender !== null && { sender: String(row.sender) }),
      segments: Number(row.segments),
    }));
  }

  addEmail(at: number, to: string, subject: string, text: string): void {
    this.sql.addEmail.run(at, to, subject, text);
  }

  emails(): EmailNotice[] {
    return this.sql.emails.all().map((row) => ({
      n: Number(row.n),
      at: iso(row.at),
      to: String(row.receiver),
      subject: String(row.subject),
      text: String(row.text),
    }));
  }
}
