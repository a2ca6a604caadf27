import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { pageHeaders } from '../../../domain/pages/headers.ts';
import type { Notice } from '../../../domain/pages/ticket-page.ts';
import type { Words } from '../words/words.ts';

/** Back to the page after a form was taken: what happened stands at its top, and `of` is the message it was about. */
export const seeTicket = (
  path: string,
  { sent, of }: { sent: Notice; of?: string },
  { brand }: Pick<Words, 'brand'>,
): APIGatewayProxyStructuredResultV2 => {
  const query = new URLSearchParams({ sent, ...(of !== undefined && { of }) });
  return { statusCode: 303, headers: { ...pageHeaders(brand), location: `${path}?${query}#notice` } };
};
