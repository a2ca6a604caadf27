import type { Clock } from '../domain/ports.ts';
import { instant } from '../domain/support/time.ts';

export const systemClock: Clock = { now: () => instant(Date.now()) };
