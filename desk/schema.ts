import { z } from 'zod';
import { APOLOGISE_BY, RECOVERY_GOES_TO } from '../domain/policy.ts';
import { CREDIT_RULES } from '../domain/survey/credit.ts';
import { CHANNELS, PRIORITIES } from '../domain/ticket/ticket.ts';

/**
 * The files of this folder as people write them. Durations, shares and hours stay text here: `compile/` turns them into
 * what the rules read, and checks what one file says about another.
 */
export const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'write a name in small letters, digits and hyphens');

/** `30m`, `4h`, `1h30m`, `3d`. A day is 24 hours. */
export const DURATION = /^(?=\d)(?:(\d{1,4})d)?(?:(\d{1,4})h)?(?:(\d{1,4})m)?$/;
const duration = z.string().regex(DURATION, 'write a duration like 30m, 4h, 1h30m or 3d');

/** Not `0m`, in which nothing could be done. */
const someTime = duration.refine((text) => /[1-9]/.test(text), 'nobody can act in no time; write 1h, or more');

const days = z.string().regex(/^[1-9]\d{0,2}d$/, 'write whole days, like 90d');

const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'write a date like 2026-12-25', abort: true })
  .refine(
    (text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text),
    'there is no such date',
  );
const hours = z.array(
  z.string().regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'write hours like "09:00-17:00"'),
);
const week = z.strictObject({
  mon: hours.optional(),
  tue: hours.optional(),
  wed: hours.optional(),
  thu: hours.optional(),
  fri: hours.optional(),
  sat: hours.optional(),
  sun: hours.optional(),
});
const share = z.number().min(0, 'write a number from 0 to 1').max(1, 'write a number from 0 to 1');
const asksUpTo = z.number().int().min(0, 'write 0 to never ask, or how many');
const tier = z.union([z.literal(1), z.literal(2), z.literal(3)], 'a tier is 1, 2 or 3');
const priority = z.enum(PRIORITIES);
const urgencies = z.strictObject({ low: priority, normal: priority, high: priority, now: priority });

const COUNTS_UP = 'write a number that counts up';

const calendar = z.strictObject({
  zone: z.string(),
  week,
  holidays: z
    .array(z.string().regex(/^[A-Z]{2}(-[A-Z0-9]+)*$/, 'write a country like DE, or a region like DE-BY'))
    .default([]),
  closed: z.array(date).default([]),
  open: z.record(date, hours).default({}),
});

