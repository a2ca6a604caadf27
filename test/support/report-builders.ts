import type { EventFact, FactAbout } from '../../domain/report/event-facts.ts';
import type { AskedPeriod } from '../../domain/report/period.ts';
import { DAY, HOUR, plus } from '../../domain/support/time.ts';
import type { SurveyDefinition } from '../../domain/survey/survey.ts';
import type { EventOf, EventType, TicketEvent } from '../../domain/ticket/event.ts';
import { mondayAt9 } from './builders.ts';
import { aDefinition } from './survey-builders.ts';

/** So long after nine on that Monday. */
export const at = (ms: number): string => plus(mondayAt9, ms);

/** The week of that Monday, looked at when it is over. */
export const aWeek: AskedPeriod = {
  from: at(-9 * HOUR),
  to: at(-9 * HOUR + 7 * DAY),
  seenAt: at(-9 * HOUR + 7 * DAY),
  zone: 'Europe/Berlin',
  calendar: 'office',
};

let count = 0;

/** A fact with ids that ascend; its ticket is new unless one is named. */
export const aFact = <T extends EventType>(
  type: T,
  facts: Omit<EventOf<T>, keyof Common | 'type'> & Partial<Common>,
  about: FactAbout = { channel: 'mail' },
): EventFact => {
  count += 1;
  const common: Common = {
    id: `01J${String(count).padStart(23, '0')}`,
    ticketId: `T-${String(count).padStart(6, '0')}`,
    at: mondayAt9,
    by: 'rule:test@1',
    reason: 'It happened.',
    policy: '1',
    cycle: 1,
    version: count,
  };
  return { event: eventOf({ ...common, ...facts, type }), about };
};

type Common = Pick<TicketEvent, 'id' | 'ticketId' | 'at' | 'by' | 'reason' | 'policy' | 'cycle' | 'version'>;

// The compiler cannot see that the facts are those of the type; the signature above does.
const eventOf = (event: object): TicketEvent => event as TicketEvent;

export const AFTER_RESOLVE = { survey: 'after-resolve@1', kind: 'csat' } as const;

/** Its answer to the survey after resolving. */
export const anAnswer = (
  score: number,
  facts: Partial<EventOf<'survey-answered'> & Common> = {},
  about?: FactAbout,
): EventFact =>
  aFact(
    'survey-answered',
    {
      ...AFTER_RESOLVE,
      series: 'stars',
      measure: 'csat',
      agent: 'ada',
      group: 'frontline',
      category: 'payment',
      score,
      scale: 'csat-5',
      low: score <= 2,
      edit: 0,
      ...facts,
    },
    about,
  );

/** The mail that asked for it. */
export const aSentSurvey = (facts: Partial<EventOf<'survey-sent'> & Common> = {}, about?: FactAbout): EventFact =>
  aFact(
    'survey-sent',
    {
      ...AFTER_RESOLVE,
      series: 'stars',
      measure: 'csat',
      agent: 'ada',
      group: 'frontline',
      category: 'payment',
      mail: `survey ${facts.ticketId ?? count + 1}`,
      ...facts,
    },
    about,
  );

const scored = (values: number[]) => ({
  id: 'overall',
  kind: 'scale' as const,
  required: true,
  options: values.map((value) => ({ value, label: String(value) })),
  text: { en: 'How was it?' },
});

const upTo = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** One survey of each measure and scale, by the names that `anAnswer` may use. */
export const definitions: SurveyDefinition[] = [
  aDefinition({ series: 'stars', questions: [scored(upTo(1, 5))] }),
  aDefinition({ version: 2, series: 'stars anew', questions: [scored(upTo(1, 5))] }),
  aDefinition({ id: 'points', series: 'points', scale: 'four-point', questions: [scored(upTo(1, 4))] }),
  aDefinition({
    id: 'follow-up',
    kind: 'follow-up',
    series: 'better',
    scale: 'four-point',
    questions: [scored(upTo(1, 4))],
  }),
  aDefinition({
    id: 'nps',
    kind: 'nps',
    measure: 'nps',
    series: 'nps',
    scale: 'likelihood',
    questions: [scored(upTo(0, 10))],
  }),
  ...[1, 2].map((version) =>
    aDefinition({
      id: 'ease',
      version,
      measure: 'ces',
      polarity: version === 1 ? 'low-is-good' : 'high-is-good',
      series: `ease ${version}`,
      scale: 'effort',
      questions: [
        {
          ...scored(upTo(1, 7)),
          ends: ['very-easy', 'very-hard'],
          labels: { 'very-easy': { en: 'Very easy' }, 'very-hard': { en: 'Very hard' } },
        },
      ],
    }),
  ),
];
