import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { failure, logger } from '../_shared/telemetry.ts';

/** Programs that say who they are: search engines, previews of messengers, checks of mail providers. */
const ROBOT =
  /bot\b|crawl|spider|slurp|preview|scan|monitor|fetch|curl|wget|python|headlesschrome|facebookexternalhit/i;

/** Whether somebody reads it, as far as can be told: a GET by a browser that was not asked to load it in advance. */
export const isReader = ({ headers, requestContext }: APIGatewayProxyEventV2): boolean => {
  const agent = headers['user-agent'] ?? '';
  const ahead = `${headers['sec-purpose'] ?? ''} ${headers.purpose ?? ''}`;
  return (
    requestContext.http.method === 'GET' && agent !== '' && !ROBOT.test(agent) && !/prefetch|prerender/.test(ahead)
  );
};

/** A figure is worth less than a page: what cannot be counted is logged, and the page is shown. */
export const counted = async (counting: Promise<void>): Promise<void> => {
  try {
    await counting;
  } catch (error) {
    logger.warn('A reader of an article was not counted.', failure(error));
  }
};
