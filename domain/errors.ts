/**
 * The failures that workflows and callers tell apart. `name` is a literal: bundles are minified, and `ErrorEquals` in a
 * workflow matches the name.
 */
export class ConcurrentChange extends Error {
  override readonly name = 'ConcurrentChange';
  readonly ticketId: string;
  constructor(ticketId: string, options?: ErrorOptions) {
    super(`Ticket ${ticketId} was changed by somebody else meanwhile.`, options);
    this.ticketId = ticketId;
  }
}

/** A timer fired that has not come yet by this machine's clock: nothing happens early, so it is asked again later. */
export class ClockBehind extends Error {
  override readonly name = 'ClockBehind';
  readonly ticketId: string;
  constructor(ticketId: string, options?: ErrorOptions) {
    super(`A timer of ticket ${ticketId} fired before its time by this clock.`, options);
    this.ticketId = ticketId;
  }
}

/** It is night where the customer is: nobody is asked anything now, and it is tried again later. */
export class OutsideHours extends Error {
  override readonly name = 'OutsideHours';
  readonly ticketId: string;
  constructor(ticketId: string, options?: ErrorOptions) {
    super(`It is not the time to ask the customer of ticket ${ticketId} anything.`, options);
    this.ticketId = ticketId;
  }
}

/** The customer has another question before them, and this one is worth waiting for it: it is tried again later. */
export class QuestionOpen extends Error {
  override readonly name = 'QuestionOpen';
  readonly ticketId: string;
  constructor(ticketId: string, options?: ErrorOptions) {
    super(`The customer of ticket ${ticketId} has another question to answer first.`, options);
    this.ticketId = ticketId;
  }
}

/** A state of a later cycle waits already: the token of an earlier one must not take its place. */
export class LaterCycleWaits extends Error {
  override readonly name = 'LaterCycleWaits';
  readonly ticketId: string;
  constructor(ticketId: string, options?: ErrorOptions) {
    super(`A later cycle of ticket ${ticketId} is waited for already.`, options);
    this.ticketId = ticketId;
  }
}

export class RequestAlreadyTaken extends Error {
  override readonly name = 'RequestAlreadyTaken';
  readonly key: string;
  constructor(key: string, options?: ErrorOptions) {
    super(`Request ${key} was taken before.`, options);
    this.key = key;
  }
}

export class TicketIdTaken extends Error {
  override readonly name = 'TicketIdTaken';
  readonly ticketId: string;
  constructor(ticketId: string, options?: ErrorOptions) {
    super(`Ticket id ${ticketId} is taken.`, options);
    this.ticketId = ticketId;
  }
}

/** Somebody made the customer of this identity a moment ago: look again, and take theirs. */
export class CustomerMadeMeanwhile extends Error {
  override readonly name = 'CustomerMadeMeanwhile';
  readonly customerId: string;
  constructor(customerId: string, options?: ErrorOptions) {
    super(`Customer ${customerId} is not new: their identity has a customer.`, options);
    this.customerId = customerId;
  }
}

/** Feedback with this id is there already, or was changed since it was read. */
export class FeedbackMoved extends Error {
  override readonly name = 'FeedbackMoved';
  readonly feedback: string;
  constructor(feedback: string, options?: ErrorOptions) {
    super(`Feedback ${feedback} was changed by somebody else meanwhile.`, options);
    this.feedback = feedback;
  }
}

export class TicketNotFound extends Error {
  override readonly name = 'TicketNotFound';
  readonly ticketId: string;
  constructor(ticketId: string, options?: ErrorOptions) {
    super(`There is no ticket ${ticketId}.`, options);
    this.ticketId = ticketId;
  }
}

/** A stored item does not have the shape this version knows. */
export class UnreadableItem extends Error {
  override readonly name = 'UnreadableItem';
  readonly key: string;
  constructor(key: string, detail: string, options?: ErrorOptions) {
    super(`Item ${key} is not readable: ${detail}`, options);
    this.key = key;
  }
}

/** A mail whose claim is still alive: it may be under way, so it is looked at again later. */
export class MailUnderWay extends Error {
  override readonly name = 'MailUnderWay';
  readonly key: string;
  constructor(key: string, options?: ErrorOptions) {
    super(`Mail ${key} is claimed and not yet settled.`, options);
    this.key = key;
  }
}

/** It is not known yet who works on the ticket: what needs that is tried again when triage is over. */
export class NotTriagedYet extends Error {
  override readonly name = 'NotTriagedYet';
  readonly ticketId: string;
  constructor(ticketId: string, options?: ErrorOptions) {
    super(`Ticket ${ticketId} was not triaged yet.`, options);
    this.ticketId = ticketId;
  }
}

/** Nothing is to be put right on the ticket: told so to executions of definitions that catch it by this name. */
export class RecoveryNotWanted extends Error {
  override readonly name = 'RecoveryNotWanted';
  readonly ticketId: string;
  constructor(ticketId: string, why: string, options?: ErrorOptions) {
    super(`No recovery is opened for ticket ${ticketId}: ${why}.`, options);
    this.ticketId = ticketId;
  }
}
