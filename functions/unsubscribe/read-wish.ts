import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { ASK_AGAIN, ONE_CLICK } from '../../domain/pages/unsubscribe-page.ts';
import { bodyOf, mediaTypeOf } from '../_shared/http/body.ts';
import { notPressed, readForm } from '../_shared/http/read-form.ts';
import { Problem } from '../_shared/problem.ts';

/**
 * What a post to the link asks for. Mail programs send `List-Unsubscribe=One-Click` as either kind of form (RFC 8058).
 * Throws 413, 415 and 422.
 */
export const readWish = async (event: APIGatewayProxyEventV2): Promise<'stopped' | 'asked-again'> => {
  const fields = mediaTypeOf(event) === 'multipart/form-data' ? await readParts(event) : readForm(event);
  if (fields[ONE_CLICK.name] === ONE_CLICK.value) return 'stopped';
  if (fields[ASK_AGAIN.name] === ASK_AGAIN.value) return 'asked-again';
  throw notPressed(ONE_CLICK);
};

/** A form as multipart/form-data (RFC 7578). Throws 413 and 422. */
const readParts = async (event: APIGatewayProxyEventV2): Promise<Record<string, string>> => {
  const headers = { 'content-type': event.headers['content-type'] ?? '' };
  const form = await new Response(bodyOf(event), { headers }).formData().catch(() => {
    throw new Problem(422, 'The form cannot be read.');
  });
  return Object.fromEntries([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
};
