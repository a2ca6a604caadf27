import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second. */
const TICKS = 100;

/**
 * Seconds of processor time that a process and its children have used; undefined where there is no /proc. Beside the time by
 * the wall it says how much of that was work, and how much was waiting for a machine that others use too.
 */
export const processorTime = (root: number): number | undefined => {
  try {
    const all = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(statOf)
      .filter((stat) => stat !== undefined);
    const family = new Set([root]);
    for (let before = 0; before < family.size; ) {
      before = family.size;
      for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
    }
    return all.reduce((sum, { pid, ticks }) => sum + (family.has(pid) ? ticks / TICKS : 0), 0);
  } catch {
    return undefined;
  }
};

/** proc(5): after the name in brackets come state, parent, …, and as the 12th and 13th of those user and system time. */
const statOf = (name: string): { pid: number; parent: number; ticks: number } | undefined => {
  try {
    const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return { pid: Number(name), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    // It ended while we looked.
    return undefined;
  }
};
