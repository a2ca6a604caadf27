import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import { type Decision, decided } from '../../support/decision.ts';
import { asOpen } from '../as-status.ts';
import type { Change } from '../change.ts';
import type { Actor } from '../event.ts';
import { makeChange } from './make-change.ts';
import { allowed, type Refusal } from './refusal.ts';

/** The desk acts again: the clock runs on from where it stood. */
export const resume = (ledger: Ledger, { by }: { by: Actor }, ctx: Context): Decision<Change, Refusal> => {
  const may = allowed(ledger, 'resume');
  if (!may.ok) return may;
  const resumed = { type: 'resumed' as const, by, reason: 'The desk acts again.' };
  return decided(makeChange(ledger, asOpen(may.ticket), [resumed], ctx));
};
