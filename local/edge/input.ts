import * as z from 'zod/mini';
import { AwsError, type AwsRequest } from '../aws/contract.ts';

/** What the runtime does not honour it refuses under this name, with the member or operation in the message. */
export const NOT_SUPPORTED = 'NotSupportedByLocalRuntime';

export const refuse = (what: string): AwsError =>
  new AwsError(NOT_SUPPORTED, `The local runtime does not support ${what}.`, 400);

/**
 * Reads an operation's input. A member that the schema does not know is refused by name; a wrong one is answered with
 * `code`, the validation error of the service.
 */
export const inputOf = <S extends z.core.$ZodType>(schema: S, request: AwsRequest, code: string): z.output<S> => {
  const read = z.safeParse(schema, request.input);
  if (read.success) return read.data;
  const unknown = read.error.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []));
  if (unknown.length > 0) throw refuse(`${unknown.join(', ')} of ${request.operation}`);
  const [first] = read.error.issues;
  throw new AwsError(code, `${first?.path.join('.') ?? 'input'}: ${first?.message ?? 'invalid'}`);
};
