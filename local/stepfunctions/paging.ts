import { AwsError } from '../aws/contract.ts';

const DEFAULT_PAGE = 100;

/** Where a page begins and how long it is; 0 and nothing mean AWS's default of 100. */
export const pageOf = (
  maxResults: number | undefined,
  nextToken: string | undefined,
): { offset: number; limit: number } => {
  const limit = maxResults === undefined || maxResults === 0 ? DEFAULT_PAGE : maxResults;
  if (nextToken === undefined) return { offset: 0, limit };
  const offset = Number(Buffer.from(nextToken, 'base64url').toString());
  if (!Number.isInteger(offset) || offset < 1) throw new AwsError('InvalidToken', `Invalid Token: 'Invalid token'`);
  return { offset, limit };
};

/** `{ nextToken }` if there is more behind this page. */
export const tokenAfter = (offset: number, more: boolean): { nextToken?: string } =>
  more ? { nextToken: Buffer.from(String(offset)).toString('base64url') } : {};
