import { erasedEvent, erasedMessage, erasedSurvey, filesOf, hasWords } from '../../domain/privacy/erased.ts';
import type { Counts, ErasureRequest } from '../../domain/privacy/request.ts';
import { eraseTicket as erased } from '../../domain/ticket/acts/erase.ts';
import type { TicketEvent } from '../../domain/ticket/event.ts';
import type { Message } from '../../domain/ticket/message.ts';
import type { TicketId } from '../../domain/ticket/ticket.ts';
import { contextNow, ledgerOf } from '../_shared/desk.ts';
import { untilStored } from '../_shared/until-stored.ts';
import type { PartDeps } from './take-part.ts';

/**
 * Erases one ticket of the person. It is closed first, so that nobody writes on while its words are taken away; what was
 * written by the person on tickets that it was joined with goes too, and nothing else there.
 */
export const eraseTicket = async (
  id: TicketId,
  { id: erasure, by, customers }: ErasureRequest,
  deps: PartDeps,
): Promise<Partial<Counts>> => {
  const { tickets, data, surveys } = deps;
  const closed = await untilStored(async () => {
    const change = erased(await ledgerOf(tickets, id), { erasure, by, unsorted: unsortedIn(deps) }, contextNow(deps));
    if (change) await tickets.record(change);
    return change !== undefined;
  });

  const { ticket, events } = await ledgerOf(tickets, id);
  const said = await eraseMessages(await tickets.messages(id), deps);
  for (const event of events) {
    const left = erasedEvent(event);
    if (left) await data.replaceEvent(left, ticket);
  }
  const asked = await data.surveysOf(id);
  for (const before of asked) {
    const after = erasedSurvey(before, surveys.named(before.survey));
    if (after) await data.replaceSurvey(before, after);
  }
  const mails = await data.forgetMails(mailsOf(events));

  const authors = new Set(customers.map((customer) => `customer:${customer}`));
  for (const other of joinedWith(events)) {
    const written = (await tickets.messages(other)).filter(({ author }) => authors.has(author));
    const there = await eraseMessages(written, deps);
    said.messages += there.messages;
    said.files += there.files;
  }
  return { ...said, tickets: closed ? 1 : 0, mails };
};

/** The files first: once a message does not name them any more, nothing leads to them. */
export const eraseMessages = async (
  messages: readonly Message[],
  { data, files }: Pick<PartDeps, 'data' | 'files'>,
): Promise<Pick<Counts, 'messages' | 'files'>> => {
  const held = messages.filter(hasWords);
  const keys = held.flatMap(filesOf);
  await files.remove(keys);
  for (const message of held) await data.replaceMessage(erasedMessage(message));
  return { messages: held.length, files: keys.length };
};

const mailsOf = (events: readonly TicketEvent[]): string[] =>
  events.flatMap((event) => [
    ...(event.mails ?? []),
    ...('mail' in event && event.mail !== undefined ? [event.mail] : []),
  ]);

/** Tickets that this one became a part of, or that messages of it were taken to. */
const joinedWith = (events: readonly TicketEvent[]): Set<TicketId> => {
  const others = new Set<TicketId>();
  for (const event of events) {
    if (event.type === 'merged' && event.into !== undefined) others.add(event.into);
    if ((event.type === 'split' || event.type === 'message-moved') && event.to !== undefined) others.add(event.to);
  }
  return others;
};

/** Where triage puts what no rule fits. */
const unsortedIn = ({ categories, policy }: Pick<PartDeps, 'categories' | 'policy'>) => {
  const rest = categories.find(({ id }) => id === 'other');
  const tier = rest && policy.groups[rest.group]?.tier;
  if (rest === undefined || tier === undefined) throw new Error('desk/categories.yaml has no category "other".');
  return { category: rest.id, group: rest.group, tier };
};
