import type { Context } from '../../context.ts';
import type { Ledger } from '../../ports.ts';
import type { Change } from '../change.ts';
import { byRule, makeChange } from './make-change.ts';

/** A fault nobody planned stopped a workflow: the ticket is marked, so that a person looks at it. `error` is a name. */
export const askAHuman = (
  ledger: Ledger,
  { machine, error }: { machine: string; error: string },
  ctx: Context,
): Change => {
  const asked = {
    type: 'needs-human' as const,
    by: byRule('ask-a-human', ctx.policy),
    reason: `The ${machine} workflow stopped at ${error}.`,
    machine,
    error,
  };
  return makeChange(ledger, { ...ledger.ticket, needsHuman: `${machine}: ${error}` }, [asked], ctx);
};
