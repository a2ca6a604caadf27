import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { csvOf } from '../../domain/report/csv.ts';
import type { Report } from '../../domain/report/figure.ts';
import { LOOK_BACK } from '../../domain/report/objective.ts';
import { type AskedPeriod, periodOf } from '../../domain/report/period.ts';
import { SLA_BY, type SlaReport, slaReport } from '../../domain/report/sla.ts';
import { PLACING_TYPES } from '../../domain/report/where-it-stands.ts';
import { plus } from '../../domain/support/time.ts';
import { json } from '../_shared/http/json-response.ts';
import { readQuery } from '../_shared/http/read-query.ts';
import { timeAsked } from '../_shared/http/time-asked.ts';
import { Problem } from '../_shared/problem.ts';
import type { Who } from '../_shared/who.ts';
import type { Deps } from './deps.ts';

export const period = { from: timeAsked, to: timeAsked };
export const slaQuery = z.strictObject({ ...period, by: z.exactOptional(z.enum(SLA_BY)) });

/** The period that is asked for. Throws 422 for one that is none or too long. */
export const periodAsked = (asked: { from?: string; to?: string }, { policy, clock }: Deps): AskedPeriod => {
  const found = periodOf(asked, policy, clock.now());
  if (!found.ok) throw new Problem(422, found.detail, { errors: [{ path: 'from', message: found.detail }] });
  return found.value;
};

/** Throws 403 for an agent. */
const slaAsked = async (event: APIGatewayProxyEventV2, { leads }: Who, deps: Deps): Promise<SlaReport> => {
  if (!leads) throw new Problem(403, 'Reports are for leads and admins.');
  const { by, ...asked } = readQuery(event, slaQuery);
  const wanted = periodAsked(asked, deps);
  const { from, to, seenAt } = wanted;
  const before = plus(seenAt, -LOOK_BACK);
  const isMoved = by === 'group' || by === 'priority';
  const [clocks, placings] = await Promise.all([
    deps.clockFacts.between(before < from ? before : from, to),
    isMoved ? deps.eventFacts.between(from, to, PLACING_TYPES) : [],
  ]);
  const placed = placings.map(({ event }) => event);
  return slaReport(clocks, wanted, deps.policy, by, placed);
};

/** Which promises were kept, how long people waited, and how the objective stands. */
export const slaFigures = async (event: APIGatewayProxyEventV2, who: Who, deps: Deps) =>
  fitting(json(await slaAsked(event, who, deps)));

/** The same for a spreadsheet. */
export const slaSheet = async (event: APIGatewayProxyEventV2, who: Who, deps: Deps) =>
  sheetOf('sla', await slaAsked(event, who, deps));

/** What a function may answer is six million bytes; some are left for the headers. */
const MOST_BYTES = 5_900_000;

/** The answer, if it can be sent. Throws 422 for one that is too long: it names every ticket behind every figure. */
export const fitting = <A extends { body?: string | undefined }>(answer: A): A => {
  if (Buffer.byteLength(answer.body ?? '') > MOST_BYTES)
    throw new Problem(422, 'So many tickets do not fit into one report: ask for a shorter period.', {
      errors: [{ path: 'from', message: 'Is too long ago for so many tickets.' }],
    });
  return answer;
};

/** A report as a file that a spreadsheet opens. */
export const sheetOf = (
  name: string,
  report: Pick<Report, 'figures' | 'from' | 'to' | 'zone'>,
): APIGatewayProxyStructuredResultV2 =>
  fitting({
    statusCode: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${name}.csv"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    body: csvOf(report),
  });
