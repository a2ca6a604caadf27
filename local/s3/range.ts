import { AwsError } from '../aws/contract.ts';

/** First and last byte of a single range (RFC 9110, section 14.1.2); undefined for what S3 ignores. */
export const readRange = (range: string | undefined, size: number): { first: number; last: number } | undefined => {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (first >= size || (from === '' && Number(to) === 0)) {
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
  }
  return last < first ? undefined : { first, last };
};
