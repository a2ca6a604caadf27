import * as z from 'zod/mini';
import { outboxIn, type SendingOutbox } from '../../adapters/dynamo/outbox.ts';
import { suppressionsIn } from '../../adapters/dynamo/suppressions.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { type LinkKeys, linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { NothingSent, type PostOffice, postOffice } from '../../adapters/ses/post-office.ts';
import { replyAddress } from '../../domain/contact/reply-address.ts';
import { isForTheTeam } from '../../domain/mail/audience.ts';
import { isLetter, type Letter } from '../../domain/mail/owed.ts';
import type { MailLocale } from '../../domain/mail/voice.ts';
import type { Suppressions, Tickets } from '../../domain/ports.ts';
import { tellNotSent } from '../../domain/ticket/acts/not-sent.ts';
import { contextNow, houseRules, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { eventHandler } from '../_shared/middleware.ts';
import { eachOrder } from '../_shared/orders.ts';
import { claimed, isOwed, isTooLate } from '../_shared/owed-mail.ts';
import { type Count, count, failure, logger } from '../_shared/telemetry.ts';
import { mailWords } from '../_shared/words/mail-words.ts';
import type { Words } from '../_shared/words/words.ts';
import { compose } from './compose.ts';
import { env } from './env.ts';

interface Deps extends Rules {
  outbox: SendingOutbox;
  tickets: Pick<Tickets, 'ledger' | 'record'>;
  suppressions: Suppressions;
  office: PostOffice;
  keys: () => Promise<LinkKeys>;
  deskAddress: string;
  words: Words<MailLocale>;
  count: Count;
}

const order = z.object({ key: z.string() });

/** Sends the mails that are owed, each once. A mail that could not be sent comes back by itself, not with its batch. */
export const build = (deps: Deps) =>
  eachOrder(
    async (body) => deliver(order.parse(body).key, deps),
    (error) => {
      logger.warn('A mail stays owed.', failure(error));
      deps.count('MailsPutOff');
    },
  );

const deliver = async (key: string, deps: Deps): Promise<void> => {
  const { outbox, suppressions, clock } = deps;
  const mail = await outbox.get(key);
  // A text message goes another way.
  if (!mail || !isOwed(mail) || !isLetter(mail)) return;
  if (await suppressions.has(mail.to.email)) {
    await tellTicket(mail, deps);
    await outbox.settle(key, { status: 'suppressed', why: 'address suppressed', at: clock.now() });
    deps.count('MailsSuppressed');
    return;
  }
  if (await isTooLate(mail, deps)) {
    await outbox.settle(key, { status: 'suppressed', why: 'answered meanwhile', at: clock.now() });
    deps.count('MailsSuppressed');
    return;
  }
  // Composed before it is claimed: what cannot be written does not hold a claim.
  const raw = await compose(await answerable(mail, deps), deps.deskAddress, deps.words, clock.now());
  const claimedAt = clock.now();
  if (!(await claimed(mail, claimedAt, outbox))) return;
  const messageId = await handOver({ mail, raw, claimedAt }, deps);
  await outbox.settle(key, { status: 'sent', messageId, at: clock.now() });
  deps.count('MailsSent');
};

/** The ticket first: once the mail is settled nobody comes back to it. What the team is told is no matter of the ticket. */
const tellTicket = async (mail: Letter, deps: Deps): Promise<void> => {
  if (mail.ticketId === undefined || isForTheTeam(mail.content)) return;
  const ledger = await deps.tickets.ledger(mail.ticketId);
  const reason = 'Mail came back from this address before, or was complained of: the desk writes to it no more.';
  const told = ledger && tellNotSent(ledger, mail, { why: 'address-suppressed', reason }, contextNow(deps));
  if (told) await deps.tickets.record(told);
};

/** Whatever the desk writes to a customer may be answered, and the answer finds its ticket. */
const answerable = async (mail: Letter, { keys, deskAddress }: Deps): Promise<Letter> => {
  const { ticketId } = mail;
  if (mail.replyTo !== undefined || ticketId === undefined || isForTheTeam(mail.content)) return mail;
  const [key] = await keys();
  return { ...mail, replyTo: replyAddress(ticketId, deskAddress, key) };
};

/** A claim is given back only when nothing was sent for certain; otherwise it is the Send event that tells. */
const handOver = async (
  { mail, raw, claimedAt }: { mail: Letter; raw: Uint8Array; claimedAt: string },
  { office, outbox, deskAddress }: Deps,
): Promise<string> => {
  try {
    return await office.send({ from: deskAddress, to: mail.to.email, raw, key: mail.key });
  } catch (error) {
    if (error instanceof NothingSent) await outbox.release(mail.key, claimedAt);
    throw error;
  }
};

export const handler = eventHandler(() => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    outbox: outboxIn(table),
    tickets: ticketsIn(table),
    suppressions: suppressionsIn(table),
    office: postOffice(given.CONFIGURATION_SET),
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    deskAddress: given.DESK_ADDRESS,
    words: mailWords,
    count,
  });
});
