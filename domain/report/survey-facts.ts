import { type Instant, millis } from '../support/time.ts';
import { type Share, WHOLE_SHARE } from '../survey/credit.ts';
import type { Measure } from '../survey/measure.ts';
import { type EventOf, inOrder, type Surveyed, type SurveyKind } from '../ticket/event.ts';
import type { AgentId, Channel, TicketId } from '../ticket/ticket.ts';
import type { EventFact } from './event-facts.ts';

/** The snapshot of its issue: whose the answer is, and what it is about. */
interface Snapshot {
  series?: string;
  measure?: Measure;
  variant?: string;
  agent?: AgentId;
  group?: string;
  shares?: readonly Share[];
  category?: string;
  channel?: Channel;
}

/** A survey as far as its events of the time looked at tell of it. */
export interface AskedSurvey extends Snapshot {
  /** The survivor, if the ticket became a part of another. */
  ticketId: TicketId;
  /** Where and in which cycle it was asked. */
  askedOn: { ticketId: TicketId; cycle: number };
  kind: SurveyKind;
  /** Definition and version, e.g. `after-resolve@1`. */
  survey: string;
  /** Absent when it was asked before the time looked at. */
  issuedAt?: Instant;
  mail?: string;
  state: 'asked' | 'answered' | 'expired' | 'cancelled' | 'bounced';
  /** When it expired or was cancelled. */
  endedAt?: Instant;
  why?: string;
  /** The answer as it stands last, since when there is one, and how often it was changed. */
  answer?: { score: number; scale: string; low: boolean; at: Instant; edits: number };
  /** Not counted: somebody of the team asked; or the ticket became one with another that was answered after that. */
  leftOut?: 'staff' | 'merged';
}

export interface SkippedSurvey extends Snapshot {
  ticketId: TicketId;
  kind: SurveyKind;
  survey: string;
  at: Instant;
  why: string;
}

export interface SurveyFacts {
  asked: AskedSurvey[];
  skipped: SkippedSurvey[];
}

/**
 * What was asked and answered, folded from events in any order. The first confirmation says when an answer was given; an
 * edit changes its value alone, and one whose first confirmation lies before the time looked at belongs to another report.
 */
export const surveyFacts = (facts: readonly EventFact[]): SurveyFacts => {
  const merged = mergesOf(facts);
  const asked: AskedSurvey[] = [];
  const skipped: SkippedSurvey[] = [];
  for (const some of Map.groupBy(facts, ({ event }) => event.ticketId).values()) {
    const about = new Map(some.map((fact) => [fact.event.id, fact.about]));
    const own: AskedSurvey[] = [];
    for (const event of inOrder(some.map((fact) => fact.event)))
      take({ event, about: about.get(event.id) ?? {} }, own, skipped);
    asked.push(...own);
  }
  for (const survey of asked) survey.ticketId = survivorOf(survey.ticketId, merged);
  for (const survey of asked) if (repeats(survey, asked, merged)) survey.leftOut ??= 'merged';
  return { asked, skipped };
};

const take = ({ event, about }: EventFact, asked: AskedSurvey[], skipped: SkippedSurvey[]): void => {
  switch (event.type) {
    case 'survey-sent': {
      const { survey, kind, mail } = event;
      asked.push({ ...begun({ event, about }), survey, kind, issuedAt: event.at, mail, state: 'asked' });
      return;
    }
    case 'survey-skipped': {
      const { ticketId, survey, kind, at, why } = event;
      // Taken back, it was asked before; that may have been before the time looked at.
      if (event.by.startsWith('rule:survey.cancel')) end(asked, event, 'cancelled');
      else skipped.push({ ...about, ticketId, survey, kind, at, why });
      return;
    }
    case 'survey-expired':
      end(asked, event, 'expired');
      return;
    case 'survey-answered':
      answer({ event, about }, asked);
      return;
    case 'mail-bounced': {
      // A complaint shows that it arrived.
      if (event.by.startsWith('rule:mail.complaint')) return;
      const sent = asked.find(({ mail }) => mail === event.mail);
      if (sent?.state === 'asked') sent.state = 'bounced';
      return;
    }
    case 'not-sent': {
      const sent = asked.find(({ mail }) => mail !== undefined && mail === event.mail);
      if (sent?.state === 'asked') sent.state = 'bounced';
      return;
    }
    default:
      return;
  }
};

type Credited = EventOf<'survey-sent'> | EventOf<'survey-answered'>;

const begun = ({ event, about }: { event: Credited; about: EventFact['about'] }) => {
  const { leftOut, ...place } = about;
  const { series, measure, variant, agent, group, shares, category } = event;
  return {
    ...place,
    ...(series !== undefined && { series }),
    ...(measure !== undefined && { measure }),
    ...(variant !== undefined && { variant }),
    ...(agent !== undefined && { agent }),
    ...(group !== undefined && { group }),
    ...(shares !== undefined && { shares }),
    ...(category !== undefined && { category }),
    ...(leftOut !== undefined && { leftOut }),
    ticketId: event.ticketId,
    askedOn: { ticketId: event.ticketId, cycle: event.ratedCycle ?? event.cycle },
  };
};

