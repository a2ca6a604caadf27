import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { AwsError, type RawRequest } from '../aws/contract.ts';
import { secretOf } from '../iam/credentials.ts';

/** `AKIA…/20261122/us-east-1/s3/aws4_request` */
interface Scope {
  accessKeyId: string;
  date: string;
  region: string;
  service: string;
}

const scopeOf = (credential: string): Scope => {
  const [accessKeyId = '', date = '', region = '', service = '', end] = credential.split('/');
  if (end === 'aws4_request' && accessKeyId !== '') return { accessKeyId, date, region, service };
  throw new AwsError('AuthorizationQueryParametersError', `The credential "${credential}" has no scope.`, 400);
};

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const signatureOf = (secret: string, { date, region, service }: Scope, text: string): Buffer =>
  hmac(hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), 'aws4_request'), text);

/**
 * Refuses a text that was not signed with the key it names (Signature Version 4). Secrets of keys that the runtime did not
 * issue are not known here: whoever holds such a key is the account's root, as everywhere on the endpoint.
 */
export const checkSignature = (credential: string, text: string, signature: string): void => {
  const scope = scopeOf(credential);
  const secret = secretOf(scope.accessKeyId);
  if (secret === undefined) return;
  const given = Buffer.from(signature, 'hex');
  const own = signatureOf(secret, scope, text);
  if (given.length === own.length && timingSafeEqual(given, own)) return;
  throw new AwsError(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    403,
  );
};

/** Epoch ms of `20261122T090000Z`. */
const signingTime = (date: string): number =>
  Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** The text that a presigned link signs (S3 API reference, "Authenticating requests: using query parameters"). */
const presignedText = ({ method, path, query, headers }: RawRequest, credential: string): string => {
  const pairs = [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort();
  const signed = (query.get('X-Amz-SignedHeaders') ?? '').split(';');
  const lines = signed.map((name) => `${name}:${(headers[name] ?? '').trim()}\n`).join('');
  const uri = path.split('/').map((part) => encoded(decodeURIComponent(part)));
  const request = [method, uri.join('/'), pairs.join('&'), lines, signed.join(';'), 'UNSIGNED-PAYLOAD'].join('\n');
  return [
    'AWS4-HMAC-SHA256',
    query.get('X-Amz-Date') ?? '',
    credential.slice(credential.indexOf('/') + 1),
    createHash('sha256').update(request).digest('hex'),
  ].join('\n');
};

const LONGEST_PRESIGNED_S = 7 * 24 * 3600;

/** Checks a presigned link: its signature, and that its time on the virtual clock is not over. Other requests pass. */
export const checkPresigned = (raw: RawRequest, now: number): void => {
  const credential = raw.query.get('X-Amz-Credential');
  if (credential === null) return;
  const seconds = Number(raw.query.get('X-Amz-Expires') ?? Number.NaN);
  const from = signingTime(raw.query.get('X-Amz-Date') ?? '');
  if (!(seconds >= 1 && seconds <= LONGEST_PRESIGNED_S) || Number.isNaN(from))
    throw new AwsError('AuthorizationQueryParametersError', 'X-Amz-Expires or X-Amz-Date is missing or wrong.', 400);
  if (now > from + seconds * 1000) throw new AwsError('AccessDenied', 'Request has expired', 403);
  checkSignature(credential, presignedText(raw, credential), raw.query.get('X-Amz-Signature') ?? '');
};

/** A bucket of the template blocks public access: what nobody signed, nobody gets. */
export const refuseAnonymous = ({ headers, query }: RawRequest): void => {
  if (headers.authorization === undefined && !query.has('X-Amz-Credential'))
    throw new AwsError('AccessDenied', 'Access Denied', 403);
};
