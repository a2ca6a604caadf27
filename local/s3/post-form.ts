import { AwsError, type RawRequest, type RawResponse } from '../aws/contract.ts';
import { escapeXml } from '../aws/xml.ts';
import { refuse } from '../edge/input.ts';
import { checkPolicy } from './post-policy.ts';
import { readTagging } from './tagging.ts';

/** A browser's form with a file, after its policy was checked. */
export interface PostedFile {
  accessKeyId: string;
  /** Input of `PutObject`. */
  input: { Bucket: string; Key: string } & Record<string, unknown>;
  redirect: string | undefined;
  status: string | undefined;
}

const META = 'x-amz-meta-';
const STORED = ['cache-control', 'content-disposition', 'content-language', 'content-encoding', 'expires'];
/** What the runtime honours; anything else that S3 knows is refused by name rather than left out. */
const KNOWN =
  /^(key|bucket|policy|tagging|content-type|success_action_redirect|success_action_status|x-amz-(algorithm|credential|date|signature|security-token|meta-.+)|x-ignore-.+)$/;

const malformed = (why: string): AwsError => new AwsError('MalformedPOSTRequest', why, 412);

/** Whether a request is a browser's upload (S3 API reference, "POST Object"). */
export const isPostedForm = ({ method, headers }: RawRequest): boolean =>
  method === 'POST' && (headers['content-type'] ?? '').startsWith('multipart/form-data');

/** Reads the form and checks its policy, its signature and its end. Fields after the file do not count. */
export const readPostedFile = async (raw: RawRequest, bucket: string, now: number): Promise<PostedFile> => {
  const { fields, file } = await partsOf(raw);
  const name = file.name.split(/[/\\]/).at(-1) ?? '';
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the variable is S3's
  for (const [field, value] of fields) fields.set(field, value.replaceAll('${filename}', name));
  const unknown = [...fields.keys()].filter((field) => !KNOWN.test(field) && !STORED.includes(field));
  if (unknown.length > 0) throw refuse(`the form fields ${unknown.join(', ')} of s3 PostObject`);
  fields.set('bucket', bucket);
  checkPolicy(fields, file.size, now);
  const key = fields.get('key');
  if (!key) throw malformed('The body of your POST request has no key.');
  const metadata = [...fields].flatMap(([field, value]) =>
    field.startsWith(META) ? [[field.slice(META.length), value]] : [],
  );
  const headers = [...fields].filter(([field]) => STORED.includes(field));
  const [type, tagging] = [fields.get('content-type'), fields.get('tagging')];
  return {
    accessKeyId: (fields.get('x-amz-credential') ?? '').split('/')[0] ?? '',
    redirect: fields.get('success_action_redirect'),
    status: fields.get('success_action_status'),
    input: {
      Bucket: bucket,
      Key: key,
      Body: Buffer.from(await file.arrayBuffer()),
      Headers: Object.fromEntries(headers),
      Metadata: Object.fromEntries(metadata),
      ...(type !== undefined && { ContentType: type }),
      ...(tagging !== undefined && { Tags: readTagging(tagging) }),
    },
  };
};

const partsOf = async (raw: RawRequest): Promise<{ fields: Map<string, string>; file: File }> => {
  const type = raw.headers['content-type'] ?? '';
  const form = await new Response(new Uint8Array(raw.body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => {
      throw malformed('The body of your POST request is not well-formed multipart/form-data.');
    });
  const fields = new Map<string, string>();
  for (const [name, value] of form) {
    if (typeof value !== 'string') return { fields, file: value };
    fields.set(name.toLowerCase(), value);
  }
  throw new AwsError('InvalidArgument', 'POST requires exactly one file upload per request.', 400);
};

/** What the browser is told: where to go next, or the status that the form asked for (204 unless said). */
export const postedAnswer = ({ input, redirect, status }: PostedFile, etag: string): RawResponse => {
  if (redirect !== undefined && URL.canParse(redirect)) {
    const next = new URL(redirect);
    for (const [name, value] of Object.entries({ bucket: input.Bucket, key: input.Key, etag }))
      next.searchParams.append(name, value);
    return { status: 303, headers: { location: next.href, etag }, body: '' };
  }
  if (status !== '201') return { status: status === '200' ? 200 : 204, headers: { etag }, body: '' };
  const element = (name: string, value: string) => `<${name}>${escapeXml(value)}</${name}>`;
  return {
    status: 201,
    headers: { 'content-type': 'application/xml', etag },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse>${element('Bucket', input.Bucket)}${element('Key', input.Key)}${element('ETag', etag)}</PostResponse>`,
  };
};
