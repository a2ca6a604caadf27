import { durationMs } from '../clock/duration.ts';
import { type Instant, plus } from '../support/time.ts';
import type { SurveyKind } from '../ticket/event.ts';
import type { TicketId } from '../ticket/ticket.ts';

/** How a link was opened: as a person does, by asking for its headers alone, or ahead of somebody who may open it. */
export const OPENED_BY = ['get', 'head', 'prefetch'] as const;
export type OpenedBy = (typeof OPENED_BY)[number];

/** A link of a mail that names an answer was opened. Opening never answers: mail scanners open links before people do. */
export interface Opening {
  at: Instant;
  /** The answer it names, by its value. */
  option: number;
  by: OpenedBy;
}

/** What the opened links ask about: a survey of a cycle, or one reply. */
export type Clicked = { ticketId: TicketId; cycle: number; kind: SurveyKind } | { ticketId: TicketId; message: string };

/** Openings noted of one survey or reply: no person opens one more often. */
export const MOST_OPENINGS = 20;

/**
 * What an opening is worth: an intention, the same once more, or nothing, since a machine did it.
 * An answer is only what was posted.
 */
export type ClickGrade = 'intent' | 'repeated' | 'discarded';

/**
 * Grades the openings of one survey or reply. `sentAt`: when the mails with these links were sent, the reminder among them;
 * an opening belongs to the last one sent before it. Of one mail nothing counts when more than one answer was opened,
 * whatever came first: else the last link a scanner opens would be the customer's. Nor does what was
 * opened within `within` (ISO 8601) of its sending, by HEAD or ahead of a person, or as often as `MOST_OPENINGS`. Of what
 * is left the first is an intention.
 */
export const gradeClicks = (
  openings: readonly Opening[],
  { sentAt, within }: { sentAt: readonly Instant[]; within: string },
): Array<Opening & { grade: ClickGrade }> => {
  const mails = sentAt.toSorted();
  const mailOf = ({ at }: Opening): Instant | undefined => mails.findLast((sent) => sent <= at) ?? mails[0];
  const inOrder = openings.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.option - b.option));
  const full = openings.length >= MOST_OPENINGS;
  return [...Map.groupBy(inOrder, mailOf)].flatMap(([sent, opened]) => {
    const several = new Set(opened.map(({ option }) => option)).size > 1;
    const byMachine = ({ at, by }: Opening): boolean =>
      full || several || by !== 'get' || (sent !== undefined && at < plus(sent, durationMs(within)));
    const intent = opened.find((opening) => !byMachine(opening));
    return opened.map((opening) => {
      const grade = byMachine(opening) ? 'discarded' : opening === intent ? 'intent' : 'repeated';
      return { ...opening, grade };
    });
  });
};

/** How many openings count as an intention, and how many were thrown away. */
export const tallyClicks = (...given: Parameters<typeof gradeClicks>): { intent: number; discarded: number } => {
  const graded = gradeClicks(...given);
  const count = (grade: ClickGrade): number => graded.filter((opening) => opening.grade === grade).length;
  return { intent: count('intent'), discarded: count('discarded') };
};

/** Headers by which browsers and mail programs say that nobody looks at the page yet. */
const AHEAD = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];

/** How a request opened a link; names of headers are in small letters. */
export const openedBy = (method: string, headers: Record<string, string | undefined>): OpenedBy => {
  if (method === 'HEAD') return 'head';
  return AHEAD.some((name) => /\b(prefetch|prerender|preview)\b/i.test(headers[name] ?? '')) ? 'prefetch' : 'get';
};

/** The answer that a link names, `?r=4`; undefined when it names none that a scale could have. */
export const optionOf = (named: string | undefined): number | undefined =>
  named !== undefined && /^\d{1,2}$/.test(named) ? Number(named) : undefined;
