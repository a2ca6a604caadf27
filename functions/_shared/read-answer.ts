import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { LONGEST_MESSAGE, type WriteError } from '../../domain/pages/ticket-forms.ts';
import { formFields } from './read-form.ts';
import { mediaTypeOf, readJson } from './read-json.ts';
import { type Answer, onceByForm, onceByHeader } from './take-answer.ts';
import { wellFormed } from './text-shape.ts';

/** What was posted: the words trimmed, receipts of files, and whether a browser's form brought it. */
export interface Posted {
  form: boolean;
  text: string;
  receipts: string[];
  once: Answer['once'];
}

const receipts = z.exactOptional(z.array(z.string().check(z.maxLength(4096))).check(z.maxLength(50)));
const text = z.string().check(z.trim(), wellFormed);
const shapes = {
  body: z.strictObject({ body: text, attachments: receipts }),
  reason: z.strictObject({ reason: z.exactOptional(text), attachments: receipts }),
};

/** A form or JSON with the words in `field`. Throws 400, 413, 415 and 422 for what cannot be read at all. */
export const readAnswer = (event: APIGatewayProxyEventV2, field: 'body' | 'reason'): Posted => {
  if (mediaTypeOf(event) === 'application/x-www-form-urlencoded') return readAnswerForm(event, field);
  const read = field === 'body' ? readJson(event, shapes.body) : readJson(event, shapes.reason);
  const words = 'body' in read ? read.body : (read.reason ?? '');
  return { form: false, text: words, receipts: read.attachments ?? [], once: onceByHeader(event, read) };
};

/** Browsers break lines with CRLF in what they post; the person wrote one break. */
const readAnswerForm = (event: APIGatewayProxyEventV2, field: string): Posted => {
  const fields = formFields(event);
  const first = (name: string): string | undefined => fields.find(([given]) => given === name)?.[1];
  const words = (first(field) ?? '').replaceAll('\r\n', '\n').trim();
  const files = fields.filter(([name]) => name === 'attachments').map(([, receipt]) => receipt);
  const once = onceByForm(event, first('once'), JSON.stringify([words, files]));
  return { form: true, text: words, receipts: files, once };
};

/** What is wrong with the words, if anything: `required`, they may not be missing; with files they never may. */
export const wrongWith = ({ text: words, receipts: files }: Posted, required: boolean): WriteError | undefined => {
  if (words === '' && (required || files.length > 0)) return 'empty';
  return words.length > LONGEST_MESSAGE ? 'too-long' : undefined;
};
