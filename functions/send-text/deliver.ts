import type { SendingOutbox } from '../../adapters/dynamo/outbox.ts';
import { NoTextSent, TextRefused, type TextService } from '../../adapters/sns/text-service.ts';
import { isForTheTeam } from '../../domain/mail/audience.ts';
import { isText, type Text } from '../../domain/mail/owed.ts';
import type { MailLocale } from '../../domain/mail/voice.ts';
import type { Budgets, TextOptOuts, Tickets } from '../../domain/ports.ts';
import { renderText } from '../../domain/texts/render-text.ts';
import { tellNotSent } from '../../domain/ticket/acts/not-sent.ts';
import type { NotSent } from '../../domain/ticket/event.ts';
import { contextNow, type Rules } from '../_shared/desk.ts';
import { claimed, isOwed, isTooLate } from '../_shared/owed-mail.ts';
import type { Count } from '../_shared/telemetry.ts';
import type { Words } from '../_shared/words/words.ts';

export interface SendDeps extends Rules {
  tickets: Pick<Tickets, 'ledger' | 'record'>;
  outbox: SendingOutbox;
  textOptOuts: TextOptOuts;
  budgets: Budgets;
  service: TextService;
  words: Words<MailLocale>;
  count: Count;
}

/** Attempts whose end is unknown, after which the text counts as not sent: it may have gone out each time. */
const MOST_ATTEMPTS = 3;
/** Automatic texts to one customer in a day. What an agent wrote always goes, and so does what colleagues are told. */
const MOST_AUTOMATIC = 10;

/** Sends one owed text message, or settles why it does not go. */
export const deliver = async (key: string, deps: SendDeps): Promise<void> => {
  const { outbox, clock, words } = deps;
  const text = await outbox.get(key);
  if (!text || !isOwed(text) || !isText(text)) return;
  if (await isTooLate(text, deps))
    return outbox.settle(key, { status: 'suppressed', why: 'answered meanwhile', at: clock.now() });
  const refusal = await refusalOf(text, deps);
  if (refusal) return settle(text, refusal, deps);
  // Rendered before it is claimed: what cannot be written does not hold a claim.
  const said = renderText(text, words.in(text.locale), words.brand);
  const claimedAt = clock.now();
  if (!(await claimed(text, claimedAt, outbox))) return;
  try {
    const messageId = await deps.service.send({ to: text.to.phone, words: said });
    await outbox.settle(key, { status: 'sent', messageId, at: clock.now() });
    deps.count('TextsSent');
  } catch (error) {
    if (error instanceof TextRefused) return settle(text, NOT_TAKEN, deps);
    if (error instanceof NoTextSent) await outbox.release(key, claimedAt);
    throw error;
  }
};

interface Refusal {
  status: 'suppressed' | 'failed';
  why: NotSent;
  reason: string;
}

const NOT_TAKEN: Refusal = { status: 'failed', why: 'not-taken', reason: 'The number takes no text messages.' };

const refusalOf = async (text: Text, deps: SendDeps): Promise<Refusal | undefined> => {
  if (await deps.textOptOuts.has(text.to.phone))
    return { status: 'suppressed', why: 'texts-refused', reason: 'The number asked for no text messages.' };
  if (text.attempts >= MOST_ATTEMPTS)
    return { status: 'failed', why: 'not-taken', reason: `It is not known whether ${MOST_ATTEMPTS} attempts arrived.` };
  if (text.content.template === 'reply' || isForTheTeam(text.content) || text.attempts > 0) return undefined;
  const ledger = text.ticketId === undefined ? undefined : await deps.tickets.ledger(text.ticketId);
  if (!ledger || (await deps.budgets.take(ledger.ticket.customer.id, 'text', MOST_AUTOMATIC, deps.clock.now())))
    return undefined;
  return { status: 'suppressed', why: 'texts-refused', reason: 'The number has had enough text messages for a day.' };
};

/** The ticket first: once the text is settled nobody comes back to it. */
const settle = async (text: Text, { status, why, reason }: Refusal, deps: SendDeps): Promise<void> => {
  const ledger = text.ticketId === undefined ? undefined : await deps.tickets.ledger(text.ticketId);
  const told = ledger && tellNotSent(ledger, text, { why, reason }, contextNow(deps));
  if (told) await deps.tickets.record(told);
  await deps.outbox.settle(text.key, { status, why, at: deps.clock.now() });
  deps.count('TextsNotSent');
};
