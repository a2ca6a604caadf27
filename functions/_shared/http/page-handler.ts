import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Language, Locale } from '../../../domain/contact/words.ts';
import { type Allowance, pageHeaders } from '../../../domain/pages/headers.ts';
import { type Again, problemOf as pageProblemOf, problemPage } from '../../../domain/pages/problem-page.ts';
import { apiHandler, problemOf } from '../middleware.ts';
import { once } from '../once.ts';
import { failure, logger } from '../telemetry.ts';
import type { Words } from '../words/words.ts';
import { postedFields } from './read-form.ts';

type Event = Pick<APIGatewayProxyEventV2, 'headers'>;

/** A page with the headers that keep its secret link out of caches, other sites and search engines. */
export const page = (
  body: string,
  { brand }: Pick<Words, 'brand'>,
  statusCode = 200,
  allowance: Allowance = {},
): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: pageHeaders(brand, allowance),
  body,
});

/** Whether a person looks at the answer: programs get problem+json. */
export const wantsPage = ({ headers }: Event): boolean => (headers.accept ?? '').includes('text/html');

/** The languages of the browser, best first; quality values only break ties that browsers do not make. */
export const languagesOf = ({ headers }: Event): string[] =>
  (headers['accept-language'] ?? '').split(',').flatMap((part) => part.split(';', 1)[0]?.trim() || []);

/** The language asked for by `?lang=`, else that of the browser. */
export const localeOf = <L extends Language>(
  event: Event & Pick<APIGatewayProxyEventV2, 'queryStringParameters'>,
  words: Words<L>,
): L =>
  words.in([...(event.queryStringParameters?.lang ? [event.queryStringParameters.lang] : []), ...languagesOf(event)]);

/** Whoever asks for the headers alone gets no more (RFC 9110, section 9.3.2). */
const withoutBody = ({ requestContext }: APIGatewayProxyEventV2, answer: APIGatewayProxyStructuredResultV2) =>
  requestContext.http.method === 'HEAD' ? { ...answer, body: '' } : answer;

/** What was asked for, so that the page of a problem can ask for it again. */
const againOf = (event: APIGatewayProxyEventV2): Again | undefined => {
  const address = event.rawQueryString === '' ? event.rawPath : `${event.rawPath}?${event.rawQueryString}`;
  if (event.requestContext.http.method !== 'POST') return { address };
  const fields = postedFields(event);
  return fields && { address, fields };
};

/** For routes that show pages: what goes wrong is told on a page, in the visitor's language. */
export const pageHandler = (
  words: Words<Locale<'problem'>>,
  make: () => (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>,
) => {
  const run = once(make);
  return apiHandler(() => async (event) => {
    try {
      return withoutBody(event, await run()(event));
    } catch (error) {
      if (!wantsPage(event)) throw error;
      const problem = problemOf(error);
      if (problem.status >= 500) logger.error('A page failed.', failure(error));
      const again = againOf(event);
      const shown = {
        locale: localeOf(event, words),
        brand: words.brand,
        problem: pageProblemOf(problem.status),
        wait: Number(problem.headers['retry-after'] ?? 0),
        ...(again && { again }),
      };
      const answer = page(problemPage(shown), words, problem.status);
      return { ...answer, headers: { ...answer.headers, ...problem.headers } };
    }
  });
};
