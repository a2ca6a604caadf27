import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Clock, NoteClick } from '../../../domain/ports.ts';
import { type Clicked, openedBy, optionOf } from '../../../domain/survey/clicks.ts';
import { failure, logger } from '../telemetry.ts';

export interface NotingDeps {
  noteClick: NoteClick;
  clock: Clock;
}

/**
 * Notes that a link with an answer was opened, which is evidence and never an answer. Whatever becomes of the note, the
 * page is shown: this never throws.
 */
export const noteOpening = async (
  event: Pick<APIGatewayProxyEventV2, 'headers' | 'queryStringParameters' | 'requestContext'>,
  about: Clicked,
  { noteClick, clock }: NotingDeps,
): Promise<void> => {
  const option = optionOf(event.queryStringParameters?.r);
  if (option === undefined) return;
  const by = openedBy(event.requestContext.http.method, event.headers);
  try {
    await noteClick(about, { at: clock.now(), option, by });
  } catch (error) {
    logger.warn('An opened link was not noted.', failure(error));
  }
};
