import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { Problem } from '../problem.ts';

/** Larger bodies are refused, so that what is stored with them fits into one item of the table (400 KB). */
const MOST_BYTES = 256 * 1024;

type Sent = Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>;

/** A body as it was sent, however long. */
export const bytesOf = ({ body = '', isBase64Encoded }: Sent): Buffer =>
  Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');

/** The text of a body. Throws 413. */
export const bodyOf = (event: Sent): string => {
  const bytes = bytesOf(event);
  if (bytes.length > MOST_BYTES) throw new Problem(413, `The body has more than ${MOST_BYTES / 1024} KB.`);
  return bytes.toString('utf8');
};

/** The media type without its parameters, in small letters. */
export const mediaTypeOf = ({ headers }: Pick<APIGatewayProxyEventV2, 'headers'>): string =>
  (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
