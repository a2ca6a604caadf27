import type { Target } from '../../domain/policy.ts';
import { CHANNELS, PRIORITIES } from '../../domain/ticket/ticket.ts';
import type { PolicyFile } from '../schema.ts';
import { iso } from './duration.ts';
import { didYouMean } from './mistakes.ts';
import type { Path, Source } from './source.ts';

type Row = PolicyFile['targets'][number];

/** What the rows of targets may name. */
export interface Named {
  calendars: readonly string[];
  groups: readonly string[];
}

export const checkCalendar = (source: Source, path: Path, name: string, calendars: readonly string[]): void => {
  if (name !== 'always' && !calendars.includes(name))
    source.wrong(path, `calendar "${name}" is not defined${didYouMean(name, ['always', ...calendars])}`);
};

/** A day of opening hours has no fixed length, so such a promise is written in hours. */
export const refuseDays = (source: Source, path: Path, duration: string | undefined, calendar: string): void => {
  if (duration?.includes('d') && calendar !== 'always')
    source.wrong(
      path,
      `"${duration}" counts opening hours of "${calendar}", where a day has no fixed length; write hours`,
    );
};

/** A row with a resolution per priority becomes one row per priority: `written` → `written-p2`, `written-p3` … */
export const compileTargets = (source: Source, rows: readonly Row[], named: Named): Target[] => {
  const reach = reachOf(rows, named.groups);
  const taken = new Set<string>();
  const ids = new Set<string>();
  const targets = rows.flatMap((row, index): Target[] => {
    const at = ['targets', index];
    checkRow(source, at, row, named);

    const cells = reach(row);
    const free = PRIORITIES.filter((priority) =>
      cells.some((cell) => cell.priority === priority && !taken.has(cell.key)),
    );
    if (free.length === 0)
      source.wrong([...at, 'id'], `target "${row.id}" is never reached: the rows above take all its tickets`);
    if (typeof row.resolution === 'object') checkResolutions(source, at, row, free);
    for (const { key } of cells) taken.add(key);
    const own = targetsOf(row, free);
    for (const id of new Set([row.id, ...own.map((target) => target.id)])) {
      if (ids.has(id)) source.wrong([...at, 'id'], `there is another target "${id}"; name them apart`);
      ids.add(id);
    }
    return own;
  });
  for (const channel of CHANNELS) {
    const missing = PRIORITIES.filter((priority) => !taken.has(cellOf({ channel, priority })));
    if (missing.length > 0)
      source.wrong(['targets'], `nothing is promised for ${channel} tickets of ${missing.join(', ')}; add a row`);
  }
  return targets;
};

const checkRow = (source: Source, at: Path, row: Row, { calendars, groups }: Named): void => {
  checkCalendar(source, [...at, 'calendar'], row.calendar, calendars);
  for (const [index, group] of (row.groups ?? []).entries())
    if (!groups.includes(group))
      source.wrong([...at, 'groups', index], `group "${group}" is not defined${didYouMean(group, groups)}`);
  for (const name of ['first-reply', 'next-reply'] as const) refuseDays(source, [...at, name], row[name], row.calendar);
  const perPriority = typeof row.resolution === 'object' ? row.resolution : undefined;
  for (const [name, duration] of Object.entries(perPriority ?? { all: row.resolution }))
    refuseDays(
      source,
      [...at, 'resolution', ...(perPriority === undefined ? [] : [name])],
      String(duration ?? ''),
      row.calendar,
    );
};

const checkResolutions = (source: Source, at: Path, { id, resolution }: Row, free: readonly string[]): void => {
  if (typeof resolution !== 'object') return;
  for (const priority of PRIORITIES) {
    const stated = resolution[priority] !== undefined;
    if (stated && !free.includes(priority))
      source.wrong([...at, 'resolution', priority], `${priority} never reaches target "${id}"; take it out`);
    if (!stated && free.includes(priority))
      source.wrong([...at, 'resolution'], `target "${id}" promises no resolution for ${priority}; add it`);
  }
};

const targetsOf = (row: Row, free: ReadonlyArray<(typeof PRIORITIES)[number]>): Target[] => {
  const { resolution } = row;
  const shared = {
    ...(row.channels === undefined ? {} : { channels: row.channels }),
    ...(row.types === undefined ? {} : { types: row.types }),
    ...(row.groups === undefined ? {} : { groups: row.groups }),
    calendar: row.calendar,
    ...(row['first-reply'] === undefined ? {} : { firstReply: iso(row['first-reply']) }),
    ...(row['next-reply'] === undefined ? {} : { nextReply: iso(row['next-reply']) }),
  };
  if (typeof resolution !== 'object')
    return [
      {
        id: row.id,
        ...(row.priorities === undefined ? {} : { priorities: row.priorities }),
        ...shared,
        ...(resolution === undefined ? {} : { resolution: iso(resolution) }),
      },
    ];
  return free.flatMap((priority) => {
    const duration = resolution[priority];
    const id = `${row.id}-${priority.toLowerCase()}`;
    return duration === undefined ? [] : [{ id, priorities: [priority], ...shared, resolution: iso(duration) }];
  });
};

interface Cell {
  priority: (typeof PRIORITIES)[number];
  key: string;
}

/** A kind of ticket; without a type it is one that no row names, without a group it is not triaged yet. */
const cellOf = (cell: { channel: string; priority: string; type?: string; group?: string }): string =>
  `${cell.channel} ${cell.priority} ${cell.type ?? ''} ${cell.group ?? ''}`;

/** The kinds of ticket that a row fits. */
const reachOf = (rows: readonly Row[], groups: readonly string[]): ((row: Row) => Cell[]) => {
  const types = [...new Set(rows.flatMap((row) => row.types ?? []))];
  const every = <T extends string>(values: readonly T[]): Array<T | undefined> => [undefined, ...values];
  return (row) =>
    (row.priorities ?? PRIORITIES).flatMap((priority) =>
      (row.channels ?? CHANNELS).flatMap((channel) =>
        (row.types ?? every(types)).flatMap((type) =>
          (row.groups ?? every(groups)).map((group) => ({
            priority,
            key: cellOf({
              channel,
              priority,
              ...(type === undefined ? {} : { type }),
              ...(group === undefined ? {} : { group }),
            }),
          })),
        ),
      ),
    );
};
