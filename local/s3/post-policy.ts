import * as z from 'zod/mini';
import { AwsError } from '../aws/contract.ts';
import { checkSignature } from './signature-v4.ts';

const length = z.union([z.number(), z.string().check(z.regex(/^\d+$/))]);
const condition = z.union([
  z.tuple([z.literal('content-length-range'), length, length]),
  z.tuple([z.enum(['eq', 'starts-with']), z.string(), z.string()]),
  z.record(z.string(), z.string()),
]);
const policy = z.object({ expiration: z.iso.datetime(), conditions: z.array(condition) });
type Condition = z.output<typeof condition>;

/** Fields that need no condition (S3 API reference, "POST policy": conditions). */
const FREE = new Set(['policy', 'x-amz-signature', 'file', 'awsaccesskeyid', 'signature']);

const denied = (why: string): AwsError => new AwsError('AccessDenied', `Invalid according to Policy: ${why}`, 403);

const read = (encoded: string): z.output<typeof policy> => {
  try {
    return policy.parse(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')));
  } catch {
    throw new AwsError('InvalidPolicyDocument', 'Invalid Policy: the document could not be read.', 400);
  }
};

/**
 * Checks a form of `POST Object` against the policy it carries: signed by the key it names, not over on the virtual clock,
 * every condition met, and every field named by one (fields by lower-case name, `${filename}` filled in).
 */
export const checkPolicy = (fields: ReadonlyMap<string, string>, fileBytes: number, now: number): void => {
  const [document, credential] = [fields.get('policy'), fields.get('x-amz-credential')];
  if (document === undefined || credential === undefined) throw new AwsError('AccessDenied', 'Access Denied', 403);
  checkSignature(credential, document, fields.get('x-amz-signature') ?? '');
  const { expiration, conditions } = read(document);
  if (now > Date.parse(expiration)) throw denied('Policy expired.');
  const named = new Set(conditions.flatMap((each) => check(each, fields, fileBytes)));
  const extra = [...fields.keys()].filter(
    (name) => !named.has(name) && !FREE.has(name) && !name.startsWith('x-ignore-'),
  );
  if (extra.length > 0) throw denied(`Extra input fields: ${extra.join(', ')}`);
};

/** Throws for a condition that is not met; returns the fields it speaks of. */
const check = (given: Condition, fields: ReadonlyMap<string, string>, fileBytes: number): string[] => {
  if (!Array.isArray(given)) return Object.entries(given).map(([name, value]) => compare('eq', name, value, fields));
  if (given[0] !== 'content-length-range') return [compare(given[0], given[1].replace(/^\$/, ''), given[2], fields)];
  const [least, most] = [Number(given[1]), Number(given[2])];
  if (fileBytes < least)
    throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400);
  if (fileBytes > most)
    throw new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', 400);
  return [];
};

const compare = (
  kind: 'eq' | 'starts-with',
  field: string,
  wanted: string,
  fields: ReadonlyMap<string, string>,
): string => {
  const name = field.toLowerCase();
  const value = fields.get(name);
  const met = value !== undefined && (kind === 'eq' ? value === wanted : value.startsWith(wanted));
  if (!met) throw denied(`Policy Condition failed: ["${kind}", "$${name}", "${wanted}"]`);
  return name;
};
