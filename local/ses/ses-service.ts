import {
  ACCOUNT,
  type Aws,
  AwsError,
  type AwsRequest,
  type AwsService,
  type Permission,
  REGION,
} from '../aws/contract.ts';
import { codeOf, messageOf, nextAttempt } from '../edge/backoff.ts';
import { inputOf, refuse } from '../edge/input.ts';
import { type Job, Outbox } from '../edge/outbox.ts';
import { type Say, sayOnStderr } from '../edge/say.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { inTransaction } from '../kernel/store.ts';
import type { Deployment } from '../template/contract.ts';
import { bare, domainOf } from './addresses.ts';
import { type Fate, fateOf } from './fate.ts';
import { Inbound, type Incoming, type Receipt } from './inbound.ts';
import { type CapturedMail, readMail } from './mail.ts';
import { headersOf } from './mail-headers.ts';
import { MailTable } from './mail-table.ts';
import { outOfOffice } from './out-of-office.ts';
import {
  asSent,
  checkOutgoing,
  newMessageId,
  type Outgoing,
  outgoingRaw,
  outgoingSimple,
  rawSchema,
  simpleSchema,
} from './outgoing.ts';
import { readReceiptRules } from './receipt-rules.ts';
import { identityArn, type SendingEvent, type SentFacts, sendingEvents } from './sending-events.ts';
import { notVerified, readSendingTemplate, type SendingTemplate } from './sending-template.ts';

const INVALID = 'ValidationError';
const DAY_MS = 86_400_000;
/** Events and automatic answers are told for a day before they are given up. */
const RETRY = { maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 };

interface Owed {
  /** Events to publish, in order, each to its bus. */
  events: Array<{ busArn: string; event: SendingEvent; identity: string; at: number }>;
  /** Mails that come back to the sender. */
  answers: Array<{ from: string; to: string; raw: string }>;
  /** How many of both are done. */
  done: number;
}

/** SES: mail out is captured and its events published; mail in goes through the template's receipt rules. */
export class SesService implements AwsService {
  readonly name = 'ses';
  readonly operations = ['SendRawEmail', 'SendEmail', 'GetSendQuota'];
  private readonly kernel: Kernel;
  private readonly aws: Aws;
  private readonly meter: { mail(): void } | undefined;
  private readonly table: MailTable;
  private readonly outbox: Outbox<Owed>;
  private readonly inbound: Inbound;
  private readonly sending: SendingTemplate;

  constructor(parts: { kernel: Kernel; aws: Aws; deployment: Deployment; meter?: { mail(): void }; say?: Say }) {
    const { kernel, aws, deployment, meter, say = sayOnStderr } = parts;
    this.kernel = kernel;
    this.aws = aws;
    this.meter = meter;
    this.table = new MailTable(kernel.store);
    this.sending = readSendingTemplate(deployment, say);
    this.inbound = new Inbound({ kernel, aws, rules: readReceiptRules(deployment, say), say });
    this.outbox = new Outbox<Owed>({
      kernel,
      table: 'ses_owed',
      run: (job) => this.tell(job),
      retryAt: (job, error) => nextAttempt(RETRY, job, kernel.clock.now(), error),
      abandon: (_job, error) => say(`ses: a sending event was lost: ${codeOf(error)}: ${messageOf(error)}`),
    });
  }

  async start(): Promise<void> {
    this.outbox.start();
    this.inbound.start();
  }

  async stop(): Promise<void> {
    this.outbox.stop();
    this.inbound.stop();
  }

  /** Every mail sent so far, numbered from 1. */
  mails(): CapturedMail[] {
    return this.table.list();
  }

  /** A sent mail as its recipients got it. */
  rawMail(n: number): Buffer | undefined {
    return this.table.raw(n);
  }

  /** From now on mail to the address meets this fate; undefined: its own again. */
  setFate(address: string, fate: Fate | undefined): void {
    this.table.setFate(address, fate);
  }

  /** Whether a receipt rule takes mail for the address. */
  accepts(address: string): boolean {
    return this.inbound.accepts(address);
  }

  /** A mail arrives; when this returns `accepted`, it is kept and its actions are under way. */
  receive(mail: Incoming): Receipt {
    return this.inbound.receive(mail);
  }

  permissions({ operation, input }: AwsRequest): Permission[] {
    if (operation === 'GetSendQuota') return [{ action: 'ses:GetSendQuota', resource: '*' }];
    const action = `ses:${operation}`;
    const mail = this.peek(operation, input);
    const set = mail?.configurationSet;
    const context = { 'ses:FromAddress': mail?.source ?? '' };
    return [
      // What names no sender is of no identity; it is refused as such once its caller may send at all.
      { action, resource: mail?.source ? this.arnFor(mail.source) : '*', context },
      ...(set ? [{ action, resource: `arn:aws:ses:${REGION}:${ACCOUNT}:configuration-set/${set}`, context }] : []),
    ];
  }

  async handle(request: AwsRequest): Promise<Record<string, unknown>> {
    switch (request.operation) {
      case 'SendRawEmail':
        return this.send(outgoingRaw(inputOf(rawSchema, request, INVALID)), request);
      case 'SendEmail':
        return this.send(await outgoingSimple(inputOf(simpleSchema, request, INVALID)), request);
      case 'GetSendQuota': {
        const sent = this.table.countSince(this.kernel.clock.now() - DAY_MS);
        return { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: sent };
      }
      default:
        throw refuse(`ses ${request.operation}`);
    }
  }

