import type { Rung } from '../../domain/policy.ts';
import { PRIORITIES } from '../../domain/ticket/ticket.ts';
import type { PolicyFile } from '../schema.ts';
import { iso, minutes } from './duration.ts';
import type { Source } from './source.ts';

type Step = PolicyFile['ladder'][number];

/** Steps get a name that survives reordering, since events keep it: `warn-80`, `move-100`, `call-lead-2h`. */
export const compileLadder = (source: Source, steps: Step[]): Rung[] => {
  const rungs = steps.map((step, index): Rung => {
    const at = ['ladder', index];
    const acts = [step.warn, step.move, step.call].filter((act) => act !== undefined).length;
    if (acts === 0) source.wrong(at, 'this step does nothing; add warn, move or call');
    if (acts > 1) source.wrong(at, 'this step does several things; write one step for each, in order');
    if (step.at.endsWith('%') && (share(step) < 0.01 || share(step) > 1))
      source.wrong(
        [...at, 'at'],
        `"${step.at}" is no share of a promise; write 1% to 100%, or a time after it like +1h`,
      );
    const before = steps[index - 1];
    if (before !== undefined && order(step) < order(before))
      source.wrong([...at, 'at'], `"${step.at}" comes before the step above it (${before.at}); put the steps in order`);
    return {
      id: step.id ?? nameOf(step),
      at: step.at.endsWith('%') ? { share: share(step) } : { after: iso(step.at.slice(1)) },
      ...(step.priorities === undefined ? {} : { priorities: step.priorities }),
      act: actOf(step),
      ...(step.tell === undefined ? {} : { tell: step.tell }),
    };
  });
  rungs.forEach((rung, index) => {
    if (rungs.findIndex(({ id }) => id === rung.id) < index)
      source.wrong(['ladder', index], `there is another step "${rung.id}"; give this one an id of its own`);
  });
  for (const priority of PRIORITIES) {
    const climbs = rungs.some(
      (rung) => rung.act.kind !== 'warn' && (rung.priorities === undefined || rung.priorities.includes(priority)),
    );
    if (!climbs)
      source.wrong(
        ['ladder'],
        `nothing happens when a promise of a ${priority} ticket is broken; add a step that moves it or calls somebody`,
      );
  }
  return rungs;
};

const share = (step: Step): number => Number(step.at.slice(0, -1)) / 100;
const order = (step: Step): number => (step.at.endsWith('%') ? share(step) : 1 + minutes(step.at.slice(1)));

const actOf = (step: Step): Rung['act'] => {
  if (step.call !== undefined) return { kind: 'call', who: step.call };
  if (step.move !== undefined) return { kind: 'move' };
  return { kind: 'warn', who: step.warn ?? 'assignee' };
};

const nameOf = (step: Step): string => {
  const act = actOf(step);
  const who =
    act.kind === 'call' ? `call-${act.who}` : act.kind === 'warn' && act.who === 'group' ? 'warn-group' : act.kind;
  return `${who}-${step.at.replace(/^\+|%$/g, '')}`;
};
