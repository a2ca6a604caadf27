import { LOTS, lot } from '../support/lot.ts';
import type { Channel, CustomerId, TicketId } from '../ticket/ticket.ts';
import type { AskKind, SurveyDefinition } from './survey.ts';

/** Who is sent what: a row of `send` in desk/surveys.yaml. Shares and samples are in percent. */
export interface SendRow {
  id: string;
  kind: AskKind;
  /** The row is for these alone; absent: for all. */
  channels?: Channel[];
  categories?: string[];
  /** Types of customers, e.g. `business`. */
  types?: string[];
  /** Percent of the cycles that come to this row about which is asked. */
  sample: number;
  /** Survey ids with the share of the people who get each; one without a name is no variant. */
  variants: Array<{ name?: string; survey: string; share: number }>;
}

export interface Sending {
  /** Percent of people who are asked nothing about their tickets, so that the effect of asking can be judged. */
  holdOut: number;
  /** The first that fits counts. */
  rows: SendRow[];
}

/**
 * Who would be asked, and what about: nothing of a ticket for what is asked now and then. `customerId` is the person's: a
 * second address is no second person.
 */
export interface ToAsk {
  kind: AskKind;
  channel?: Channel;
  category?: string;
  customerType?: string;
  customerId: CustomerId;
  ticketId?: TicketId;
  cycle?: number;
}

export interface Chosen {
  definition: SurveyDefinition;
  /** Which of several this person gets, always the same. */
  variant?: string;
  /** Nobody is asked, by lot. */
  skip?: 'not-sampled' | 'held-out';
}

/**
 * Which survey is sent, whether this person gets one of several, and whether they are left out by lot. Chance is a hash of
 * ids: asked again, it answers the same. Throws when nothing fits, which the check of desk/surveys.yaml rules out.
 *
 * @param definitions the present ones
 */
export const chooseSurvey = (sending: Sending, definitions: readonly SurveyDefinition[], about: ToAsk): Chosen => {
  const row = sending.rows.find((each) => fits(each, about));
  const variant = row && drawn(row.variants, percent(`variant ${row.id}`, about.customerId));
  const definition = definitions.find(({ id }) => id === variant?.survey);
  if (row === undefined || variant === undefined || definition === undefined)
    throw new Error(`desk/surveys.yaml has no row of kind ${about.kind} for everybody.`);
  const skip = leftOut(sending, row, about);
  return {
    definition,
    ...(variant.name === undefined ? {} : { variant: variant.name }),
    ...(skip === undefined ? {} : { skip }),
  };
};

const fits = (row: SendRow, { kind, channel, category, customerType }: ToAsk): boolean =>
  row.kind === kind &&
  among(row.channels, channel) &&
  among(row.categories, category) &&
  among(row.types, customerType);

const among = (wanted: readonly string[] | undefined, given: string | undefined): boolean =>
  wanted === undefined || (given !== undefined && wanted.includes(given));

const leftOut = (sending: Sending, row: SendRow, about: ToAsk): Chosen['skip'] => {
  // Whether it was put right is asked of everybody who said that it was not; feedback is asked of nobody.
  if (about.kind === 'follow-up' || about.kind === 'feedback') return undefined;
  if (percent('hold-out', about.customerId) < sending.holdOut) return 'held-out';
  return percent(`sample ${row.id}`, `${about.ticketId ?? about.customerId}#${about.cycle ?? 0}`) < row.sample
    ? undefined
    : 'not-sampled';
};

/** The variant into whose share it falls. */
const drawn = (variants: SendRow['variants'], at: number): SendRow['variants'][number] | undefined => {
  let end = 0;
  return variants.find(({ share }) => {
    end += share;
    return at < end;
  });
};

/** From 0 up to, but not including, 100. */
const percent = (purpose: string, id: string): number => (lot(purpose, id) / LOTS) * 100;
