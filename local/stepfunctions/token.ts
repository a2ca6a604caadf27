import { z } from 'zod';

/** What a task token stands for. The secret makes it unguessable; the attempt ends it with its try. */
export interface TaskToken {
  arn: string;
  thread: number;
  attempt: number;
  secret: string;
}

const shape = z.tuple([z.string(), z.number().int(), z.number().int(), z.string().min(16)]);

export const encodeToken = (token: TaskToken): string =>
  Buffer.from(JSON.stringify([token.arn, token.thread, token.attempt, token.secret])).toString('base64url');

/** Undefined for what was never issued as a token. */
export const decodeToken = (text: string): TaskToken | undefined => {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) return undefined;
  try {
    const [arn, thread, attempt, secret] = shape.parse(JSON.parse(bytes.toString()));
    return { arn, thread, attempt, secret };
  } catch {
    return undefined;
  }
};