  /** Who sends with which set, as far as it can be read before the input is checked. */
  private peek(
    operation: string,
    input: Record<string, unknown>,
  ): Pick<Outgoing, 'source' | 'configurationSet'> | undefined {
    if (operation === 'SendRawEmail') {
      const read = rawSchema.safeParse(input);
      return read.success ? outgoingRaw(read.data) : undefined;
    }
    const read = simpleSchema.safeParse(input);
    return read.success
      ? { source: bare(read.data.Source), configurationSet: read.data.ConfigurationSetName }
      : undefined;
  }

  private arnFor(address: string): string {
    return identityArn(this.sending.identityFor(address) ?? domainOf(address));
  }

  private async send(mail: Outgoing, request: AwsRequest): Promise<Record<string, unknown>> {
    checkOutgoing(mail);
    const set = mail.configurationSet;
    if (set !== undefined && !this.sending.hasConfigurationSet(set)) {
      throw new AwsError('ConfigurationSetDoesNotExist', `Configuration set <${set}> does not exist.`);
    }
    const unverified = mail.senders.filter((address) => this.sending.identityFor(address) === undefined);
    if (unverified.length > 0) throw notVerified(unverified);

    const now = this.kernel.clock.now();
    const messageId = newMessageId(now);
    const raw = asSent(mail.raw, messageId, now);
    const read = await readMail(raw);
    const facts = this.facts(mail, request, { messageId, now, raw, common: read.common });
    const fates = new Map(mail.destinations.map((address) => [address, fateOf(address, this.table.fate(address))]));
    const key = mail.tags.find(({ Name }) => Name === 'key')?.Value;
    const owed = this.owed(mail, facts, fates, raw, now);
    inTransaction(this.kernel.store, () => {
      this.table.add({ messageId, at: now, destinations: mail.destinations, key, raw, read });
      if (owed.events.length + owed.answers.length > 0) this.outbox.owe(owed);
    });
    for (const _ of mail.destinations) this.meter?.mail();
    return { MessageId: messageId };
  }

  private facts(
    mail: Outgoing,
    { caller }: AwsRequest,
    sent: { messageId: string; now: number; raw: Buffer; common: SentFacts['commonHeaders'] },
  ): SentFacts {
    const set = mail.configurationSet;
    return {
      timestamp: new Date(sent.now).toISOString(),
      source: mail.source,
      sourceArn: this.arnFor(mail.source),
      sendingAccountId: ACCOUNT,
      messageId: sent.messageId,
      destination: mail.destinations,
      headersTruncated: false,
      headers: headersOf(sent.raw),
      commonHeaders: { ...sent.common, messageId: sent.messageId },
      tags: {
        'ses:operation': [mail.operation],
        ...(set !== undefined && { 'ses:configuration-set': [set] }),
        'ses:source-ip': ['127.0.0.1'],
        'ses:from-domain': [domainOf(mail.source)],
        'ses:caller-identity': [caller.kind === 'role' ? (caller.roleArn.split('/').at(-1) ?? '') : 'root'],
        ...Object.fromEntries(mail.tags.map(({ Name, Value }) => [Name, [Value]])),
      },
    };
  }

  private owed(mail: Outgoing, facts: SentFacts, fates: Map<string, Fate>, raw: Buffer, now: number): Owed {
    const destinations = mail.configurationSet === undefined ? [] : this.sending.destinations(mail.configurationSet);
    const events = sendingEvents(facts, fates, facts.timestamp).flatMap((event) =>
      destinations
        .filter(({ types }) => types.includes(event.type.toLowerCase()))
        .map(({ busArn }) => ({ busArn, event, identity: facts.sourceArn, at: now })),
    );
    const away = [...fates].filter(([, fate]) => fate === 'out-of-office').map(([address]) => address);
    const answers = away
      .filter(() => this.accepts(mail.source))
      .map((from) => ({ from, to: mail.source, raw: outOfOffice(raw, from, mail.source).toString('base64') }));
    return { events, answers, done: 0 };
  }

  /** Publishes the events in order, then hands in the automatic answers; a restart goes on behind the last one done. */
  private async tell(job: Job<Owed>): Promise<void> {
    const { payload } = job;
    const acts = [
      ...payload.events.map((each) => () => this.publish(each)),
      ...payload.answers.map((each) => async () => {
        this.receive({ from: each.from, to: [each.to], raw: Buffer.from(each.raw, 'base64') });
      }),
    ];
    for (const act of acts.slice(payload.done)) {
      await act();
      payload.done += 1;
      this.outbox.progress(job.id, payload);
    }
  }

  private async publish({ busArn, event, identity, at }: Owed['events'][number]): Promise<void> {
    const entry = {
      EventBusName: busArn,
      Source: 'aws.ses',
      DetailType: event.detailType,
      Detail: JSON.stringify(event.detail),
      Resources: [identity],
      Time: new Date(at),
    };
    const caller = { kind: 'service', principal: 'ses.amazonaws.com' } as const;
    const answer = await this.aws.call('events', 'PutEvents', { Entries: [entry] }, caller);
    if (answer.FailedEntryCount !== 0) throw new AwsError('InternalFailure', 'EventBridge did not take the event', 500);
  }
}
