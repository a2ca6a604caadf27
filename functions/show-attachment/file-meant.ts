import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { safeFileName } from '../../domain/contact/file-name.ts';
import { savedAs, servedType } from '../../domain/contact/upload.ts';
import type { Message } from '../../domain/ticket/message.ts';

export interface FileMeant {
  key: string;
  type: string;
  disposition: string;
}

/**
 * The file of a message that a path names: one of its attachments, and for the team alone the mail as it came (not masked,
 * and gone when it expires) or the whole of a text that was too long to show.
 */
export const fileMeant = (
  message: Message,
  { routeKey, pathParameters }: Pick<APIGatewayProxyEventV2, 'routeKey' | 'pathParameters'>,
): FileMeant | undefined => {
  const { id, ticketId, raw, whole, attachments } = message;
  if (routeKey === 'GET /desk/tickets/{id}/messages/{message}/raw')
    return raw === undefined
      ? undefined
      : { key: raw, type: 'message/rfc822', disposition: savedAs(`${ticketId}-${id}.eml`) };
  if (routeKey === 'GET /desk/tickets/{id}/messages/{message}/whole')
    return whole === undefined
      ? undefined
      : { key: whole, type: 'text/plain; charset=utf-8', disposition: savedAs(`${ticketId}-${id}.txt`) };
  const index = pathParameters?.index ?? '';
  const file = /^\d{1,3}$/.test(index) ? attachments[Number(index)] : undefined;
  return file && { key: file.key, type: servedType(file.type), disposition: savedAs(safeFileName(file.name)) };
};
