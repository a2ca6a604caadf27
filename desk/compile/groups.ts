import type { PolicyFile } from '../schema.ts';
import { didYouMean } from './mistakes.ts';
import type { Source } from './source.ts';

/** Every path leads upwards and ends: no circle, no group of a lower tier that a late ticket cannot leave. */
export const checkGroups = (
  source: Source,
  groups: PolicyFile['groups'],
  agents: ReadonlySet<string> | undefined,
): void => {
  if (!Object.values(groups).some(({ tier }) => tier === 1))
    source.wrong(['groups'], 'no group of tier 1; tickets have nowhere to start');
  const known = new Map(Object.entries(groups));
  for (const [id, group] of known) {
    const at = ['groups', id];
    for (const role of ['lead', 'manager'] as const)
      if (agents !== undefined && !agents.has(group[role]))
        source.wrong([...at, role], `agent "${group[role]}" is not in team.yaml${didYouMean(group[role], agents)}`);
    if (group.next === undefined) {
      if (group.tier < 3)
        source.wrong(at, `group "${id}" of tier ${group.tier} has no exit; name the group that takes over with "next"`);
      continue;
    }
    const next = known.get(group.next);
    if (next === undefined)
      source.wrong([...at, 'next'], `group "${group.next}" is not defined${didYouMean(group.next, known.keys())}`);
    else if (next.tier < group.tier)
      source.wrong([...at, 'next'], `"${id}" leads down to "${group.next}" of tier ${next.tier}; a path leads upwards`);
    const path = [id];
    for (let here: string | undefined = group.next; here !== undefined; here = known.get(here)?.next) {
      if (path.includes(here)) {
        if (here === id) source.wrong([...at, 'next'], `the path goes in a circle: ${[...path, here].join(' → ')}`);
        break;
      }
      path.push(here);
    }
  }
};
