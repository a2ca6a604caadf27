import type { ClockRules } from '../policy.ts';
import type { History } from './history.ts';
import { reckon } from './reckon.ts';
import { targetFor } from './targets.ts';
import { holdTo } from './told.ts';

/**
 * A version that applies to open tickets counts for all that is owed when it is first seen: from the same start, with the
 * same pauses. What has ended, or is known to be broken, keeps the version it ended or broke under.
 */
export const adopt = (history: History, rules: ClockRules): void => {
  if (!rules.applyToOpenTickets) return;
  if (history.status === 'new') history.priority = rules.untriaged;
  if (history.waiting !== undefined) history.waiting.silence = rules.silence;
  for (const open of history.slots) {
    if (open.endedAt !== undefined || open.broken || open.rules === rules) continue;
    const carried = open.carried && rules.targets.find(({ id }) => id === open.row?.id);
    const row = carried ?? targetFor(rules, history);
    holdTo(open, { rules, row });
  }
};

/**
 * Another priority or group gives every undecided promise the target of its new row, from the same start and with the same
 * pauses. What was met or breached before keeps its outcome and its target.
 */
export const retarget = (history: History, at: number): void => {
  for (const open of history.slots) {
    const row = targetFor(open.rules, history);
    if (open.endedAt !== undefined || open.row === row) continue;
    const now = reckon(open, history, at);
    if (now?.promise.state === 'breached') continue;
    // What another ticket promised may come sooner by a new priority, and never later.
    if (open.carried && (reckon({ ...open, row }, history, at)?.dueAt ?? Infinity) > (now?.dueAt ?? Infinity)) continue;
    holdTo(open, { rules: open.rules, row });
  }
};
