import * as z from 'zod/mini';
import { type Answer, internalError } from './problem.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const shape = z.object({
  statusCode: z.union([z.int(), z.string().check(z.regex(/^\d{3}$/))]),
  headers: z.nullish(z.record(z.string(), z.nullable(scalar))),
  cookies: z.nullish(z.array(z.string())),
  body: z.nullish(z.string()),
  isBase64Encoded: z.nullish(z.boolean()),
});

/** Headers of one hop or of the server itself, which API Gateway does not pass on. */
const DROPPED = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'upgrade', 'trailer']);

const hasStatus = (result: unknown): result is object =>
  typeof result === 'object' && result !== null && !Array.isArray(result) && 'statusCode' in result;

/**
 * What a function's result becomes. With `statusCode` it is a response; without, any JSON is the body of a 200 with
 * content type application/json (payload format 2.0). A response of a wrong shape is a 500.
 */
export const answerOf = (result: unknown): Answer => {
  if (!hasStatus(result)) {
    const body = typeof result === 'string' ? result : (JSON.stringify(result) ?? 'null');
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const read = shape.safeParse(result);
  if (!read.success) return internalError();
  const { statusCode, headers, cookies, body, isBase64Encoded } = read.data;
  const status = Number(statusCode);
  if (status < 200 || status > 599) return internalError();
  const out: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    const key = name.toLowerCase();
    if (value !== null && !DROPPED.has(key)) out[key] = String(value);
  }
  if (cookies && cookies.length > 0) out['set-cookie'] = cookies;
  if (body && out['content-type'] === undefined) out['content-type'] = 'text/plain;charset=UTF-8';
  return { status, headers: out, body: isBase64Encoded ? Buffer.from(body ?? '', 'base64') : (body ?? '') };
};
