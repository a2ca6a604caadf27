import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import replyScale from '#desk/reply-rating.json' with { type: 'json' };
import definitions from '#desk/surveys.json' with { type: 'json' };
import { durationMs } from '../../domain/clock/duration.ts';
import { seesAll } from '../../domain/rating/visible.ts';
import { type AgentsReport, agentsReport } from '../../domain/report/agents.ts';
import { CLICKED_TYPES, RATING_TYPES } from '../../domain/report/event-facts.ts';
import type { Figure, Report } from '../../domain/report/figure.ts';
import { type AskedPeriod, MONTHS } from '../../domain/report/period.ts';
import { RECOVERY_AHEAD, RECOVERY_BY, type RecoveryReport, recoveryReport } from '../../domain/report/recovery.ts';
import { RECOVERY_TYPES } from '../../domain/report/recovery-facts.ts';
import { SURVEYS_BY } from '../../domain/report/survey-facts.ts';
import { type SurveysReport, surveysNeed, surveysReport } from '../../domain/report/surveys.ts';
import { earliest, plus } from '../../domain/support/time.ts';
import { json } from '../_shared/http/json-response.ts';
import { readQuery } from '../_shared/http/read-query.ts';
import { Problem } from '../_shared/problem.ts';
import type { Who } from '../_shared/who.ts';
import type { Deps } from './deps.ts';
import { fitting, period, periodAsked, sheetOf } from './reports.ts';
import { clicksOf } from './survey-clicks.ts';

export const surveysQuery = z.strictObject({ ...period, by: z.exactOptional(z.enum(SURVEYS_BY)) });
/** By agent it always is; whoever says so is right. */
export const agentsQuery = z.strictObject({
  ...period,
  by: z.exactOptional(z.literal('agent')),
  months: z.exactOptional(z.enum(MONTHS)),
});
export const recoveryQuery = z.strictObject({ ...period, by: z.exactOptional(z.enum(RECOVERY_BY)) });

/** The end of the events to read: what began in the period may go on after it. */
const until = ({ seenAt }: AskedPeriod, ahead: number, { clock }: Deps): string =>
  earliest(plus(seenAt, ahead), plus(clock.now(), 1)) ?? seenAt;

/** An agent sees their own figures alone. Throws 403 for another split of them. */
const ownOf = <By extends string>(who: Who, deps: Deps, by: By | 'agent' | undefined): string | undefined => {
  if (seesAll(who, deps.policy)) return undefined;
  if (by !== undefined && by !== 'agent')
    throw new Problem(403, 'Agents see their own figures: ask by agent. All of them are for leads and admins.');
  return who.id;
};

const onlyOf = <R extends Report>(report: R, agent: string): R => ({
  ...report,
  figures: report.figures.filter(({ of }) => of?.agent === agent),
});

const surveysAsked = async (event: APIGatewayProxyEventV2, who: Who, deps: Deps): Promise<SurveysReport> => {
  const { by, ...asked } = readQuery(event, surveysQuery);
  const own = ownOf(who, deps, by);
  const wanted = periodAsked(asked, deps);
  const { from, ahead } = surveysNeed(wanted, deps.policy);
  const [facts, feedback, npsAsks] = await Promise.all([
    deps.eventFacts.between(from, until(wanted, ahead, deps), CLICKED_TYPES),
    deps.feedbacks.between(wanted.from, wanted.seenAt),
    deps.npsAsks.between(wanted.from, wanted.seenAt),
  ]);
  const clicks = await clicksOf(facts, wanted, deps);
  const now = deps.clock.now();
  const source = { facts, feedback, npsAsks, definitions, clicks };
  const report = surveysReport(source, wanted, { now, policy: deps.policy }, own === undefined ? by : 'agent');
  if (own === undefined) return report;
  const nothing = { n: 0, tickets: [] };
  const leftOut = { staff: nothing, merged: nothing, 'unknown-scale': nothing };
  return { ...onlyOf(report, own), series: [], budgets: [], comparisons: [], skipped: [], leftOut };
};

const agentsAsked = async (event: APIGatewayProxyEventV2, who: Who, deps: Deps): Promise<AgentsReport> => {
  const { months, by: _, ...asked } = readQuery(event, agentsQuery);
  const wanted = periodAsked(asked, deps);
  // Edits of what was first said in the period.
  const ahead = durationMs(deps.policy.survey.editableFor);
  const facts = await deps.eventFacts.between(wanted.from, until(wanted, ahead, deps), RATING_TYPES);
  const source = { facts, definitions, replyScale, ...(months !== undefined && { months }) };
  return agentsReport(source, wanted, deps.policy, ownOf(who, deps, undefined));
};

const recoveryAsked = async (event: APIGatewayProxyEventV2, who: Who, deps: Deps): Promise<RecoveryReport> => {
  const { by, ...asked } = readQuery(event, recoveryQuery);
  const own = ownOf(who, deps, by);
  const wanted = periodAsked(asked, deps);
  const facts = await deps.eventFacts.between(wanted.from, until(wanted, RECOVERY_AHEAD, deps), RECOVERY_TYPES);
  const look = { now: deps.clock.now(), policy: deps.policy };
  const report = recoveryReport(facts, wanted, look, own === undefined ? by : 'agent');
  if (own === undefined) return report;
  return { ...onlyOf(report, own), reasons: [], skipped: [], leftOut: { staff: { n: 0, tickets: [] } } };
};

type Asked<R> = (event: APIGatewayProxyEventV2, who: Who, deps: Deps) => Promise<R>;

const routesOf = <R extends Report>(name: string, asked: Asked<R>, more: (report: R) => Figure[] = () => []) => ({
  figures: async (...given: Parameters<Asked<R>>) => fitting(json(await asked(...given))),
  sheet: async (...given: Parameters<Asked<R>>) => {
    const report = await asked(...given);
    return sheetOf(name, { ...report, figures: [...report.figures, ...more(report)] });
  },
});

/** What customers said when they were asked, and how many answered. */
export const surveys = routesOf('surveys', surveysAsked);
/** How customers rate each agent, by survey and by single reply, and month by month. */
export const agents = routesOf('agents', agentsAsked, ({ series }) => series.flatMap(({ figures }) => figures));
/** How often unhappy customers were won back. */
export const recovery = routesOf('recovery', recoveryAsked);
