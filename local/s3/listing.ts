import type { ObjectInfo, ObjectsTable } from './objects-table.ts';

export interface ListInput {
  Bucket: string;
  Prefix?: string | undefined;
  Delimiter?: string | undefined;
  MaxKeys?: number | undefined;
  ContinuationToken?: string | undefined;
  StartAfter?: string | undefined;
}

export interface Listing {
  objects: ObjectInfo[];
  commonPrefixes: string[];
  next: string | undefined;
}

const rolledUp = (key: string, prefix: string, delimiter: string | undefined): string | undefined => {
  const at = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
  return at < 0 || !delimiter ? undefined : key.slice(0, at + delimiter.length);
};

/** The place after every key that starts with the common prefix. */
const behind = (commonPrefix: string): string => `${commonPrefix}\u{10ffff}`;

/** One page in key order; a common prefix counts as one entry, and the token names the place to go on from. */
export const listPage = (table: ObjectsTable, input: ListInput): Listing => {
  const { Bucket, Prefix = '', Delimiter, MaxKeys = 1000 } = input;
  const token = input.ContinuationToken && Buffer.from(input.ContinuationToken, 'base64url').toString('utf8');
  const objects: ObjectInfo[] = [];
  const commonPrefixes: string[] = [];
  const limit = Math.min(MaxKeys, 1000);
  let after = token ?? input.StartAfter ?? '';
  for (let page = table.list(Bucket, after); page.length > 0; page = table.list(Bucket, after)) {
    let jumped = false;
    for (const info of page) {
      if (!info.key.startsWith(Prefix)) {
        after = info.key;
        continue;
      }
      if (objects.length + commonPrefixes.length >= limit) {
        return { objects, commonPrefixes, next: Buffer.from(after).toString('base64url') };
      }
      const group = rolledUp(info.key, Prefix, Delimiter);
      if (group === undefined) objects.push(info);
      else commonPrefixes.push(group);
      after = group === undefined ? info.key : behind(group);
      jumped = group !== undefined;
      if (jumped) break;
    }
    if (!jumped && page.length < 1000) break;
  }
  return { objects, commonPrefixes, next: undefined };
};
