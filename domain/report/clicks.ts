import type { Clicked } from '../survey/clicks.ts';
import type { TicketId } from '../ticket/ticket.ts';
import type { EventFact } from './event-facts.ts';
import type { Figure } from './figure.ts';
import type { Looking } from './response.ts';
import type { AskedSurvey } from './survey-facts.ts';
import { countOf } from './weighed.ts';

/** How often links of one survey's mail, or of one reply's, were opened, by what it looked like. */
export interface ClickTally {
  about: Clicked;
  /** Opened like a person would. */
  intent: number;
  /** Opened like a scanner does. */
  discarded: number;
}

const WHAT = ['confirmed', 'intent', 'discarded'] as const;

const formulaOf = (of: string): Record<(typeof WHAT)[number], string> => ({
  confirmed: `${of} sent in the period that a person confirmed an answer to. Every other figure is made of these.`,
  intent:
    `Openings of links of ${of} sent in the period as a person opens them. Opening confirms nothing and is in no other ` +
    'figure.',
  discarded:
    `Openings of links of ${of} sent in the period as scanners of mail make them: seconds after it was sent, ahead of a ` +
    'person, or several answers of one mail. They are in no other figure.',
});

/** A mail whose links can be opened, whether it was answered, and the ticket it is counted at. */
interface Sent {
  ticketId: TicketId;
  about: Clicked;
  answered: boolean;
}

/** Evidence of clicks beside each other: confirmed, intent, discarded. */
export const clickFigures = (
  clicks: readonly ClickTally[],
  asked: readonly AskedSurvey[],
  { from, until }: Pick<Looking, 'from' | 'until'>,
  of?: Record<string, string>,
): Figure[] => {
  const sent = asked.filter(({ issuedAt }) => issuedAt !== undefined && issuedAt >= from && issuedAt < until);
  return figuresOf(
    { name: 'clicks', formulas: formulaOf('surveys'), ...(of && { of }) },
    sent.map(({ ticketId, askedOn, kind, answer }) => ({
      ticketId,
      about: { ...askedOn, kind },
      answered: answer !== undefined,
    })),
    clicks,
  );
};

/** The same for the links under each reply, by which it can be rated. */
export const replyClickFigures = (
  clicks: readonly ClickTally[],
  facts: readonly EventFact[],
  { from, until }: Pick<Looking, 'from' | 'until'>,
): Figure[] => {
  const rated = new Set(facts.flatMap(({ event }) => (event.type === 'reply-rated' ? [event.message] : [])));
  const sent = facts.flatMap(({ event }) =>
    event.type === 'replied' && event.at >= from && event.at < until
      ? [{ ticketId: event.ticketId, about: replyOf(event), answered: rated.has(event.message) }]
      : [],
  );
  return figuresOf({ name: 'reply-clicks', formulas: formulaOf('replies') }, sent, clicks);
};

/** The replies of the period, to ask how often their links were opened. */
export const repliesIn = (facts: readonly EventFact[], { from, until }: Pick<Looking, 'from' | 'until'>) =>
  facts.flatMap(({ event }) =>
    event.type === 'replied' && event.at >= from && event.at < until ? [replyOf(event)] : [],
  );

const replyOf = ({ ticketId, message }: { ticketId: TicketId; message: string }) => ({ ticketId, message });

const figuresOf = (
  { name, formulas, of }: { name: string; formulas: ReturnType<typeof formulaOf>; of?: Record<string, string> },
  sent: readonly Sent[],
  clicks: readonly ClickTally[],
): Figure[] => {
  const tallies = new Map(clicks.map((tally) => [keyOf(tally.about), tally]));
  const figure = (what: (typeof WHAT)[number], some: readonly Sent[]): Figure =>
    countOf({ name: `${name}.${what}`, ...(of && { of }), formula: formulas[what] }, some);
  const opened = (what: 'intent' | 'discarded'): Figure => {
    const times = (each: Sent): number => tallies.get(keyOf(each.about))?.[what] ?? 0;
    const all = sent.reduce((sum, each) => sum + times(each), 0);
    return {
      ...figure(
        what,
        sent.filter((each) => times(each) > 0),
      ),
      value: all,
      n: all,
    };
  };
  return [
    figure(
      'confirmed',
      sent.filter(({ answered }) => answered),
    ),
    opened('intent'),
    opened('discarded'),
  ];
};

const keyOf = (about: Clicked): string =>
  'kind' in about ? `${about.ticketId} ${about.cycle} ${about.kind}` : `${about.ticketId} ${about.message}`;
