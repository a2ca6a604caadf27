import { PROMISE_WORDS } from '../../domain/clock/promise-words.ts';
import type { ExplainedAct } from '../../domain/explain/acts.ts';
import type { Disagreement } from '../../domain/explain/audited.ts';
import type { NextAct } from '../../domain/explain/next.ts';
import type { ExplainedPromise } from '../../domain/explain/promises.ts';

/** Columns as wide as their widest cell, the last one as long as it is. */
const table = (head: string[], rows: string[][]): string => {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: string[]): string =>
    cells.map((cell, column) => (column === cells.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ');
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
};

const when = (at: string): string => at.replace('T', ' ').replace(/\.000Z$|Z$/, ' UTC');

export const promisesTable = (promises: readonly ExplainedPromise[]): string =>
  table(
    [
      'promise',
      'cycle',
      'target',
      'hours',
      'rule',
      'counted from',
      'due',
      'used',
      'state',
      'ended',
      'paused',
      'closed days',
    ],
    promises.map((one) => [
      PROMISE_WORDS[one.promise],
      String(one.cycle),
      one.target,
      one.calendar,
      `targets.${one.row}@${one.policy}`,
      `${when(one.startedAt)} (${one.startedBy})`,
      when(one.dueAt),
      one.used,
      one.calledOff === undefined ? one.state : `called off (${one.calledOff})`,
      one.endedAt === undefined ? '' : `${when(one.endedAt)} (${one.endedBy ?? ''})`,
      one.pausedSpans.map(({ from, to }) => `${when(from)} to ${to === undefined ? 'now' : when(to)}`).join('; '),
      [
        one.closures.map(({ date, hours }) => (hours.length === 0 ? date : `${date} ${hours.join(' ')}`)).join(', '),
        one.closuresNote ?? '',
      ]
        .filter((part) => part !== '')
        .join('. '),
    ]),
  );

export const actsTable = (acts: readonly ExplainedAct[]): string =>
  table(
    ['at', 'what', 'by', 'why'],
    acts.map((act) => [when(act.at), act.type, whose(act), `${act.reason}${given(act)}${toldTo(act)}`]),
  );

/** The rule with its version, or the person. */
const whose = ({ rule, policy, inputs: { by } }: ExplainedAct): string =>
  typeof by === 'string' ? by : `${rule}@${policy}`;

/** A person who gives another priority writes a reason, and not always which it was. */
const given = ({ type, inputs: { from, priority } }: ExplainedAct): string =>
  type === 'reprioritised' ? ` (${from} to ${priority})` : '';

const toldTo = ({ inputs: { told } }: ExplainedAct): string =>
  Array.isArray(told) && told.length > 0 ? ` Told: ${told.join(', ')}.` : '';

export const nextTable = (next: readonly NextAct[]): string =>
  next.length === 0
    ? 'Nothing: nobody owes anything.'
    : table(
        ['at', 'rule', 'what'],
        next.map(({ at, rule, what }) => [when(at), rule, what]),
      );

export const disagreementsTable = (found: readonly Disagreement[]): string =>
  table(
    ['what', 'at', 'stored', 'recomputed'],
    found.map(({ what, at, stored, recomputed }) => [what, at === undefined ? '' : when(at), stored, recomputed]),
  );
