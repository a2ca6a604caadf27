import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { type FieldError, Problem } from '../problem.ts';
import { bodyOf, mediaTypeOf } from './body.ts';

// zod/mini says "Invalid input" of everything until it is given words; one language, not all of them.
z.config(en());

/** A JSON body of the wanted shape. Throws 413, 415, 400 and 422, in this order. */
export const readJson = <T>(event: APIGatewayProxyEventV2, schema: z.ZodMiniType<T>): T => {
  const text = bodyOf(event);
  if (!/^application\/([a-z0-9.+-]+\+)?json$/.test(mediaTypeOf(event)))
    throw new Problem(415, 'The body has to be application/json.');
  return checked(parsed(text), schema);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(400, 'The body is not JSON.');
  }
};

/** A value of the wanted shape. Throws 422 with every path that is wrong. */
export const checked = <T>(value: unknown, schema: z.ZodMiniType<T>): T => {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const errors = read.error.issues.flatMap((issue): FieldError[] => {
    const path = issue.path.join('.');
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: path === '' ? key : `${path}.${key}`, message: 'This field is not known.' }))
      : [{ path, message: issue.message }];
  });
  throw new Problem(422, 'The request does not have the shape this route takes.', { errors });
};
