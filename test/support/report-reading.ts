import { expect } from 'vitest';
import type { EventFact } from '../../domain/report/event-facts.ts';
import type { Figure } from '../../domain/report/figure.ts';
import type { SurveysBy } from '../../domain/report/survey-facts.ts';
import { type SurveysReport, type SurveysSource, surveysReport } from '../../domain/report/surveys.ts';
import { aPolicy } from './builders.ts';
import { aWeek, definitions } from './report-builders.ts';

/** The report of surveys of `aWeek`, looked at when it is over unless told otherwise. */
export const surveysOfTheWeek = (
  facts: readonly EventFact[],
  by?: SurveysBy,
  over: Partial<SurveysSource & { now: string }> = {},
): SurveysReport => {
  const { now = aWeek.seenAt, ...source } = over;
  const all = { facts, feedback: [], npsAsks: [], definitions, clicks: [], ...source };
  return surveysReport(all, aWeek, { now, policy: aPolicy() }, by);
};

export const figuresIn = (all: { figures: Figure[] }, name: string): Figure[] =>
  all.figures.filter((each) => each.name === name);

/** The first figure of this name, or the one that is of this; fails without one. */
export const figureIn = (all: { figures: Figure[] }, name: string, of?: Record<string, string>): Figure =>
  figuresIn(all, name).find((each) => of === undefined || JSON.stringify(each.of) === JSON.stringify(of)) ??
  expect.fail(`There is no figure ${name}.`);

/** How many stand in each part of a figure. */
export const partsIn = ({ parts }: Figure): Record<string, number> =>
  Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.n]));
