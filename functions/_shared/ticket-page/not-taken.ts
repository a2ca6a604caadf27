import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { LONGEST_MESSAGE, type WriteError } from '../../../domain/pages/ticket-forms.ts';
import { wantsPage } from '../http/page-handler.ts';
import type { LinkedTicket, TicketLinkDeps } from '../links/ticket-link.ts';
import { Problem } from '../problem.ts';
import type { Posted } from './read-answer.ts';
import { ticketAnswer, ticketShown } from './ticket-shown.ts';

const DETAILS = {
  empty: 'Is missing.',
  'too-long': `Has more than ${LONGEST_MESSAGE} characters.`,
  files: 'These files cannot be attached.',
} as const;

/** The form again with the words that were posted and what is wrong with them: nobody writes anything twice. */
export const notTaken = async (
  event: APIGatewayProxyEventV2,
  linked: LinkedTicket,
  { posted, field, error }: { posted: Posted; field: 'body' | 'reason'; error: WriteError },
  deps: TicketLinkDeps,
): Promise<APIGatewayProxyStructuredResultV2> => {
  if (!wantsPage(event)) {
    const errors = [{ path: error === 'files' ? 'attachments' : field, message: DETAILS[error] }];
    throw new Problem(422, 'The message cannot be taken as it is.', { errors });
  }
  const shown = await ticketShown(linked, { write: { text: posted.text, error }, files: posted.files }, deps);
  return ticketAnswer(shown.page, deps, 422);
};
