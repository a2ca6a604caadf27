import { durationMs } from '../clock/duration.ts';
import type { Context } from '../context.ts';
import type { Ledger } from '../ports.ts';
import { plus } from '../support/time.ts';
import type { Change } from '../ticket/change.ts';
import type { Chosen } from './choose.ts';
import { type Askable, eligibility } from './eligibility.ts';
import { type Issue, issueSurvey } from './issue.ts';

export type AskForRatingInput = Pick<Issue, 'cycle' | 'definition' | 'variant' | 'links' | 'wait' | 'asked'> & {
  known: Askable;
  /** Left out by lot. */
  skip?: Chosen['skip'];
};

/** Asks the customer of a resolved cycle, or records why not. */
export const askForRating = (ledger: Ledger, { known, skip, ...input }: AskForRatingInput, ctx: Context): Change =>
  issueSurvey(
    ledger,
    {
      ...input,
      kind: 'csat',
      staff: known.staff,
      contacts: known.contacts,
      may: eligibility(ledger.ticket, ledger.events, { cycle: input.cycle, known, skip }, ctx),
      expiresAt: plus(ctx.now, durationMs(ctx.policy.survey.linkLasts)),
      rule: 'survey.after-resolve',
      reason: 'The ticket was resolved.',
    },
    ctx,
  );
