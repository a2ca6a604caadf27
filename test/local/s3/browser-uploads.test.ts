import {
  GetObjectTaggingCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { downloadsIn } from '../../../adapters/s3/downloads.ts';
import { type PostForm, type Uploads, uploadsIn } from '../../../adapters/s3/uploads.ts';
import { credentialsFor } from '../../../local/iam/credentials.ts';
import { S3Service } from '../../../local/s3/s3-service.ts';
import { aDeployment, aRig, type Rig, START, sdk } from '../edge/rig.ts';

const Bucket = 'mail';
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const PNG = Buffer.from('89504e470d0a1a0a0000000d', 'hex');

let rig: Rig;
let endpoint: string;
let client: S3Client;
let uploads: Uploads;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  rig = aRig();
  const deployment = aDeployment({
    type: 'AWS::S3::Bucket',
    ref: Bucket,
    properties: {
      LifecycleConfiguration: {
        Rules: [
          {
            Status: 'Enabled',
            Prefix: 'uploads/',
            TagFilters: [{ Key: 'careline', Value: 'unclaimed' }],
            ExpirationInDays: 2,
          },
        ],
      },
      CorsConfiguration: {
        CorsRules: [{ AllowedMethods: ['POST'], AllowedOrigins: ['https://*.example.com'], AllowedHeaders: ['x-own'] }],
      },
    },
  });
  const service = new S3Service({ kernel: rig.kernel, aws: rig.aws, deployment, say: rig.say });
  rig.aws.register(service);
  await service.start();
  endpoint = await rig.serve();
  client = new S3Client({ ...sdk(endpoint), credentials: credentialsFor('arn:aws:iam::0:role/Offer', 'Offer') });
  uploads = uploadsIn(Bucket, client);
});
afterEach(async () => {
  vi.useRealTimers();
  await rig.close();
});

const move = (ms: number) => rig.kernel.timeMachine.moveTo(START + ms);
const aForm = (more: Partial<Parameters<Uploads['form']>[0]> = {}) =>
  uploads.form({ key: 'uploads/one', name: 'تصویر.png', mostBytes: 1000, seconds: 900, ...more });

const post = async (
  { url, fields }: PostForm,
  body: Uint8Array<ArrayBuffer> | Buffer = PNG,
  {
    change = {},
    name = 'a.png',
    headers = {},
  }: { change?: object; name?: string; headers?: Record<string, string> } = {},
) => {
  const form = new FormData();
  for (const [field, value] of Object.entries({ ...fields, ...change })) form.append(field, value);
  form.append('file', new Blob([new Uint8Array(body)]), name);
  const answer = await fetch(url, { method: 'POST', body: form, redirect: 'manual', headers });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, code: /<Code>(\w+)/.exec(text)?.[1], text };
};

