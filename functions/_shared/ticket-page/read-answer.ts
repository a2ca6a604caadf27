import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { LONGEST_MESSAGE, type WriteError } from '../../../domain/pages/ticket-forms.ts';
import type { TicketPage } from '../../../domain/pages/ticket-page.ts';
import type { Attachment } from '../../../domain/ticket/message.ts';
import { type FilesDeps, formFiles } from '../files/form-files.ts';
import { attachmentsFrom } from '../files/uploads.ts';
import { mediaTypeOf } from '../http/body.ts';
import { readForm } from '../http/read-form.ts';
import { readJson } from '../http/read-json.ts';
import { wellFormed } from '../http/text-shape.ts';
import { type Answer, onceByForm, onceByHeader } from './take-answer.ts';

/** What was posted: the words trimmed, the files, and whether a browser's form brought it. */
export interface Posted {
  form: boolean;
  text: string;
  attachments: Attachment[];
  /** Of a form: a file of it is no longer there, and what the form shows of the others. */
  gone: boolean;
  files?: TicketPage['files'];
  once: Answer['once'];
}

const receipts = z.exactOptional(z.array(z.string().check(z.maxLength(4096))).check(z.maxLength(50)));
const text = z.string().check(z.trim(), wellFormed);
/** The bodies that programs send: an answer, and the reason to open a ticket again. */
export const answerShapes = {
  body: z.strictObject({ body: text, attachments: receipts }),
  reason: z.strictObject({ reason: z.exactOptional(text), attachments: receipts }),
};

/** A form or JSON with the words in `field`. Throws 400, 413, 415 and 422 for what cannot be read at all. */
export const readAnswer = async (
  event: APIGatewayProxyEventV2,
  field: 'body' | 'reason',
  deps: FilesDeps,
): Promise<Posted> => {
  if (mediaTypeOf(event) === 'application/x-www-form-urlencoded') return readAnswerForm(event, field, deps);
  const read = field === 'body' ? readJson(event, answerShapes.body) : readJson(event, answerShapes.reason);
  const words = 'body' in read ? read.body : (read.reason ?? '');
  const given = read.attachments ?? [];
  const attachments = given.length === 0 ? [] : attachmentsFrom(given, await deps.keys(), deps.clock.now());
  return { form: false, text: words, attachments, gone: false, once: onceByHeader(event, read) };
};

/** Browsers break lines with CRLF in what they post; the person wrote one break. */
const readAnswerForm = async (event: APIGatewayProxyEventV2, field: string, deps: FilesDeps): Promise<Posted> => {
  const form = readForm(event);
  const words = (form[field] ?? '').replaceAll('\r\n', '\n').trim();
  const { attachments, gone, shown } = await formFiles(event, form, deps);
  const once = onceByForm(event, form.once, JSON.stringify([words, attachments.map(({ key }) => key)]));
  const files = shown.held && shown.box !== undefined ? { held: shown.held, box: shown.box, gone } : undefined;
  return { form: true, text: words, attachments, gone, once, ...(files && { files }) };
};

/** What is wrong, if anything: words that are missing (where they are `required`, or with files), too many, or a file. */
export const wrongWith = ({ text: words, attachments, gone }: Posted, required: boolean): WriteError | undefined => {
  if (words === '' && (required || attachments.length > 0)) return 'empty';
  if (words.length > LONGEST_MESSAGE) return 'too-long';
  return gone ? 'files' : undefined;
};