export const policyFile = z.strictObject({
  version: z.union(
    [z.number().int().positive(COUNTS_UP), z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, COUNTS_UP)],
    COUNTS_UP,
  ),
  calendars: z.record(id, calendar),
  'holiday-years': z
    .strictObject({
      from: z.number().int().min(2000, 'write a year from 2000 on'),
      to: z.number().int().max(2100, 'write a year up to 2100'),
    })
    .default({ from: 2025, to: 2032 }),
  targets: z.array(
    z.strictObject({
      id,
      channels: z.array(z.enum(CHANNELS)).min(1, 'name a channel, or leave the list out').optional(),
      priorities: z.array(priority).min(1, 'name a priority, or leave the list out').optional(),
      types: z.array(id).min(1, 'name a customer type, or leave the list out').optional(),
      groups: z.array(z.string()).min(1, 'name a group, or leave the list out').optional(),
      calendar: z.string(),
      'first-reply': someTime.optional(),
      'next-reply': someTime.optional(),
      resolution: z
        .union([someTime, z.partialRecord(priority, someTime)], 'write a duration, or one per priority')
        .optional(),
    }),
  ),
  ladder: z.array(
    z.strictObject({
      id: id.optional(),
      at: z
        .string()
        .regex(
          /^(?:\d{1,3}%|\+(?=\d)(?:\d{1,4}d)?(?:\d{1,4}h)?(?:\d{1,4}m)?)$/,
          'write a share like 80%, or a time after the promise like +1h',
        ),
      priorities: z.array(priority).min(1, 'name a priority, or leave the list out').optional(),
      promises: z
        .array(z.enum(['first-reply', 'next-reply', 'resolution']))
        .min(1, 'name a promise, or leave the list out')
        .optional(),
      warn: z.enum(['assignee', 'group']).optional(),
      move: z.enum(['next-tier']).optional(),
      call: z.enum(['lead', 'manager']).optional(),
      tell: z.enum(['lead', 'manager']).optional(),
      'acknowledge-within': z
        .union([someTime, z.partialRecord(priority, someTime)], 'write a duration, or one per priority')
        .optional(),
      wakes: z.array(priority).min(1, 'name a priority, or leave the list out').optional(),
    }),
  ),
  'acknowledged-rests': duration,
  groups: z.record(
    id,
    z.strictObject({
      tier,
      next: z.string().optional(),
      lead: z.string(),
      manager: z.string(),
      hours: z.string().optional(),
    }),
  ),
  triage: z.strictObject({
    matrix: z.strictObject({ one: urgencies, team: urgencies, many: urgencies, all: urgencies }),
    'raise-from-users': z.number().int().positive(),
    'raise-types': z.array(z.string()),
    'default-impact': z.enum(['one', 'team', 'many', 'all']),
    'default-urgency': z.enum(['low', 'normal', 'high', 'now']),
    'outage-words': z.array(z.string().min(1)),
    'urgent-words': z.array(z.string().min(1)),
    outage: z.strictObject({
      tickets: z.number().int().min(2, 'one ticket is no outage; write 2 or more'),
      window: duration,
      quiet: duration,
      joins: priority,
    }),
    'language-confidence': share,
    'raise-unhappy': z.boolean(),
    classifier: z.strictObject({
      examples: z.number().int().min(50, 'fewer than 50 examples teach nothing'),
      confidence: share,
    }),
    model: z.discriminatedUnion('use', [
      z.strictObject({ use: z.literal('off') }),
      z.strictObject({
        use: z.literal('bedrock'),
        id: z
          .string()
          .regex(/^[a-z0-9][a-zA-Z0-9.:-]{2,127}$/, 'write the id of a model or inference profile of Amazon Bedrock'),
        confidence: share,
        timeout: z.string().regex(/^[1-8]s$/, 'write 1s to 8s: the task has ten seconds in all'),
      }),
    ]),
  }),
  routing: z.strictObject({ 'when-away': z.enum(['keep', 'hand-over']) }),
  pause: z.strictObject({ 'while-waiting-for-customer': z.boolean(), 'while-on-hold': z.boolean() }),
  silence: z.strictObject({
    'remind-after': someTime,
    'close-after': someTime,
    'review-hold-after': someTime,
    reminders: z.number().int().min(1, 'remind at least once before you close').max(5, 'more than five are a nuisance'),
  }),
  'apply-to-open-tickets': z.boolean(),
  'tell-customer-when-late': z.boolean(),
  'renewed-promise': z.string().regex(/^([1-9]\d?|100)%$/, 'write a share of the promise, 1% to 100%'),
  'late-mails-apart': duration,
  'thanks-only': z.strictObject({
    recognise: z.boolean(),
    'most-words': z.number().int().min(1, 'let at least one word through').max(50, 'so many words are no mere thanks'),
  }),
  'reopen-within': duration,
  'undo-within': duration,
  'mail-limits': z.strictObject({
    'acknowledgements-an-hour': z.number().int().min(1, 'let at least one through'),
    'acknowledgements-a-day': z.number().int().min(1, 'let at least one through'),
    'new-tickets-an-hour': z.number().int().min(1, 'let at least one through'),
    'new-tickets-a-day': z.number().int().min(1, 'let at least one through'),
    'reopenings-a-day': z.number().int().min(1, 'let at least one through'),
  }),
  'web-limits': z.strictObject({
    'new-tickets-an-hour': z.number().int().min(1, 'let at least one through'),
    'forms-an-hour': z.number().int().min(1, 'let at least one through'),
    'uploads-an-hour': z.number().int().min(1, 'let at least one through'),
  }),
  'mail-forwarders': z.array(z.email('write a mail address')).default([]),
  survey: z.strictObject({
    'ask-after': duration,
    'remind-after': duration,
    'link-lasts': duration,
    'editable-for': duration,
    credit: z.enum(CREDIT_RULES, `a rule is one of ${CREDIT_RULES.join(', ')}`),
    'scanners-open-within': z.string().regex(/^[1-5]?\ds$/, 'write 0s to 59s'),
    hours: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'write hours like "09:00-20:00"'),
    days: z
      .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
      .min(1, 'name a day, or leave the list out')
      .optional(),
    calendar: z.string(),
    'never-ask': z
      .array(
        z.string().regex(/^(?:[^\s@]+@)?[^\s@.]+(?:\.[^\s@.]+)+$/, 'write an address, or a domain like example.com'),
      )
      .default([]),
  }),
  feedback: z.strictObject({
    group: z.string(),
    tell: z.enum(['lead', 'manager', 'nobody']),
    'notices-an-hour': z.number().int().min(1, 'let at least one through'),
  }),
  nps: z.strictObject({ every: days, 'written-within': days }),
  contact: z.strictObject({
    asks: z.strictObject({
      most: z.number().int().min(1, 'let at least one ask through').max(50, 'so many asks are no limit'),
      within: duration,
      'open-for': duration,
      'up-to': z.strictObject({
        'follow-up': asksUpTo,
        'fix-check': asksUpTo,
        csat: asksUpTo,
        nps: asksUpTo,
        reminder: asksUpTo,
      }),
    }),
  }),
  remediation: z.strictObject({
    on: z.boolean('write true or false').default(true),
    'goes-to': z.enum(RECOVERY_GOES_TO, `it goes to one of ${RECOVERY_GOES_TO.join(', ')}`),
    'most-per-person': z.strictObject({
      times: z.number().int().min(1, 'with none nothing is ever put right: write "on: false" for that'),
      within: duration,
    }),
    'apologise-by': z.enum(APOLOGISE_BY, `write one of ${APOLOGISE_BY.join(', ')}`),
    deadline: duration,
    calendar: z.string(),
    'ask-again-after': duration,
    'answer-within': duration,
    'call-again-after': duration,
    calls: z.number().int().min(1, 'somebody has to be called at least once'),
  }),
  'resolve-needs': z.array(z.enum(['cause', 'solution', 'check'])),
  'resolve-needs-of': z.record(z.string(), z.array(z.enum(['cause', 'solution', 'check']))).default({}),
  knowledge: z.strictObject({
    'offer-from-score': z.number().positive(),
    'offer-at-most': z.number().int().min(0).max(5, 'more than five links are not read'),
    'missing-translation': z.enum(['warn', 'refuse']),
  }),
  reports: z.strictObject({
    'urgent-in-time': z.string().regex(/^[1-9]\d?(\.\d)?%$/, 'write a share like 95%, below 100%'),
    'still-resolved-after': duration,
    'small-below': z.number().int().min(1, 'write 1 to show every figure as it is'),
    satisfied: z.string().regex(/^[1-9]\d?(\.\d)?%$/, 'write a share like 90%, below 100%'),
    'ratings-visible': z.enum(['own', 'team']),
  }),
  'look-again-at-least': days,
});
export type PolicyFile = z.output<typeof policyFile>;

