import { readFileSync } from 'node:fs';
import * as z from 'zod';

/**
 * What a deployment has to know of the desk's policy: names, hours and whether a model may be asked. It is read from the
 * compiled file, so that a mistake in desk/ has been told by its line before.
 */
const interval = z.object({ from: z.string(), to: z.string() });
const facts = z.object({
  groups: z.record(z.string(), z.object({ hours: z.optional(z.string()) })),
  calendars: z.record(
    z.string(),
    z.object({
      zone: z.string(),
      week: z.record(z.string(), z.array(interval)),
      open: z.record(z.string(), z.array(interval)),
    }),
  ),
  reports: z.object({ urgentInTime: z.number(), satisfied: z.number() }),
  survey: z.object({ hours: interval }),
  triage: z.object({
    model: z.discriminatedUnion('use', [
      z.object({ use: z.literal('off') }),
      z.object({ use: z.literal('bedrock'), id: z.string() }),
    ]),
  }),
});

export type DeskFacts = z.infer<typeof facts>;

export const readDeskFacts = (): DeskFacts =>
  facts.parse(JSON.parse(readFileSync(new URL('../build/desk/policy.json', import.meta.url), 'utf8')));
