import { randomBytes } from 'node:crypto';
import type { Aws, Caller } from '../aws/contract.ts';
import { codeOf, messageOf, nextAttempt } from '../edge/backoff.ts';
import { type Job, Outbox } from '../edge/outbox.ts';
import type { Say } from '../edge/say.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { inTransaction } from '../kernel/store.ts';
import { bounceNotice } from './bounce-notice.ts';
import { readMail } from './mail.ts';
import { ALL_PASS, asStored, type Received, receiptFacts, type Verdicts } from './receipt-event.ts';
import type { ReceiptRules, ReceiptStep } from './receipt-rules.ts';

/** A mail that arrives. */
export interface Incoming {
  /** Envelope sender; empty for a bounce. */
  from: string;
  /** Envelope recipients. */
  to: string[];
  raw: Buffer;
  verdicts?: Partial<Verdicts>;
}

export type Receipt = { accepted: true; messageId: string; refused: string[] } | { accepted: false; reason: string };

interface Owed {
  mail: Received;
  steps: ReceiptStep[];
  /** The step to do next; a crash goes on from here. */
  next: number;
}

/** Largest inbound mail with its headers (SES quotas). */
export const INBOUND_LIMIT = 40 * 1024 * 1024;
/** Content of an SNS action. */
const NOTICE_LIMIT = 150 * 1024;
const RETRY = { maximumRetryAttempts: 100, maximumEventAgeSeconds: 4 * 3600 };

/**
 * Mail receiving by the active rule set. An accepted mail is stored with what is owed for it in one transaction; then its
 * actions run in order, each at least once.
 */
export class Inbound {
  private readonly kernel: Kernel;
  private readonly aws: Aws;
  private readonly rules: ReceiptRules;
  private readonly outbox: Outbox<Owed>;
  private readonly sql;

  constructor(parts: { kernel: Kernel; aws: Aws; rules: ReceiptRules; say: Say }) {
    const { kernel, say } = parts;
    this.kernel = kernel;
    this.aws = parts.aws;
    this.rules = parts.rules;
    kernel.store.exec('CREATE TABLE IF NOT EXISTS ses_inbound (message_id TEXT PRIMARY KEY, raw BLOB NOT NULL)');
    this.sql = {
      add: kernel.store.prepare('INSERT INTO ses_inbound (message_id, raw) VALUES (?, ?)'),
      get: kernel.store.prepare('SELECT raw FROM ses_inbound WHERE message_id = ?'),
      remove: kernel.store.prepare('DELETE FROM ses_inbound WHERE message_id = ?'),
    };
    this.outbox = new Outbox<Owed>({
      kernel,
      table: 'ses_inbound_owed',
      run: (job) => this.run(job),
      retryAt: (job, error) => nextAttempt(RETRY, job, kernel.clock.now(), error),
      abandon: ({ payload: { mail, steps, next } }, error) =>
        say(
          `ses: ${steps[next]?.action.type} for the mail ${mail.messageId} failed: ${codeOf(error)}: ${messageOf(error)}`,
        ),
    });
  }

  start(): void {
    this.outbox.start();
  }

  stop(): void {
    this.outbox.stop();
  }

  accepts(address: string): boolean {
    return this.rules.accepts(address);
  }

  /** Accepts the mail for those recipients a rule fits; when it returns, the mail is kept. */
  receive({ from, to, raw, verdicts }: Incoming): Receipt {
    if (raw.length > INBOUND_LIMIT) return { accepted: false, reason: '552 5.3.4 Message size exceeds 40 MB' };
    const recipients = to.filter((address) => this.accepts(address));
    const refused = to.filter((address) => !recipients.includes(address));
    const steps = this.rules.stepsFor(recipients);
    if (recipients.length === 0) {
      return { accepted: false, reason: '550 5.1.1 Requested action not taken: mailbox unavailable' };
    }
    const messageId = randomBytes(20).toString('hex');
    const at = this.kernel.clock.now();
    const mail: Received = { messageId, from, recipients, at, verdicts: { ...ALL_PASS, ...verdicts } };
    inTransaction(this.kernel.store, () => {
      this.sql.add.run(messageId, raw);
      this.outbox.owe({ mail, steps, next: 0 });
    });
    return { accepted: true, messageId, refused };
  }

  private async run(job: Job<Owed>): Promise<void> {
    const { payload } = job;
    const { mail, steps } = payload;
    const stored = asStored(this.raw(mail.messageId), mail);
    const { common } = await readMail(stored);
    while (payload.next < steps.length) {
      const step = steps[payload.next];
      if (step) await this.act(step, stored, receiptFacts(stored, common, mail, step.recipients, step.action), mail);
      payload.next += 1;
      this.outbox.progress(job.id, payload);
    }
    this.sql.remove.run(mail.messageId);
  }

  private raw(messageId: string): Buffer {
    const raw = this.sql.get.get(messageId)?.raw;
    return Buffer.from(raw instanceof Uint8Array ? raw : []);
  }

  private async act(
    step: ReceiptStep,
    stored: Buffer,
    facts: ReturnType<typeof receiptFacts>,
    mail: Received,
  ): Promise<void> {
    const { action } = step;
    const caller: Caller = { kind: 'service', principal: 'ses.amazonaws.com', sourceArn: step.ruleArn };
    switch (action.type) {
      case 'S3':
        await this.aws.call(
          's3',
          'PutObject',
          { Bucket: action.bucketName, Key: `${action.prefix}${mail.messageId}`, Body: stored },
          caller,
        );
        break;
      case 'Lambda': {
        const record = { eventSource: 'aws:ses', eventVersion: '1.0', ses: facts };
        const Payload = Buffer.from(JSON.stringify({ Records: [record] }));
        await this.aws.call(
          'lambda',
          'Invoke',
          { FunctionName: action.functionArn, InvocationType: 'Event', Payload },
          caller,
        );
        break;
      }
      case 'SNS':
        await this.notify(action.topicArn, { ...facts, content: content(stored) }, caller);
        return;
      case 'Bounce':
        if (mail.from === '') return;
        await this.aws.call('ses', 'SendRawEmail', bounceNotice(action, mail, step.recipients), caller);
        return;
    }
    if (action.topicArn) await this.notify(action.topicArn, facts, caller);
  }

  private async notify(topicArn: string, facts: Record<string, unknown>, caller: Caller): Promise<void> {
    const Message = JSON.stringify({ notificationType: 'Received', ...facts });
    await this.aws.call(
      'sns',
      'Publish',
      { TopicArn: topicArn, Subject: 'Amazon SES Email Receipt Notification', Message },
      caller,
    );
  }
}

const content = (stored: Buffer): string => {
  if (stored.length > NOTICE_LIMIT) throw new Error('the mail is larger than the 150 KB an SNS action can carry');
  return stored.toString('utf8');
};
