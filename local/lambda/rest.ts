import { AwsError, type RawRequest, type RawResponse } from '../aws/contract.ts';

export interface RestCall {
  operation: string;
  input: Record<string, unknown>;
}

const FUNCTIONS = /^\/2015-03-31\/functions(?:\/([^/]+)(?:\/(invocations|configuration|code))?)?\/?$/;

const body = ({ body: bytes }: RawRequest): Record<string, unknown> => {
  try {
    const parsed: unknown = JSON.parse(bytes.toString() || '{}');
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  } catch {
    // Said below, as for a body that is JSON but no object.
  }
  throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json');
};

/** Which operation of the Lambda API a request is (API reference, "Actions": method and path), with its input. */
export const parseRest = (raw: RawRequest): RestCall => {
  const { method, path, query, headers } = raw;
  const match = FUNCTIONS.exec(path);
  const name = match?.[1] === undefined ? undefined : decodeURIComponent(match[1]);
  const named = { FunctionName: name, Qualifier: query.get('Qualifier') ?? undefined };
  switch (match && `${method} ${name === undefined ? '' : 'one'} ${match[2] ?? ''}`.trim().replace(/ +/g, ' ')) {
    case 'POST one invocations':
      return {
        operation: 'Invoke',
        input: {
          ...named,
          InvocationType: headers['x-amz-invocation-type'],
          LogType: headers['x-amz-log-type'],
          ClientContext: headers['x-amz-client-context'],
          ...(raw.body.length > 0 && { Payload: raw.body }),
        },
      };
    case 'POST':
      return { operation: 'CreateFunction', input: body(raw) };
    case 'GET':
      return {
        operation: 'ListFunctions',
        input: { Marker: query.get('Marker'), MaxItems: query.get('MaxItems') },
      };
    case 'GET one':
      return { operation: 'GetFunction', input: named };
    case 'GET one configuration':
      return { operation: 'GetFunctionConfiguration', input: named };
    case 'DELETE one':
      return { operation: 'DeleteFunction', input: named };
    case 'PUT one code':
      return { operation: 'UpdateFunctionCode', input: { ...body(raw), FunctionName: name } };
    default:
      throw new AwsError(
        'NotSupportedByLocalRuntime',
        `The local runtime does not support Lambda ${method} ${path}.`,
        501,
      );
  }
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The output of an operation as HTTP; an invocation's payload is the body and the rest are headers. */
export const restAnswer = (operation: string, output: Record<string, unknown>): RawResponse => {
  if (operation === 'Invoke') {
    return {
      status: Number(output.StatusCode),
      headers: {
        'content-type': 'application/json',
        ...(output.ExecutedVersion !== undefined && { 'x-amz-executed-version': text(output.ExecutedVersion) }),
        ...(output.FunctionError !== undefined && { 'x-amz-function-error': text(output.FunctionError) }),
        ...(output.LogResult !== undefined && { 'x-amz-log-result': text(output.LogResult) }),
      },
      body: text(output.Payload),
    };
  }
  if (operation === 'DeleteFunction') return { status: 204, headers: {}, body: '' };
  return {
    status: operation === 'CreateFunction' ? 201 : 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(output),
  };
};
