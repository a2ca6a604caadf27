import type { VirtualClock } from './clock.ts';
import type { Store } from './store.ts';

const create = (store: Store): void =>
  store.exec('CREATE TABLE IF NOT EXISTS clock (one INTEGER PRIMARY KEY CHECK (one = 1), now REAL, real REAL)');

/**
 * The instant a stored clock shows now (epoch ms): it went on while nobody looked, unless it stands still (`speed` 0).
 * Undefined if none was stored.
 */
export const storedInstant = (store: Store, speed: number, realNow: number): number | undefined => {
  create(store);
  const row = store.prepare('SELECT now, real FROM clock').get();
  if (row === undefined) return undefined;
  return Number(row.now) + Math.max(0, realNow - Number(row.real)) * speed;
};

/** Stores every move of the clock before anything happens at the new instant. */
export const keepClock = (store: Store, clock: VirtualClock): void => {
  create(store);
  const put = store.prepare('INSERT OR REPLACE INTO clock (one, now, real) VALUES (1, ?, ?)');
  clock.onMove = () => put.run(clock.cells[0] ?? 0, clock.cells[1] ?? 0);
  clock.onMove();
};
