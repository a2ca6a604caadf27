import { durationMs } from '../clock/duration.ts';
import type { Context } from '../context.ts';
import type { Ledger } from '../ports.ts';
import { plus } from '../support/time.ts';
import type { Change } from '../ticket/change.ts';
import { type Askable, eligibility } from './eligibility.ts';
import { type Issue, issueSurvey } from './issue.ts';

export type AskForRatingInput = Pick<Issue, 'cycle' | 'definition' | 'links' | 'wait' | 'asked'> & { known: Askable };

/** Asks the customer of a resolved cycle, or records why not. */
export const askForRating = (ledger: Ledger, { known, ...input }: AskForRatingInput, ctx: Context): Change =>
  issueSurvey(
    ledger,
    {
      ...input,
      kind: 'csat',
      staff: known.staff,
      may: eligibility(ledger.ticket, ledger.events, input.cycle, known, ctx.now),
      expiresAt: plus(ctx.now, durationMs(ctx.policy.survey.linkLasts)),
      rule: 'survey.after-resolve',
      reason: 'The ticket was resolved.',
    },
    ctx,
  );