/** The one of the ticket that still waits: there is one of a kind at a time. */
const waiting = (asked: readonly AskedSurvey[], told: Surveyed) =>
  asked.findLast((each) => isAbout(each, told) && each.answer === undefined && !each.endedAt);

const isAbout = ({ kind, survey, askedOn }: AskedSurvey, told: Surveyed): boolean =>
  kind === told.kind && survey === told.survey && askedOn.cycle === (told.ratedCycle ?? askedOn.cycle);

const end = (
  asked: AskedSurvey[],
  event: EventOf<'survey-skipped'> | EventOf<'survey-expired'>,
  state: 'cancelled' | 'expired',
): void => {
  const found = waiting(asked, event);
  const { ticketId, survey, kind, at, ratedCycle: cycle = event.cycle } = event;
  const ended = {
    endedAt: at,
    ...(event.type === 'survey-skipped' && { why: event.why }),
  };
  if (found === undefined) asked.push({ ticketId, askedOn: { ticketId, cycle }, survey, kind, state, ...ended });
  // A mail that came back asked nobody: it neither ran out nor was taken back.
  else Object.assign(found, ended, found.state === 'asked' && { state });
};

const answer = (
  { event, about }: { event: EventOf<'survey-answered'>; about: EventFact['about'] },
  asked: AskedSurvey[],
) => {
  const { score, scale, low, edit, kind, survey, at } = event;
  if (edit === 0) {
    const given = { score, scale, low, at, edits: 0 };
    const found = waiting(asked, event);
    if (found === undefined) asked.push({ ...begun({ event, about }), survey, kind, state: 'answered', answer: given });
    else Object.assign(found, { state: 'answered', answer: given });
    return;
  }
  const changed = asked.findLast((each) => isAbout(each, event) && each.answer?.edits === edit - 1);
  if (changed?.answer) changed.answer = { ...changed.answer, score, scale, low, edits: edit };
};

interface Merge {
  into: TicketId;
  at: Instant;
}

const mergesOf = (facts: readonly EventFact[]): Map<TicketId, Merge> => {
  const merges = new Map<TicketId, Merge>();
  for (const { event } of facts.toSorted((a, b) => a.event.version - b.event.version)) {
    if (event.type === 'merged' && event.into !== undefined)
      merges.set(event.ticketId, { into: event.into, at: event.at });
    if (event.type === 'unmerged' && event.into !== undefined) merges.delete(event.ticketId);
  }
  return merges;
};

const survivorOf = (id: TicketId, merges: ReadonlyMap<TicketId, Merge>): TicketId => {
  const seen = new Set<TicketId>();
  let at = id;
  for (let next = merges.get(at); next !== undefined && !seen.has(at); next = merges.get(at)) {
    seen.add(at);
    at = next.into;
  }
  return at;
};

/** The same matter was asked about again at the ticket it became a part of: it counts there, once. */
const repeats = (
  { ticketId, askedOn, kind, answer: given }: AskedSurvey,
  asked: readonly AskedSurvey[],
  merges: ReadonlyMap<TicketId, Merge>,
): boolean => {
  const merge = merges.get(askedOn.ticketId);
  if (merge === undefined || given === undefined) return false;
  return asked.some(
    (other) =>
      other.askedOn.ticketId === ticketId &&
      other.kind === kind &&
      other.answer !== undefined &&
      millis(other.answer.at) > millis(merge.at),
  );
};

/** What a report is split by, with the part of each, in ten-thousandths. */
export const SURVEYS_BY = ['channel', 'category', 'group', 'agent', 'series', 'variant'] as const;
export type SurveysBy = (typeof SURVEYS_BY)[number];

/** Where nothing was noted, or nobody of the team answered. */
export const UNKNOWN = 'unknown';

/** Whose the survey is: of one key whole, or of several agents by their shares. */
export const partsBy = (
  survey: Snapshot & { survey: string },
  by: SurveysBy,
): Array<{ key: string; weight: number }> => {
  if (by === 'agent' && survey.shares !== undefined && survey.shares.length > 0)
    return survey.shares.map(({ agent, share }) => ({ key: agent, weight: share }));
  const key = by === 'series' ? seriesOf(survey) : (survey[by] ?? UNKNOWN);
  return [{ key, weight: WHOLE_SHARE }];
};

/** A survey issued before series were noted is a series of its own by its version. */
export const seriesOf = ({ series, survey }: { series?: string; survey: string }): string => series ?? survey;
