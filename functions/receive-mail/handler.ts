import { customersIn } from '../../adapters/dynamo/customers.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { type RawMails, rawMailsIn } from '../../adapters/s3/raw-mail.ts';
import { type LinkKeys, linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { ConcurrentChange, RequestAlreadyTaken } from '../../domain/errors.ts';
import type { Receipt } from '../../domain/mail/incoming.ts';
import { type Parked, parkedBecause } from '../../domain/mail/parked.ts';
import { ticketMeant } from '../../domain/mail/ticket-meant.ts';
import { houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { eventHandler } from '../_shared/middleware.ts';
import { count, logger } from '../_shared/telemetry.ts';
import { env } from './env.ts';
import { addTo, type KeepDeps, openFrom } from './keep-mail.ts';
import { readMail } from './read-mail.ts';
import { readReceipts } from './ses-event.ts';

interface Deps extends KeepDeps {
  mails: RawMails;
  prefix: string;
  keys: () => Promise<LinkKeys>;
}

const ATTEMPTS = 4;

/** A mail becomes a ticket, or a message on the ticket it answers; a machine's mail becomes neither. */
export const build =
  (deps: Deps) =>
  async (event: unknown): Promise<void> => {
    for (const receipt of readReceipts(event)) await receive(receipt, deps);
  };

const receive = async (receipt: Receipt, deps: Deps): Promise<void> => {
  const raw = `${deps.prefix}${receipt.id}`;
  const mail = await readMail(await deps.mails.read(raw), raw);
  const parked = parkedBecause(receipt, mail, deps.deskAddress);
  if (parked) return park(receipt, parked, deps);
  const id = ticketMeant(receipt, mail, { keys: await deps.keys(), deskAddress: deps.deskAddress });
  for (let attempt = 1; ; attempt += 1) {
    const ledger = id === undefined ? undefined : await deps.tickets.ledger(id);
    // Its acknowledgement would go to somebody who may never have written.
    if (!ledger && receipt.unproven) return park(receipt, 'unproven', deps);
    try {
      await (ledger ? addTo(ledger, { receipt, mail, raw }, deps) : openFrom({ receipt, mail, raw }, deps));
      return;
    } catch (error) {
      if (error instanceof RequestAlreadyTaken) return;
      if (!(error instanceof ConcurrentChange) || attempt === ATTEMPTS) throw error;
    }
  }
};

const park = ({ id }: Receipt, why: Parked, { count }: Deps): void => {
  logger.info('A mail was parked.', { mail: id, why });
  count('MailsParked');
};

export const handler = eventHandler(() => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    tickets: ticketsIn(table),
    customers: customersIn(table),
    mails: rawMailsIn(given.MAIL_BUCKET),
    prefix: given.MAIL_PREFIX,
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    deskAddress: given.DESK_ADDRESS,
    count,
  });
});
