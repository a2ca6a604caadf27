import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { Problem } from '../problem.ts';
import { bodyOf, mediaTypeOf } from './body.ts';

const MOST_FIELDS = 50;

/** The fields of a posted form in their order, however often each is given. Throws 413, 415 and 422. */
const formFields = (event: APIGatewayProxyEventV2): Array<[string, string]> => {
  const body = bodyOf(event);
  if (mediaTypeOf(event) !== 'application/x-www-form-urlencoded')
    throw new Problem(415, 'The body has to be application/x-www-form-urlencoded.');
  const fields = [...new URLSearchParams(body)];
  if (fields.length > MOST_FIELDS) throw new Problem(422, `A form has at most ${MOST_FIELDS} fields.`);
  return fields;
};

/** A posted form; of a field given twice the first counts. Throws 413, 415 and 422. */
export const readForm = (event: APIGatewayProxyEventV2): Record<string, string> =>
  Object.fromEntries(formFields(event).toReversed());