/** desk/versions/policy-<version>.yaml: what a version promised by, its holidays written out as dates. */
export const versionFile = z.strictObject({
  version: z.string(),
  untriaged: priority,
  ...policyFile.pick({
    'apply-to-open-tickets': true,
    targets: true,
    ladder: true,
    pause: true,
    silence: true,
  }).shape,
  calendars: z.record(id, calendar.extend({ 'holidays-until': date.optional() })),
});
export type VersionFile = z.output<typeof versionFile>;

export const teamFile = z.strictObject({
  team: z.array(
    z.strictObject({
      id,
      name: z.string().min(1),
      email: z.email('write a mail address'),
      groups: z.array(z.string()),
      tier,
      role: z.enum(['agent', 'senior', 'lead', 'manager']),
      languages: z.array(z.string()).min(1, 'name a language'),
      skills: z.union([z.literal('all'), z.array(z.string())], 'write all, or a list of categories'),
      capacity: z.number().int().min(0),
      'time-zone': z.string().optional(),
      phone: z
        .string()
        .regex(/^\+[1-9]\d{6,14}$/, 'write the number with its country and without blanks, like +4930123456')
        .optional(),
      'tell-by': z
        .array(z.enum(['mail', 'sms']))
        .min(1, 'write mail, sms or both: somebody has to hear of it')
        .optional(),
      quiet: z
        .strictObject({
          zone: z.string().optional(),
          hours: hours.optional(),
          week: week.optional(),
        })
        .optional(),
    }),
  ),
});

