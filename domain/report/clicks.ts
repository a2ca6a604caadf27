import type { SurveyKind } from '../ticket/event.ts';
import type { TicketId } from '../ticket/ticket.ts';
import type { Figure } from './figure.ts';
import type { Looking } from './response.ts';
import type { AskedSurvey } from './survey-facts.ts';
import { countOf } from './weighed.ts';

/** How often links of one survey's mail were opened, by what it looked like. */
export interface ClickTally {
  ticketId: TicketId;
  cycle: number;
  kind: SurveyKind;
  /** Opened like a person would. */
  intent: number;
  /** Opened like a scanner does. */
  discarded: number;
}

const FORMULAS = {
  confirmed: 'Surveys sent in the period that a person confirmed an answer to. Every other figure is made of these.',
  intent:
    'Links of the surveys sent in the period that were opened as a person opens them. Opening confirms nothing and is in ' +
    'no other figure.',
  discarded:
    'Links of the surveys sent in the period that were opened as scanners of mail do: seconds after delivery, or several ' +
    'answers of one mail. They are in no other figure.',
};

/** Evidence of clicks beside each other: confirmed, intent, discarded (FIELD.md pitfall 1). */
export const clickFigures = (
  clicks: readonly ClickTally[],
  asked: readonly AskedSurvey[],
  { from, until }: Pick<Looking, 'from' | 'until'>,
  of?: Record<string, string>,
): Figure[] => {
  const sent = asked.filter(({ issuedAt }) => issuedAt !== undefined && issuedAt >= from && issuedAt < until);
  const tallies = new Map(clicks.map((tally) => [keyOf(tally), tally]));
  const tallied = sent.flatMap(({ ticketId, kind, askedOn }) => {
    const tally = tallies.get(keyOf({ ...askedOn, kind }));
    return tally === undefined ? [] : [{ ticketId, tally }];
  });
  const opened = (what: 'intent' | 'discarded'): Figure => {
    const some = tallied.filter(({ tally }) => tally[what] > 0);
    const all = some.reduce((sum, { tally }) => sum + tally[what], 0);
    return { ...figure(what, some), value: all, n: all };
  };
  const figure = (what: keyof typeof FORMULAS, some: readonly { ticketId: TicketId }[]): Figure =>
    countOf({ name: `clicks.${what}`, ...(of && { of }), formula: FORMULAS[what] }, some);
  return [
    figure(
      'confirmed',
      sent.filter(({ answer }) => answer !== undefined),
    ),
    opened('intent'),
    opened('discarded'),
  ];
};

const keyOf = ({ ticketId, cycle, kind }: { ticketId: TicketId; cycle: number; kind: SurveyKind }): string =>
  `${ticketId} ${cycle} ${kind}`;
