import { capsIn } from '../../adapters/dynamo/caps.ts';
import { customersIn } from '../../adapters/dynamo/customers.ts';
import { outboxIn } from '../../adapters/dynamo/outbox.ts';
import { parkedMailsIn } from '../../adapters/dynamo/parked-mails.ts';
import { personsIn } from '../../adapters/dynamo/persons.ts';
import { suppressionsIn } from '../../adapters/dynamo/suppressions.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { mailStoreIn } from '../../adapters/s3/mail-store.ts';
import { linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { RequestAlreadyTaken } from '../../domain/errors.ts';
import type { Receipt } from '../../domain/mail/incoming.ts';
import { type Parked, parkedBecause } from '../../domain/mail/parked.ts';
import { readReturned } from '../../domain/mail/returned/read-returned.ts';
import type { Caps } from '../../domain/ports.ts';
import { houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { eventHandler } from '../_shared/middleware.ts';
import { count } from '../_shared/telemetry.ts';
import { env } from './env.ts';
import { hearReport, type ReportDeps } from './hear-report.ts';
import { mailRequestKey, openFrom, type Received } from './keep-mail.ts';
import { type ParkDeps, park } from './park-mail.ts';
import { readRaw } from './read-raw.ts';
import { mayBeAcknowledged, mayOpen } from './sender-caps.ts';
import { readReceipts } from './ses-event.ts';
import { type ThreadDeps, toItsTicket } from './to-its-ticket.ts';

export interface Deps extends ThreadDeps, ReportDeps, ParkDeps {
  caps: Caps;
  prefix: string;
}

/** A mail becomes a ticket, or a message on the ticket it answers; a machine's mail is parked. Nothing is lost. */
export const build =
  (deps: Deps) =>
  async (event: unknown): Promise<void> => {
    for (const receipt of readReceipts(event)) await receive(receipt, deps);
  };

const receive = async (receipt: Receipt, deps: Deps): Promise<void> => {
  const raw = `${deps.prefix}${receipt.id}`;
  const received = await readRaw(receipt, raw, deps);
  // The delivery comes again, and the mail may be there by then.
  if (!received) throw new Error(`There is no mail ${raw}.`);
  if (await isKnown(received, deps)) return;
  if (!('mail' in received)) return park(received, 'unreadable', deps);
  const { deskAddress, policy } = deps;
  const why = parkedBecause(receipt, received.mail, { deskAddress, forwarders: policy.mailForwarders });
  if (why === undefined) return keep(received, deps);
  if (why === 'bounce' || why === 'complaint') {
    const report = readReturned(why, received.mail, { keys: await deps.keys(), deskAddress });
    if (report) await hearReport(report, deps);
  }
  return setAside(received, why, deps);
};

/**
 * Asked before anything is counted: a mail that comes again must not use up what its sender may do. What was parked because
 * nothing proved its sender is taken again when it comes by a way that does.
 */
const isKnown = async ({ id, receipt }: Pick<Received, 'id' | 'receipt'>, deps: Deps): Promise<boolean> => {
  const now = deps.clock.now();
  const taken = await deps.tickets.request(mailRequestKey(id));
  if (taken !== undefined && taken.expiresAt >= now) return true;
  const parked = await deps.parked.get(id, now);
  return (
    parked !== undefined && parked.receipt.unproven === receipt.unproven && parked.receipt.harmful === receipt.harmful
  );
};

const keep = async (received: Received, deps: Deps): Promise<void> => {
  try {
    const found = await toItsTicket(received, deps);
    if (found === 'kept') return;
    // Its acknowledgement would go to somebody who may never have written.
    if (received.receipt.unproven || received.mail.ambiguous === true) return setAside(received, 'unproven', deps);
    if (!(await mayOpen(received, deps))) return setAside(received, 'too-many', deps);
    const noReceipt = !(await mayBeAcknowledged(received, deps));
    await openFrom({ ...received, noReceipt }, deps, found?.followUpOf);
  } catch (error) {
    if (!(error instanceof RequestAlreadyTaken)) throw error;
  }
};

const setAside = ({ mail, ...received }: Received, why: Parked, deps: Deps): Promise<void> => {
  const { id, raw, receipt } = received;
  return park({ id, raw, receipt, from: mail.from, subject: mail.subject }, why, deps);
};

export const handler = eventHandler(() => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    tickets: ticketsIn(table),
    customers: customersIn(table),
    persons: personsIn(table),
    outbox: outboxIn(table),
    suppressions: suppressionsIn(table),
    parked: parkedMailsIn(table),
    caps: capsIn(table),
    store: mailStoreIn(given.MAIL_BUCKET),
    prefix: given.MAIL_PREFIX,
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    deskAddress: given.DESK_ADDRESS,
    count,
  });
});