export const categoriesFile = z.strictObject({
  categories: z.array(
    z.strictObject({
      id,
      names: z.record(z.string(), z.string().min(1)),
      severity: z.number().min(1).max(5),
      group: z.string(),
      keywords: z.array(z.string().min(1)),
    }),
  ),
});

export const localeFile = z.strictObject({
  format: z.string(),
  direction: z.enum(['ltr', 'rtl']),
  words: z.record(z.string(), z.unknown()),
  scales: z.record(z.string(), z.record(z.string(), z.string())),
  surveys: z.record(
    z.string(),
    z.record(z.string(), z.strictObject({ text: z.string(), choices: z.record(z.string(), z.string()).optional() })),
  ),
});
export type LocaleFile = z.output<typeof localeFile>;

/** What stands above an article: its language is its folder, its key the name of its file. */
export const articleFile = z.strictObject({
  title: z.string().min(1, 'write a title').max(120, 'write at most 120 characters'),
  category: z.string(),
  keywords: z.array(z.string().min(1)).min(1, 'write words that people use for it'),
  reviewed: date,
  'review-every': duration,
  related: z.array(id).optional(),
});

/** What stands above a reply template: its language is its folder, its key the name of its file. */
export const templateFile = z.strictObject({
  title: z.string().min(1, 'write a title').max(120, 'write at most 120 characters'),
  when: z.string().min(1, 'say when it is used').max(300, 'write at most 300 characters'),
  categories: z.array(z.string()).default([]),
  keywords: z.array(z.string().min(1)).default([]),
});

const inEachLanguage = z.record(z.string(), z.string().min(1, 'write something'));

export const checklistsFile = z.strictObject({
  checklists: z.array(
    z.strictObject({
      id,
      categories: z.array(z.string()).default([]),
      products: z.array(z.string()).default([]),
      keywords: z.array(z.string().min(1)).default([]),
      nature: z.enum(['simple', 'complex']),
      title: inEachLanguage,
      steps: z.array(inEachLanguage).min(1, 'write a first step'),
    }),
  ),
});
export type ChecklistsFile = z.output<typeof checklistsFile>;

const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'write a colour like "#0b5f6b"');
const picture = z
  .string()
  .regex(/^[a-z0-9-]+\.(svg|png)$/, 'write the name of an SVG or PNG in this folder, in small letters');
export const brandFile = z.strictObject({
  name: z.string().min(1),
  website: z.url({ protocol: /^https?$/, error: 'write an address like https://www.example.com' }).optional(),
  'time-zone': z.string(),
  languages: z.array(z.string()).min(1, 'name a language'),
  colours: z.strictObject({ accent: colour, 'accent-dark': colour }),
  logo: z.strictObject({ file: picture, dark: picture.optional(), 'says-name': z.boolean().default(false) }).optional(),
});
export type BrandFile = z.output<typeof brandFile>;
