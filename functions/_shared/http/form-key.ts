import { isKey } from '../chance.ts';
import { hashOfBody } from './idempotency.ts';

/**
 * What makes a form that is sent twice one: the key its page gave it. A form on another website, which has none, is known by
 * all that is in it and its language. Undefined for a key that no page of the desk has given.
 */
export const formKey = (form: Record<string, string>, language: string): string | undefined => {
  if (form.once === undefined) return hashOfBody([language, form]);
  return isKey(form.once) ? form.once : undefined;
};
