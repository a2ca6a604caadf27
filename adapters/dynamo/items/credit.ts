import * as z from 'zod/mini';
import { CREDIT_RULES } from '../../../domain/survey/credit.ts';
import { MEASURES } from '../../../domain/survey/measure.ts';
import { count, maybe, text, tier } from './parts.ts';

const rule = z.enum(CREDIT_RULES);
const shares = maybe(z.array(z.object({ agent: text, share: count })));

// Surveys issued before the rule was noted were credited to the last reply.
export const credit = z.object({
  agent: maybe(text),
  group: text,
  tier,
  rule: z._default(rule, 'last-reply'),
  shares,
  policy: maybe(text),
});

export const askedAs = {
  series: maybe(text),
  measure: maybe(z.enum(MEASURES)),
  variant: maybe(text),
  category: maybe(text),
};

/** All of it is absent in events stored before they carried the credit. */
export const creditedEvent = {
  agent: maybe(text),
  group: maybe(text),
  tier: maybe(tier),
  rule: maybe(rule),
  shares,
  askedUnder: maybe(text),
  ...askedAs,
};
