import { fold } from '../clock/fold.ts';
import type { Policy } from '../policy.ts';
import type { ClockNote } from '../report/clock-note.ts';
import { type Holder, noteClocks } from '../report/note-clocks.ts';
import type { TicketEvent } from '../ticket/event.ts';
import { policyAt, type Step } from './audit-steps.ts';
import type { Disagreement } from './audited.ts';
import { placeOf } from './places.ts';

/** What was noted about promises (kept, broken, called off, when, and whose it was) against what the events before it say. */
export const outcomeDoubts = (steps: readonly Step[], policy: Policy): Disagreement[] => {
  let before: readonly TicketEvent[] = [];
  return steps.flatMap(({ at, added }) => {
    const inForce = policyAt(policy, added[0]?.policy);
    const stored = added.flatMap(({ clocks = [] }) => clocks);
    const bare = added.map(({ clocks, ...event }): TicketEvent => event);
    const holder = holderOf(before, [...before, ...bare], inForce);
    const computed = noteClocks({ earlier: before, added: bare, holder }, inForce, at);
    const last = bare.at(-1);
    // The next change is judged by what should have been noted: one mistake is told once.
    before = [...before, ...bare.slice(0, -1), ...(last === undefined ? [] : [withClocks(last, computed)])];
    return compared(stored, computed, at);
  });
};

const withClocks = (event: TicketEvent, clocks: ClockNote[]): TicketEvent =>
  clocks.length === 0 ? event : { ...event, clocks };

/** Whose it was: in the place that it had before the change, with the priority it has after it. */
const holderOf = (
  before: readonly TicketEvent[],
  after: readonly TicketEvent[],
  policy: Policy,
): Holder | undefined => {
  const place = placeOf(before) ?? placeOf(after);
  const { priority, channel } = fold(after, policy);
  if (place === undefined || channel === undefined) return undefined;
  const { group, agent } = place;
  return { group, ...(agent === undefined ? {} : { agent }), priority, channel };
};

const compared = (stored: readonly ClockNote[], computed: readonly ClockNote[], at: string): Disagreement[] => {
  const ids = [...new Set([...stored, ...computed].map(({ clock }) => clock))];
  return ids.flatMap((id) => {
    const [was, is] = [stored, computed].map((notes) => notes.find(({ clock }) => clock === id));
    const [storedAs, computedAs] = was && is ? apart(was, is) : [inShort(was), inShort(is)];
    return storedAs === computedAs ? [] : [{ what: `outcome ${id}`, at, stored: storedAs, recomputed: computedAs }];
  });
};

const inShort = (note: ClockNote | undefined): string =>
  note === undefined ? 'nothing noted' : `${note.outcome}, due ${note.dueAt} (${note.target}, ${note.calendar})`;

/** The fields in which two notes differ, each with its names. */
const apart = (was: ClockNote, is: ClockNote): [string, string] => {
  const [a, b] = [fieldsOf(was), fieldsOf(is)];
  const names = [...new Set([...a.keys(), ...b.keys()])].filter((name) => a.get(name) !== b.get(name));
  const told = (fields: Map<string, string>): string =>
    names.map((name) => `${name} ${fields.get(name) ?? 'none'}`).join(', ');
  return [told(a), told(b)];
};

const fieldsOf = ({ clock, usedMs, ...note }: ClockNote): Map<string, string> =>
  new Map([
    ...Object.entries(note).map(([name, value]): [string, string] => [name, String(value)]),
    ['used', `${Math.round(usedMs / 1000)} s`],
  ]);
