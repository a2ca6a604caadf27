/** An answer of the API itself, before or instead of the function: a status and AWS's `{"message": …}`. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  body: string | Buffer;
}

export const message = (status: number, text: string, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ message: text }),
});

/** The texts of API Gateway's HTTP APIs. */
export const notFound = (): Answer => message(404, 'Not Found');
/** The same of the control API, which tells its problems by RFC 9457. */
export const nothingLocal = (path: string): Answer => ({
  status: 404,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({ type: 'about:blank', title: 'Not found', status: 404, detail: `There is nothing at ${path}` }),
});
export const badRequest = (): Answer => message(400, 'Bad Request');
export const tooLarge = (): Answer => message(413, 'Request Entity Too Large');
export const internalError = (): Answer => message(500, 'Internal Server Error');
/** What a caller sees when the integration takes longer than its timeout. */
export const unavailable = (): Answer => message(503, 'Service Unavailable');
