import type { Policy } from '../policy.ts';
import type { ClockNote } from '../report/clock-note.ts';
import { type Holder, noteClocks } from '../report/note-clocks.ts';
import type { TicketEvent } from '../ticket/event.ts';
import { type Disagreement, policyAt } from './audit.ts';
import type { Step } from './audit-rungs.ts';

/** What was noted about promises (kept, broken, called off, and when) against what the events before it say. */
export const outcomeDoubts = (steps: readonly Step[], policy: Policy): Disagreement[] => {
  let before: readonly TicketEvent[] = [];
  return steps.flatMap(({ at, added }) => {
    const stored = added.flatMap(({ clocks = [] }) => clocks);
    const holder = holderOf(stored[0] ?? lastNote(before), [...before, ...added]);
    const bare = added.map(({ clocks, ...event }): TicketEvent => event);
    const computed = noteClocks({ earlier: before, added: bare, holder }, policyAt(policy, added[0]?.policy), at);
    const last = bare.at(-1);
    // The next change is judged by what should have been noted: one mistake is told once.
    before = [...before, ...bare.slice(0, -1), ...(last === undefined ? [] : [withClocks(last, computed)])];
    return compared(stored, computed, at);
  });
};

const withClocks = (event: TicketEvent, clocks: ClockNote[]): TicketEvent =>
  clocks.length === 0 ? event : { ...event, clocks };

const lastNote = (events: readonly TicketEvent[]): ClockNote | undefined =>
  events.findLast(({ clocks = [] }) => clocks.length > 0)?.clocks?.[0];

/** Whose it was is a snapshot, and taken as it stands; where nothing was noted, triage says who was to have noted it. */
const holderOf = (note: ClockNote | undefined, events: readonly TicketEvent[]): Holder | undefined => {
  if (note !== undefined) {
    const { group, priority, channel } = note;
    return { group, priority, channel };
  }
  const triaged = events.find((event) => event.type === 'triaged');
  const opened = events.find((event) => event.type === 'opened');
  if (triaged?.type !== 'triaged' || opened?.type !== 'opened') return undefined;
  return { group: triaged.group, priority: triaged.priority, channel: opened.channel };
};

const compared = (stored: readonly ClockNote[], computed: readonly ClockNote[], at: string): Disagreement[] => {
  const ids = [...new Set([...stored, ...computed].map(({ clock }) => clock))];
  return ids.flatMap((id) => {
    const [was, is] = [stored, computed].map((notes) => inShort(notes.find(({ clock }) => clock === id)));
    return was === is ? [] : [{ what: `outcome ${id}`, at, stored: was ?? 'none', recomputed: is ?? 'none' }];
  });
};

const inShort = (note: ClockNote | undefined): string => {
  if (note === undefined) return 'nothing noted';
  const { outcome, decidedAt, dueAt, endedAt, usedMs, target, calendar, reopenedAt } = note;
  return [
    outcome,
    decidedAt === undefined ? '' : `at ${decidedAt}`,
    `due ${dueAt} (${target}, ${calendar})`,
    endedAt === undefined ? '' : `ended ${endedAt}`,
    `${Math.round(usedMs / 1000)} s used`,
    reopenedAt === undefined ? '' : `reopened ${reopenedAt}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
};
