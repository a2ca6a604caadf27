import * as z from 'zod/mini';
import type { RawRequest, RawResponse } from '../aws/contract.ts';
import type { Resource } from '../template/contract.ts';

const rule = z.strictObject({
  Id: z.optional(z.string()),
  AllowedMethods: z.array(z.string()),
  AllowedOrigins: z.array(z.string()),
  AllowedHeaders: z.optional(z.array(z.string())),
  ExposedHeaders: z.optional(z.array(z.string())),
  MaxAge: z.optional(z.number()),
});
/** `CorsConfiguration` of a bucket in the template. */
const corsConfiguration = z.strictObject({ CorsRules: z.array(rule) });
export type CorsRule = z.output<typeof rule>;

/** The rules of a bucket; one that the runtime does not know is an error of its start. */
export const corsRulesOf = ({ properties }: Resource): readonly CorsRule[] =>
  properties.CorsConfiguration === undefined ? [] : corsConfiguration.parse(properties.CorsConfiguration).CorsRules;

const matches = (pattern: string, text: string): boolean => {
  const [before = '', after] = pattern.toLowerCase().split('*', 2);
  const value = text.toLowerCase();
  return after === undefined ? value === before : value.startsWith(before) && value.endsWith(after);
};

const found = (rules: readonly CorsRule[], origin: string, method: string, headers: string[]): CorsRule | undefined =>
  rules.find(
    ({ AllowedMethods, AllowedOrigins, AllowedHeaders = [] }) =>
      AllowedMethods.includes(method) &&
      AllowedOrigins.some((allowed) => matches(allowed, origin)) &&
      headers.every((header) => AllowedHeaders.some((allowed) => matches(allowed, header))),
  );

const allowance = ({ AllowedOrigins, ExposedHeaders = [] }: CorsRule, origin: string): Record<string, string> => ({
  'access-control-allow-origin': AllowedOrigins.includes('*') ? '*' : origin,
  ...(ExposedHeaders.length > 0 && { 'access-control-expose-headers': ExposedHeaders.join(', ') }),
  vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
});

/** What a browser's page of another origin needs to read the answer; nothing where no rule allows it. */
export const corsHeaders = (rules: readonly CorsRule[], { method, headers }: RawRequest): Record<string, string> => {
  const { origin } = headers;
  const rule = origin === undefined ? undefined : found(rules, origin, method, []);
  return rule && origin !== undefined ? allowance(rule, origin) : {};
};

/** Answers a preflight as S3 does: 403 where no rule fits. */
export const preflight = (rules: readonly CorsRule[], { headers }: RawRequest): RawResponse => {
  const { origin = '' } = headers;
  const method = headers['access-control-request-method'] ?? '';
  const asked = (headers['access-control-request-headers'] ?? '').split(',').flatMap((name) => name.trim() || []);
  const rule = found(rules, origin, method, asked);
  if (!rule) return { status: 403, headers: {}, body: '' };
  return {
    status: 200,
    headers: {
      ...allowance(rule, origin),
      'access-control-allow-methods': rule.AllowedMethods.join(', '),
      ...(asked.length > 0 && { 'access-control-allow-headers': asked.join(', ') }),
      ...(rule.MaxAge !== undefined && { 'access-control-max-age': String(rule.MaxAge) }),
    },
    body: '',
  };
};
