import * as z from 'zod/mini';
import { PROBLEM_TYPE, problemsOf } from '../../functions/show-contract/answers.ts';
import type { Schema } from '../../functions/show-contract/described.ts';
import { describedRoutes } from '../../functions/show-contract/document.ts';
import { JSON_TYPE } from '../../functions/show-contract/json-schema.ts';
import { problem, refusal } from '../../functions/show-contract/shapes/public.ts';

/** An answer of the desk, whoever carried it. */
export interface Answered {
  status: number;
  /** As the header has it. */
  type: string | undefined;
  body: string;
}

/** Statuses with which the API itself answers, before a function is asked. */
const BEFORE_THE_FUNCTION = new Set([401, 413, 429, 500, 503]);

const mostLiteral = (key: string): number => key.split('/').filter((part) => !part.startsWith('{')).length;
const matchers = Object.keys(describedRoutes)
  .toSorted((a, b) => mostLiteral(b) - mostLiteral(a))
  .map((key) => ({ key, is: new RegExp(`^${key.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`) }));

/** The described route that a request goes to, if there is one. */
export const routeOf = (method: string, path: string): string | undefined =>
  matchers.find(({ is }) => is.test(`${method} ${path.split('?')[0]}`))?.key;

/** What of a value its shape did not name, by path. */
const unnamed = (value: unknown, read: unknown, path: string): string[] => {
  if (typeof value !== 'object' || value === null) return value === read ? [] : [path];
  if (typeof read !== 'object' || read === null) return [path];
  const known = new Map(Object.entries(read));
  return Object.entries(value).flatMap(([name, inner]) => unnamed(inner, known.get(name), `${path}.${name}`));
};

/** What is wrong with a value by its shape: what does not fit, and every field that it does not name. */
export const misfits = (schema: Schema, value: unknown): string[] => {
  const read = z.safeParse(schema, value);
  if (read.success) return unnamed(value, read.data, '').map((path) => `${path} is not described`);
  return read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

const wrongWith = (key: string, { status, type, body }: Answered): string[] => {
  const route = describedRoutes[key];
  if (route === undefined) return ['is no described route'];
  const answered = route.answers[status];
  if (key.startsWith('HEAD ') || type === undefined || body === '')
    return answered || problemsOf(route).includes(status) ? [] : ['its status is not described'];
  const media = type.split(';')[0] ?? '';
  if (answered !== undefined) {
    if (media === JSON_TYPE && answered.json) return misfits(answered.json, JSON.parse(body));
    return [answered.as ?? []].flat().includes(media) ? [] : [`${media} is not described`];
  }
  if (media === JSON_TYPE && BEFORE_THE_FUNCTION.has(status)) return misfits(refusal, JSON.parse(body));
  if (![...problemsOf(route), 429, 500, 503].includes(status)) return ['its status is not described'];
  if (media === PROBLEM_TYPE) return misfits(problem, JSON.parse(body));
  return media === 'text/html' && route.caller !== 'team' ? [] : [`${media} is not described`];
};

/** Throws for an answer that is not as GET /openapi.json describes it: its status, its media type, each of its fields. */
export const holdToContract = (key: string, answer: Answered): void => {
  const wrong = wrongWith(key, answer);
  if (wrong.length > 0) throw new Error(`${key} answered ${answer.status}, and ${[...new Set(wrong)].join('; ')}.`);
};
