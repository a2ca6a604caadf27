import type { Rung, Target } from '../../domain/policy.ts';
import { PRIORITIES, type Priority, type PromiseKind } from '../../domain/ticket/ticket.ts';
import type { PolicyFile } from '../schema.ts';
import { iso, minutes } from './duration.ts';
import type { Source } from './source.ts';

type Step = PolicyFile['ladder'][number];

const PROMISES = { 'first-reply': 'firstReply', 'next-reply': 'nextReply', resolution: 'resolution' } as const;
const KINDS = Object.values(PROMISES);

/** Steps get a name that survives reordering, since events keep it: `warn-80`, `move-100`, `call-lead-2h`. */
export const compileLadder = (source: Source, steps: Step[], targets: readonly Target[]): Rung[] => {
  const rungs = steps.map((step, index): Rung => {
    checkStep(source, steps, index);
    return {
      id: step.id ?? nameOf(step),
      at: step.at.endsWith('%') ? { share: share(step) } : { after: iso(step.at.slice(1)) },
      ...(step.priorities === undefined ? {} : { priorities: step.priorities }),
      ...(step.promises === undefined ? {} : { promises: step.promises.map((name) => PROMISES[name]) }),
      act: actOf(step),
      ...(step.tell === undefined ? {} : { tell: step.tell }),
      ...acknowledgeWithin(step),
      ...(step.wakes === undefined ? {} : { wakes: step.wakes }),
    };
  });
  rungs.forEach((rung, index) => {
    if (rungs.findIndex(({ id }) => id === rung.id) < index)
      source.wrong(['ladder', index], `there is another step "${rung.id}"; give this one an id of its own`);
  });
  checkReached(source, rungs, targets);
  checkEnds(source, rungs, targets);
  return rungs;
};

/** What one step says about itself. */
const checkStep = (source: Source, steps: readonly Step[], index: number): void => {
  const step = steps[index];
  if (step === undefined) return;
  const at = ['ladder', index];
  const acts = [step.warn, step.move, step.call].filter((act) => act !== undefined).length;
  if (acts === 0) source.wrong(at, 'this step does nothing; add warn, move or call');
  if (acts > 1) source.wrong(at, 'this step does several things; write one step for each, in order');
  if (step.at.endsWith('%') && (share(step) < 0.01 || share(step) > 1))
    source.wrong([...at, 'at'], `"${step.at}" is no share of a promise; write 1% to 100%, or a time after it like +1h`);
  const before = steps[index - 1];
  if (before !== undefined && order(step) < order(before))
    source.wrong([...at, 'at'], `"${step.at}" comes before the step above it (${before.at}); put the steps in order`);
  for (const priority of step.wakes ?? [])
    if (step.priorities?.includes(priority) === false)
      source.wrong([...at, 'wakes'], `${priority} never reaches this step; take it out`);
  const asks = step['acknowledge-within'];
  if (asks === undefined) return;
  if (order(step) < 1)
    source.wrong(
      [...at, 'acknowledge-within'],
      'the promise is not broken yet at this step, so nothing may come early for want of an answer; ask from 100% on',
    );
  const priorities = typeof asks === 'string' ? [] : PRIORITIES.filter((priority) => asks[priority] !== undefined);
  for (const priority of priorities)
    if (step.priorities?.includes(priority) === false)
      source.wrong([...at, 'acknowledge-within', priority], `${priority} never reaches this step; take it out`);
};

/** A step is for somebody: some ticket of its priorities is promised something that it is about. */
const checkReached = (source: Source, rungs: readonly Rung[], targets: readonly Target[]): void =>
  rungs.forEach((rung, index) => {
    const reached = prioritiesOf(rung).some((priority) =>
      kindsOf(rung).some((kind) => promised(targets, kind, priority)),
    );
    if (!reached)
      source.wrong(
        ['ladder', index],
        `this step is never reached: no target promises ${(rung.promises ?? []).map(nameOfPromise).join(' or ')} to tickets of ${prioritiesOf(rung).join(', ')}; take it out, or add the promise`,
      );
  });

/** Whatever is promised, somebody hears in the end that it was broken: the last steps are not left to whoever is there. */
const checkEnds = (source: Source, rungs: readonly Rung[], targets: readonly Target[]): void => {
  for (const priority of PRIORITIES)
    for (const kind of KINDS) {
      if (targets.length > 0 && !promised(targets, kind, priority)) continue;
      const mine = rungs.filter((rung) => prioritiesOf(rung).includes(priority) && kindsOf(rung).includes(kind));
      const which = `${aName(kind)} of a ${priority} ticket`;
      const last = mine.at(-1);
      if (!mine.some(({ act }) => act.kind !== 'warn'))
        source.wrong(
          ['ladder'],
          `nothing happens when a promise of a ${priority} ticket is broken${kind === 'firstReply' ? '' : ` (${nameOfPromise(kind)})`}; add a step that moves it or calls somebody`,
        );
      else if (last?.act.kind !== 'call')
        source.wrong(
          ['ladder', last === undefined ? 0 : rungs.indexOf(last)],
          `the ladder of ${which} can't end: its last step (${last?.id}) reaches nobody who has to answer for it; add a step above it that calls the lead or the manager`,
        );
      else if ('share' in last.at && last.at.share < 1)
        source.wrong(
          ['ladder', rungs.indexOf(last)],
          `the ladder of ${which} ends before it is broken, and nobody hears that it is; add a step at 100% or later that calls the lead or the manager`,
        );
      else if (last.acknowledgeWithin?.[priority] !== undefined)
        source.wrong(
          ['ladder', rungs.indexOf(last), 'acknowledge-within'],
          `no step follows for ${which} when nobody acknowledges this one; take it out, or add a step`,
        );
    }
};

const prioritiesOf = ({ priorities }: Rung): readonly Priority[] => priorities ?? PRIORITIES;
const kindsOf = ({ promises }: Rung): readonly PromiseKind[] => promises ?? KINDS;
const promised = (targets: readonly Target[], kind: PromiseKind, priority: Priority): boolean =>
  targets.some((row) => row[kind] !== undefined && (row.priorities?.includes(priority) ?? true));

const nameOfPromise = (kind: PromiseKind): string =>
  Object.entries(PROMISES).find(([, each]) => each === kind)?.[0] ?? kind;
const aName = (kind: PromiseKind): string => `the ${nameOfPromise(kind)}`;

const share = (step: Step): number => Number(step.at.slice(0, -1)) / 100;
const order = (step: Step): number => (step.at.endsWith('%') ? share(step) : 1 + minutes(step.at.slice(1)));

/** One duration is for all priorities of the step. */
const acknowledgeWithin = (step: Step): Pick<Rung, 'acknowledgeWithin'> => {
  const asks = step['acknowledge-within'];
  if (asks === undefined) return {};
  const of = (priority: Priority): string | undefined =>
    typeof asks === 'string' ? ((step.priorities ?? PRIORITIES).includes(priority) ? asks : undefined) : asks[priority];
  const within = PRIORITIES.flatMap((priority) => {
    const duration = of(priority);
    return duration === undefined ? [] : [[priority, iso(duration)] as const];
  });
  return { acknowledgeWithin: Object.fromEntries(within) };
};

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
