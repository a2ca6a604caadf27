import type { ErasedFiles } from '../../adapters/s3/erased-files.ts';
import { noticeKey } from '../../domain/feedback/tell-lead.ts';
import type { Category } from '../../domain/policy.ts';
import type { Feedbacks, ParkedMails, PersonalData, Queues, Tickets } from '../../domain/ports.ts';
import { erasedAsk, erasedFeedback } from '../../domain/privacy/erased.ts';
import type { Counts, ErasureRequest } from '../../domain/privacy/request.ts';
import { assertNever } from '../../domain/support/exhaustive.ts';
import type { Rules } from '../_shared/desk.ts';
import type { Surveys } from '../_shared/surveys.ts';
import { eraseMessages, eraseTicket } from './erase-ticket.ts';

export interface PartDeps extends Rules {
  tickets: Tickets;
  queues: Pick<Queues, 'ofCustomer'>;
  parked: Pick<ParkedMails, 'list'>;
  feedbacks: Pick<Feedbacks, 'ofCustomer' | 'keep'>;
  data: PersonalData;
  files: ErasedFiles;
  surveys: Pick<Surveys, 'named'>;
  categories: readonly Category[];
}

/** What was done, and where the step goes on; without a place it is through. */
export interface Part {
  erased: Partial<Counts>;
  place?: NonNullable<ErasureRequest['place']>;
}

/** Tickets erased in one part: even with long conversations it ends well before the function's timeout. */
const TICKETS = 10;
const PARKED = 100;

/** One part of the step that the request has come to. Everything of it may have been done before. */
export const takePart = async (request: ErasureRequest, deps: PartDeps): Promise<Part> => {
  switch (request.step) {
    case 'customer':
      return eraseCustomers(request, deps);
    case 'tickets':
      return eraseSomeTickets(request, deps);
    case 'elsewhere':
      return { erased: await eraseMessages(await deps.data.writtenBy(request.identities), deps) };
    case 'parked':
      return eraseParked(request, deps);
    default:
      return assertNever(request.step);
  }
};

/** What is kept beside the tickets: what they were asked and answered, and how often. */
const eraseCustomers = async ({ customers }: ErasureRequest, { data, feedbacks, surveys }: PartDeps): Promise<Part> => {
  let mails = 0;
  for (const customer of customers) {
    for (const before of await data.asksOf(customer)) {
      if (before.status === 'skipped') continue;
      const after = erasedAsk(before, surveys.named(before.survey));
      if (after) await data.replaceAsk(before, after);
      mails += await data.forgetMails([before.mail]);
    }
    for (const before of await feedbacks.ofCustomer(customer)) {
      const after = erasedFeedback(before, before.survey === undefined ? undefined : surveys.named(before.survey));
      if (after) await feedbacks.keep({ before, after });
      mails += await data.forgetMails([noticeKey(before.id)]);
    }
    await data.forgetTraces(customer);
  }
  return { erased: { mails } };
};

/** The newest first, customer by customer; the list stays, since tickets keep their customer's id. */
const eraseSomeTickets = async (request: ErasureRequest, deps: PartDeps): Promise<Part> => {
  const { customer, next } = request.place ?? { customer: 0 };
  const id = request.customers[customer];
  if (id === undefined) return { erased: {} };
  const page = await deps.queues.ofCustomer(id, { limit: TICKETS, ...(next !== undefined && { next }) });
  const erased: Counts = { tickets: 0, messages: 0, files: 0, mails: 0 };
  for (const ticket of page.tickets) {
    const done = await eraseTicket(ticket.id, request, deps);
    for (const name of ['tickets', 'messages', 'files', 'mails'] as const) erased[name] += done[name] ?? 0;
  }
  if (page.next !== undefined) return { erased, place: { customer, next: page.next } };
  return customer + 1 < request.customers.length ? { erased, place: { customer: customer + 1 } } : { erased };
};

/** Mails that made no ticket, by whom they are from. */
const eraseParked = async (
  { identities, place }: ErasureRequest,
  { parked, data, files, clock }: PartDeps,
): Promise<Part> => {
  const page = await parked.list(
    { limit: PARKED, ...(place?.next !== undefined && { next: place.next }) },
    clock.now(),
  );
  const theirs = page.parked.filter((mail) => data.sentBy(identities, mail));
  // The file first: once the entry is gone, nothing leads to it.
  await files.remove(theirs.map(({ raw }) => raw));
  for (const { id } of theirs) await data.forgetParked(id);
  return {
    erased: { mails: theirs.length, files: theirs.length },
    ...(page.next !== undefined && { place: { customer: 0, next: page.next } }),
  };
};