describe('a form signed by a function', () => {
  test('stores its file under the key and with the name it was signed for', async () => {
    const answer = await post(await aForm());

    expect(answer.status).toBe(204);
    expect(await uploads.look('uploads/one', 8)).toEqual({
      key: 'uploads/one',
      name: 'تصویر.png',
      bytes: 12,
      at: new Date(START).toISOString(),
      head: new Uint8Array(PNG.subarray(0, 8)),
    });
  });

  test('brings the browser back to the page it came from, with what was stored', async () => {
    const form = await uploads.form({
      key: 'uploads/box/',
      mostBytes: 1000,
      seconds: 900,
      redirect: 'http://127.0.0.1:1/uploads/box/b?lang=fa',
    });

    const answer = await post(form, PNG, { name: 'C:\\photos\\گزارش خطا.png' });

    expect(answer.status).toBe(303);
    const next = new URL(answer.headers.get('location') ?? '');
    expect(next.origin + next.pathname).toBe('http://127.0.0.1:1/uploads/box/b');
    expect(Object.fromEntries(next.searchParams)).toMatchObject({
      lang: 'fa',
      bucket: Bucket,
      key: 'uploads/box/گزارش خطا.png',
    });
    expect(await uploads.look('uploads/box/گزارش خطا.png', 8)).toMatchObject({ name: 'گزارش خطا.png', bytes: 12 });
  });

  test.each([
    ['a file over the size', Buffer.alloc(1001), {}, 400, 'EntityTooLarge'],
    ['an empty file', Buffer.alloc(0), {}, 400, 'EntityTooSmall'],
    ['another key', PNG, { key: 'in/mail' }, 403, 'AccessDenied'],
    ['another type', PNG, { 'Content-Type': 'text/html' }, 403, 'AccessDenied'],
    ['no tag to expire by', PNG, { tagging: '<Tagging><TagSet/></Tagging>' }, 403, 'AccessDenied'],
    ['a field the policy does not name', PNG, { 'x-amz-meta-more': '1' }, 403, 'AccessDenied'],
    [
      'a policy of its own',
      PNG,
      { Policy: btoa('{"expiration":"2027-01-01T00:00:00Z","conditions":[]}') },
      403,
      'SignatureDoesNotMatch',
    ],
    ['another signature', PNG, { 'X-Amz-Signature': '0'.repeat(64) }, 403, 'SignatureDoesNotMatch'],
  ])('refuses %s', async (_, body, change, status, code) => {
    const answer = await post(await aForm(), body, { change });

    expect(answer).toMatchObject({ status, code });
    expect((await client.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
  });

  test('ends with its policy, on the clock of the runtime', async () => {
    const form = await aForm();
    await move(15 * MINUTE + 1000);

    const answer = await post(form);

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(answer.text).toContain('Policy expired');
  });

  test('is refused when nobody signed it', async () => {
    const answer = await post({ url: `${endpoint}/${Bucket}`, fields: { key: 'uploads/one' } });

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
  });
});

describe('an upload that no message names', () => {
  test('is deleted two days later, at midnight', async () => {
    await post(await aForm());

    await move(3 * DAY);

    expect(await uploads.look('uploads/one', 8)).toBeUndefined();
  });

  test('stays once its tag is taken off', async () => {
    await post(await aForm());

    expect(await uploads.keep('uploads/one')).toBe(true);
    await move(30 * DAY);

    expect(await uploads.look('uploads/one', 8)).toMatchObject({ bytes: 12 });
  });

  test('is not kept when it is gone', async () => {
    expect(await uploads.keep('uploads/gone')).toBe(false);
  });

  test('has the tags it was given, and a new tag can set its end again', async () => {
    await post(await aForm());
    const at = { Bucket, Key: 'uploads/one' };
    const { TagSet } = await client.send(new GetObjectTaggingCommand(at));
    await uploads.keep('uploads/one');
    await client.send(new PutObjectTaggingCommand({ ...at, Tagging: { TagSet: TagSet ?? [] } }));

    await move(3 * DAY);

    expect(TagSet).toEqual([{ Key: 'careline', Value: 'unclaimed' }]);
    expect(await uploads.look('uploads/one', 8)).toBeUndefined();
  });
});

describe('a presigned link', () => {
  const download = (Key: string) =>
    downloadsIn(Bucket, client).link(
      Key,
      { type: 'image/png', disposition: "attachment; filename*=UTF-8''%D8%AA.png" },
      300,
    );
  beforeEach(async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'uploads/ت +1.png', Body: PNG }));
  });

  test('gives the file with the headers it was signed for', async () => {
    const answer = await fetch(await download('uploads/ت +1.png'));

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''%D8%AA.png");
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
  });

  test('ends after five minutes', async () => {
    const link = await download('uploads/ت +1.png');
    await move(5 * MINUTE + 1000);

    expect((await fetch(link)).status).toBe(403);
  });

  test.each([
    [
      'another file',
      (link: URL) => {
        link.pathname = `/${Bucket}/in/mail`;
      },
    ],
    ['another disposition', (link: URL) => link.searchParams.set('response-content-disposition', 'inline')],
    ['a later end', (link: URL) => link.searchParams.set('X-Amz-Expires', '9999')],
    [
      'nothing signed at all',
      (link: URL) => {
        link.search = '';
      },
    ],
  ])('is refused for %s', async (_, change) => {
    const link = new URL(await download('uploads/ت +1.png'));
    change(link);

    expect((await fetch(link)).status).toBe(403);
  });
});

describe('a page of another origin', () => {
  const asked = (origin: string, headers: string) =>
    fetch(`${endpoint}/${Bucket}`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': headers },
    });

  test('may post and read the answer where a rule of the bucket allows it', async () => {
    const before = await asked('https://shop.example.com', 'x-own');
    const answer = await post(await aForm(), PNG, { headers: { origin: 'https://shop.example.com' } });

    expect(before.status).toBe(200);
    expect(before.headers.get('access-control-allow-methods')).toBe('POST');
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example.com');
  });

  test('is told nothing where none does', async () => {
    expect((await asked('https://evil.example.org', 'x-own')).status).toBe(403);
    expect((await asked('https://shop.example.com', 'x-other')).status).toBe(403);
  });
});
