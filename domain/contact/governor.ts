import { durationMs } from '../clock/duration.ts';
import type { Policy } from '../policy.ts';
import { DAY, type Instant, plus } from '../support/time.ts';
import type { SurveyKind } from '../ticket/event.ts';
import type { CustomerId, TicketId } from '../ticket/ticket.ts';

/** What a person can be asked, the most important first: where the budget is short, the later ones give way. */
export const ASKED_KINDS = ['follow-up', 'fix-check', 'csat', 'nps', 'reminder'] as const;
export type AskedKind = (typeof ASKED_KINDS)[number];

/** Something the desk asked a person, or reminded them of. */
export interface Ask {
  /** e.g. `T-7K2M9Q#1#csat`; that of its reminder is made by `reminderOf`. */
  key: string;
  kind: AskedKind;
  at: Instant;
  /** Answered, taken back or run out. */
  closedAt?: Instant;
}

/** A piece of work that put something right for a person. */
export interface RecoveryOnSheet {
  ticketId: TicketId;
  cycle: number;
  at: Instant;
}

/**
 * What one person was asked lately, whatever identity they used: one sheet, so that a window is exact and two who ask at
 * once cannot both find room. `version` counts its writes; 0 is a person about whom nothing was written yet.
 */
export interface ContactSheet {
  /** The person's first customer (domain/identity). */
  customerId: CustomerId;
  version: number;
  asks: Ask[];
  recoveries: RecoveryOnSheet[];
}

/** How much a person may be asked, as desk/policy.yaml says under `contact`. */
export interface AskBudget {
  /** Asks of all kinds, reminders among them, that may lie in the window. */
  most: number;
  /** The length of the window, ISO 8601. */
  within: string;
  /** How long an unanswered ask stays open: nothing else is asked meanwhile. */
  openFor: string;
  /** A kind is asked only while fewer asks than this, of any kind, lie in the window. */
  upTo: Record<AskedKind, number>;
}

export type MayAsk = { ask: true; after: ContactSheet } | { ask: false; why: NotNow };
export type NotNow = 'asked-enough' | 'ask-open';

/** No window of the policy is longer: what is older may be dropped from any sheet. */
export const SHEETS_REMEMBER = 366 * DAY;

export const emptySheet = (customerId: CustomerId): ContactSheet => ({
  customerId,
  version: 0,
  asks: [],
  recoveries: [],
});

/** Business key of a ticket's survey on the sheet. */
export const askOf = (ticketId: TicketId, cycle: number, kind: SurveyKind): string => `${ticketId}#${cycle}#${kind}`;
/** Business key of the reminder of an ask: the one thing that may be asked while that ask is open. */
export const reminderOf = (key: string): string => `${key}#reminder`;

/**
 * Whether one more thing may be asked of a person, and their sheet with it. Store the sheet with what is asked, in one
 * change (`Change.contacts`): whoever decided on a sheet that has moved is refused and decides again. What is on the sheet
 * already is asked already: the sheet comes back as it was.
 */
export const mayAsk = (
  sheet: ContactSheet,
  { key, kind }: Pick<Ask, 'key' | 'kind'>,
  now: Instant,
  { contact }: Pick<Policy, 'contact'>,
): MayAsk => {
  if (sheet.asks.some((ask) => ask.key === key)) return { ask: true, after: sheet };
  const { asks } = contact;
  const inWindow = lately(sheet, now, asks.within);
  if (inWindow.some((ask) => isOpen(ask, now, asks) && reminderOf(ask.key) !== key))
    return { ask: false, why: 'ask-open' };
  if (inWindow.length >= asks.upTo[kind]) return { ask: false, why: 'asked-enough' };
  return { ask: true, after: written(sheet, [...inWindow, { key, kind, at: now }], now) };
};

/** Answered, taken back or run out: the person is free for another ask. The sheet as it was if nothing was open. */
export const closeAsk = (sheet: ContactSheet, key: string, now: Instant): ContactSheet => {
  const closes = (ask: Ask): boolean => ask.closedAt === undefined && (ask.key === key || ask.key === reminderOf(key));
  if (!sheet.asks.some(closes)) return sheet;
  return written(
    sheet,
    sheet.asks.map((ask) => (closes(ask) ? { ...ask, closedAt: now } : ask)),
    now,
  );
};

/** The asks that count against the budget now. */
export const lately = ({ asks }: ContactSheet, now: Instant, within: string): Ask[] => {
  const since = plus(now, -durationMs(within));
  return asks.filter(({ at }) => at > since);
};

/** What the decision about an ask was made of, for the timeline. */
export interface BudgetFacts {
  /** Asks of all kinds that lie in the window. */
  lately: number;
  /** How many may lie there for one of this kind to be asked. */
  upTo: number;
  /** The length of the window, ISO 8601. */
  within: string;
  /** From when on another could be asked, were nothing else asked meanwhile; only where this one was not. */
  freeFrom?: Instant;
}

/** What an ask of this kind was weighed by. */
export const budgetFacts = (
  sheet: ContactSheet,
  kind: AskedKind,
  now: Instant,
  { contact: { asks } }: Pick<Policy, 'contact'>,
): BudgetFacts => ({
  lately: lately(sheet, now, asks.within).length,
  upTo: asks.upTo[kind],
  within: asks.within,
});

/** From when on a person could be asked again, were nothing else asked of them meanwhile; undefined for what is never asked. */
export const freeAgainAt = (
  sheet: ContactSheet,
  kind: AskedKind,
  now: Instant,
  { contact: { asks } }: Pick<Policy, 'contact'>,
): Instant | undefined => {
  if (asks.upTo[kind] === 0) return undefined;
  const inWindow = lately(sheet, now, asks.within);
  const opens = inWindow.filter((ask) => isOpen(ask, now, asks)).map(({ at }) => plus(at, durationMs(asks.openFor)));
  const leaves = inWindow.map(({ at }) => plus(at, durationMs(asks.within))).sort();
  const room = leaves[inWindow.length - asks.upTo[kind]];
  return [now, ...opens, ...(room === undefined ? [] : [room])].sort().at(-1) ?? now;
};

/** Several sheets of one person as one, kept under the customer that is the person: what was closed on one is closed. */
export const joined = (own: ContactSheet, others: readonly ContactSheet[]): ContactSheet => {
  const byKey = new Map<string, Ask>();
  for (const ask of [own, ...others].flatMap(({ asks }) => asks))
    if (byKey.get(ask.key)?.closedAt === undefined) byKey.set(ask.key, ask);
  const recoveries = [own, ...others].flatMap((sheet) => sheet.recoveries);
  return {
    ...own,
    asks: [...byKey.values()].sort((a, b) => (a.at < b.at ? -1 : 1)),
    recoveries: [...new Map(recoveries.map((one) => [`${one.ticketId}#${one.cycle}`, one])).values()],
  };
};

const isOpen = ({ at, closedAt }: Ask, now: Instant, { openFor }: Pick<AskBudget, 'openFor'>): boolean =>
  closedAt === undefined && plus(at, durationMs(openFor)) > now;

const written = (sheet: ContactSheet, asks: Ask[], now: Instant): ContactSheet => {
  const since = plus(now, -SHEETS_REMEMBER);
  return {
    ...sheet,
    version: sheet.version + 1,
    asks: asks.filter(({ at }) => at > since),
    recoveries: sheet.recoveries.filter(({ at }) => at > since),
  };
};
