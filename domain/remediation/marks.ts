import type { Instant } from '../support/time.ts';
import { answeredBy, type Caused } from '../ticket/event.ts';
import {
  type AgentId,
  isPlaced,
  type PartsRecovery,
  type Recovery,
  type Ticket,
  type TicketId,
  type TicketRemediation,
} from '../ticket/ticket.ts';

/** What is put right on a ticket: its own low answer, and those of its parts. */
export const recoveriesOn = ({ remediation, putsRight = [] }: Ticket): Recovery[] =>
  remediation?.state === 'open' ? [remediation, ...putsRight] : putsRight;

/** How far the work for a ticket has come on the one where it is done: itself, or the one it became a part of. */
export const recoveryOf = (host: Ticket, ticketId: TicketId): Recovery | undefined => {
  if (host.id !== ticketId) return host.putsRight?.find(({ ticket }) => ticket === ticketId);
  return host.remediation?.state === 'open' ? host.remediation : undefined;
};

/** Agents to whom no rule gives the ticket, since they were rated low on it. */
export const notToOf = (ticket: Ticket): AgentId[] =>
  recoveriesOn(ticket).flatMap(({ notTo }) => (notTo === undefined ? [] : [notTo]));

/**
 * When a person last answered since the work began. A recovery stored before this was noted has the first reply of the
 * cycle that was opened for it.
 */
const answeredAt = (ticket: Ticket, recovery: Recovery): Instant | undefined => {
  if (recovery.answeredAt !== undefined || recovery !== ticket.remediation) return recovery.answeredAt;
  const { cycle, recoveryCycle } = ticket.remediation;
  return isPlaced(ticket) && ticket.cycle === recoveryCycle && recoveryCycle > cycle
    ? ticket.firstRepliedAt
    : undefined;
};

/** A recovery that starts over: only an answer given after the last resolution still counts. */
export const begunAnew = (host: Ticket, ticketId: TicketId, recoveryCycle: number): Ticket => {
  const anew = <R extends Recovery>(recovery: R): R => {
    const { answeredAt, solvedAt } = recovery;
    const next = { ...recovery };
    delete next.solvedAt;
    if (answeredAt !== undefined && solvedAt !== undefined && answeredAt <= solvedAt) delete next.answeredAt;
    return next;
  };
  const { remediation, putsRight } = host;
  if (host.id === ticketId)
    return remediation === undefined ? host : { ...host, remediation: { ...anew(remediation), recoveryCycle } };
  return { ...host, putsRight: (putsRight ?? []).map((part) => (part.ticket === ticketId ? anew(part) : part)) };
};

/** The ticket without the recovery of that part. */
export const withoutPart = (host: Ticket, ticketId: TicketId): Ticket =>
  withParts(
    host,
    (host.putsRight ?? []).filter(({ ticket }) => ticket !== ticketId),
  );

/** What is put right on a ticket that becomes a part of another: its own low answer and those of its own parts. */
export const partsOf = (ticket: Ticket): PartsRecovery[] => {
  const { id, remediation, putsRight = [] } = ticket;
  const own = remediation?.state === 'open' ? [ownAsPart(ticket, remediation)] : [];
  return [...own, ...putsRight.map((part) => ({ ...part, through: [...part.through, id] }))];
};

const ownAsPart = (ticket: Ticket, remediation: TicketRemediation): PartsRecovery => {
  const { cycle, notTo, solvedAt } = remediation;
  const answered = answeredAt(ticket, remediation);
  return {
    ticket: ticket.id,
    through: [ticket.id],
    cycle,
    ...(notTo !== undefined && { notTo }),
    ...(answered !== undefined && { answeredAt: answered }),
    ...(solvedAt !== undefined && { solvedAt }),
  };
};

/** A ticket with these of its parts put right on it, and no others. */
export const withParts = <T extends Ticket>(ticket: T, parts: PartsRecovery[]): T => {
  const next = { ...ticket };
  delete next.putsRight;
  return parts.length === 0 ? next : { ...next, putsRight: parts };
};

/**
 * A ticket that stops being a part of `from`, with the progress made there on its own recovery and those of its parts.
 */
export const takenBack = <T extends Ticket>(ticket: T, from: Ticket): T => {
  const { remediation } = ticket;
  const came = (from.putsRight ?? []).filter(({ through }) => through.at(-1) === ticket.id);
  const own = came.find((part) => part.ticket === ticket.id);
  const parts = came.filter((part) => part !== own).map((part) => ({ ...part, through: part.through.slice(0, -1) }));
  if (remediation === undefined || own === undefined) return withParts(ticket, parts);
  const { ticket: _, through, ...progress } = own;
  return withParts({ ...ticket, remediation: { ...remediation, ...progress } }, parts);
};

/** The survivor without what came to it through that part. */
export const givenBack = <T extends Ticket>(survivor: T, part: TicketId): T =>
  withParts(
    survivor,
    (survivor.putsRight ?? []).filter(({ through }) => through.at(-1) !== part),
  );

/** Whether an unhappy customer has had no answer yet: resolving the ticket would put nothing right. */
export const isOwedAnAnswer = (ticket: Ticket): boolean =>
  recoveriesOn(ticket).some((recovery) => answeredAt(ticket, recovery) === undefined);

/**
 * The ticket with what has just happened noted on its recoveries, so that no act can forget it: a person's answer, a
 * resolution after one, and a reopening, after which earlier answers no longer count.
 */
export const withProgress = (ticket: Ticket, notes: readonly Caused[], now: Instant): Ticket => {
  const { remediation, putsRight } = ticket;
  if (recoveriesOn(ticket).length === 0) return ticket;
  const progress = <R extends Recovery>(recovery: R): R => {
    const known = answeredAt(ticket, recovery);
    let next: R = known === undefined ? recovery : { ...recovery, answeredAt: known };
    for (const note of notes) next = after(next, note, now);
    return next;
  };
  return {
    ...ticket,
    ...(remediation?.state === 'open' && { remediation: progress(remediation) }),
    ...(putsRight !== undefined && { putsRight: putsRight.map(progress) }),
  };
};

const after = <R extends Recovery>(recovery: R, note: Caused, now: Instant): R => {
  if (answeredBy(note) !== undefined) return { ...recovery, answeredAt: now };
  if (note.type === 'resolved' || note.type === 'closed')
    return recovery.answeredAt === undefined || (note.type === 'closed' && recovery.solvedAt !== undefined)
      ? recovery
      : { ...recovery, solvedAt: now };
  if (note.type !== 'reopened') return recovery;
  const unanswered = { ...recovery };
  delete unanswered.answeredAt;
  return unanswered;
};
