import * as z from 'zod/mini';
import {
  HELP_FIELD_NAMES,
  HELP_FIELDS,
  type HelpError,
  type HelpField,
  type HelpValues,
} from '../../domain/contact/help-form.ts';
import { oneLine } from '../../domain/contact/phrase.ts';
import type { Category } from '../../domain/policy.ts';
import { isZone } from '../../domain/support/zone.ts';
import type { Report } from '../../domain/ticket/ticket.ts';

/** What was written into the form, as it may be kept. */
export interface HelpRequest {
  subject: string;
  message: string;
  name: string;
  email: string;
  timeZone?: string;
  report: Report;
}

export type HelpErrors = { [field in HelpField]?: HelpError };

const email = z.email();
const impact = z.enum(['one', 'team', 'many', 'all']);
const urgency = z.enum(['low', 'normal', 'high', 'now']);
/** A number as people write it, in any digits; whether it rings is seen when somebody calls. */
const PHONE = /^(?=(?:\D*\p{Nd}){6})\+?[\p{Nd}\s()./-]+$/u;
const LONG: ReadonlySet<HelpField> = new Set(['message', 'steps']);

/** The message of the form, or what is wrong with each field. */
export const readHelpForm = (
  values: HelpValues,
  categories: readonly Category[],
): { ok: true; request: HelpRequest } | { ok: false; errors: HelpErrors } => {
  const text = (name: HelpField): string =>
    LONG.has(name) ? (values[name] ?? '').replaceAll('\r\n', '\n').trim() : oneLine(values[name] ?? '');
  const errors: HelpErrors = {};
  for (const name of HELP_FIELD_NAMES) {
    const error = errorOf(name, text(name), categories);
    if (error !== undefined) errors[name] = error;
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const timeZone = zoneOf(values.zone);
  return {
    ok: true,
    request: {
      subject: text('subject'),
      message: text('message'),
      name: text('name'),
      email: text('email'),
      ...(timeZone !== undefined && { timeZone }),
      report: reportOf(text),
    },
  };
};

const errorOf = (name: HelpField, value: string, categories: readonly Category[]): HelpError | undefined => {
  const { most, required } = HELP_FIELDS[name];
  if (value === '') return required ? 'required' : undefined;
  if ([...value].length > most) return 'too-long';
  switch (name) {
    case 'email':
      return email.safeParse(value).success ? undefined : 'email';
    case 'phone':
      return PHONE.test(value) ? undefined : 'phone';
    case 'category':
      return categories.some(({ id }) => id === value) ? undefined : 'choice';
    case 'impact':
      return impact.safeParse(value).success ? undefined : 'choice';
    case 'urgency':
      return urgency.safeParse(value).success ? undefined : 'choice';
    default:
      return undefined;
  }
};

const CONTEXT = ['phone', 'device', 'browser', 'appVersion', 'errorCode', 'steps'] as const;

const reportOf = (text: (name: HelpField) => string): Report => {
  const [how, when] = [impact.safeParse(text('impact')), urgency.safeParse(text('urgency'))];
  const context = Object.fromEntries(CONTEXT.map((name) => [name, text(name)]).filter(([, value]) => value !== ''));
  return {
    ...(how.success && { impact: how.data }),
    ...(when.success && { urgency: when.data }),
    ...(text('category') !== '' && { category: text('category') }),
    ...(Object.keys(context).length > 0 && { context }),
  };
};

/** The script's, or nothing: a zone that does not exist is not the visitor's mistake. */
const zoneOf = (zone: string | undefined): string | undefined =>
  zone && zone.length <= 64 && isZone(zone) ? zone : undefined;
