import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { Problem } from '../problem.ts';
import { bodyOf, bytesOf, mediaTypeOf } from './body.ts';

const MOST_FIELDS = 50;
const FORM = 'application/x-www-form-urlencoded';

/** A posted form; of a field given twice the first counts. Throws 413, 415 and 422. */
export const readForm = (event: APIGatewayProxyEventV2): Record<string, string> => {
  const body = bodyOf(event);
  if (mediaTypeOf(event) !== FORM) throw new Problem(415, `The body has to be ${FORM}.`);
  const fields = [...new URLSearchParams(body)];
  if (fields.length > MOST_FIELDS) throw new Problem(422, `A form has at most ${MOST_FIELDS} fields.`);
  return Object.fromEntries(fields.toReversed());
};

/** What a form posted, whether it can be taken or not; undefined for anything but a form. */
export const postedFields = (event: APIGatewayProxyEventV2): Record<string, string> | undefined =>
  mediaTypeOf(event) === FORM
    ? Object.fromEntries([...new URLSearchParams(bytesOf(event).toString('utf8'))].toReversed())
    : undefined;

/** What the button of a page says when it is pressed: a field and its value. */
interface Pressed {
  name: string;
  value: string;
}

/** Throws 422 for a form that does not say that the button was pressed; 413 and 415 as `readForm`. */
export const requirePressed = (event: APIGatewayProxyEventV2, button: Pressed): void => {
  if (readForm(event)[button.name] !== button.value) throw notPressed(button);
};

export const notPressed = ({ name, value }: Pressed): Problem =>
  new Problem(422, `The form has to say ${name}=${value}.`, {
    errors: [{ path: name, message: `This has to be ${value}.` }],
  });
