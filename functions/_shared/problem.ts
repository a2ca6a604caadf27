import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export interface FieldError {
  /** Dotted path in the body, e.g. `customer.email`. */
  path: string;
  message: string;
}

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** An answer that says what is wrong, for the caller to read (RFC 9457). Thrown by handlers, mapped by the API bundle. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly errors: readonly FieldError[];
  readonly headers: Record<string, string>;
  constructor(
    status: number,
    detail: string,
    also: { errors?: readonly FieldError[]; headers?: Record<string, string> } = {},
  ) {
    super(detail);
    this.status = status;
    this.errors = also.errors ?? [];
    this.headers = also.headers ?? {};
  }
}

/** Unknown and forbidden look alike: an id that can be asked for tells nothing. */
export const notFound = (): Problem => new Problem(404, 'There is nothing here, or it is not yours to see.');

/** The ticket id of a path; anything that cannot be one is not there. */
export const ticketIdIn = ({ pathParameters }: Pick<APIGatewayProxyEventV2, 'pathParameters'>): string => {
  const id = pathParameters?.id ?? '';
  if (!/^T-[0-9A-HJKMNP-TV-Z]{6}$/.test(id)) throw notFound();
  return id;
};

export const toResponse = ({ status, message, errors, headers }: Problem): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify({
    type: 'about:blank',
    title: TITLES[status] ?? 'Problem',
    status,
    detail: message,
    ...(errors.length > 0 && { errors }),
  }),
});
