import { DeleteObjectTaggingCommand, GetObjectCommand, NoSuchKey, NotFound, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { type Instant, instant } from '../../domain/support/time.ts';

/** What a browser posts a file with: every field as it is, the file last. */
export interface PostForm {
  url: string;
  fields: Record<string, string>;
}

/** A stored file as it stands. */
export interface StoredFile {
  key: string;
  name: string;
  bytes: number;
  at: Instant;
  /** Its first bytes. */
  head: Uint8Array;
}

export interface Uploads {
  /**
   * A form that stores one file, until `seconds` are over. A key that ends in `/` takes the file's own name behind it;
   * then the form brings the browser back to `redirect`.
   */
  form(place: { key: string; name?: string; mostBytes: number; seconds: number; redirect?: string }): Promise<PostForm>;
  /** The beginning of a file and what is known of it; undefined when nobody uploaded it. */
  look(key: string, bytes: number): Promise<StoredFile | undefined>;
  /** Takes off the tag by which the bucket deletes what no message named. Not an error when the file is gone: false. */
  keep(key: string): Promise<boolean>;
}

/** The lifecycle of the bucket deletes what carries this tag (infra/stacks/data-stack.ts). */
const UNCLAIMED = '<Tagging><TagSet><Tag><Key>careline</Key><Value>unclaimed</Value></Tag></TagSet></Tagging>';
/** Bytes of the longest key; S3 refuses to look for a longer one. */
const LONGEST_KEY = 1024;
/** S3 fills in the name of the file that was chosen. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: the variable is S3's
const FILE_NAME = '${filename}';

export const uploadsIn = (bucket: string, client: S3Client = new S3Client({ maxAttempts: 4 })): Uploads => ({
  form: async ({ key, name, mostBytes, seconds, redirect }) => {
    const fields = {
      // Nothing that is uploaded can ever be shown by a browser as a page, whichever link leads to it.
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': 'attachment',
      tagging: UNCLAIMED,
      ...(name !== undefined && { 'x-amz-meta-name': encodeURIComponent(name) }),
      ...(redirect !== undefined && { success_action_redirect: redirect }),
    };
    return createPresignedPost(client, {
      Bucket: bucket,
      Key: key.endsWith('/') ? key + FILE_NAME : key,
      Expires: seconds,
      Fields: fields,
      Conditions: [['content-length-range', 1, mostBytes]],
    });
  },
  look: async (key, bytes) => {
    if (Buffer.byteLength(key) > LONGEST_KEY) return undefined;
    try {
      const range = `bytes=0-${bytes - 1}`;
      const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: range }));
      const { Body, ContentRange, LastModified, Metadata } = found;
      const size = Number(ContentRange?.split('/')[1]);
      if (!Body || !LastModified || Number.isNaN(size)) throw new Error(`S3 told nothing of the file ${key}.`);
      const name = Metadata?.name === undefined ? nameIn(key) : decodeURIComponent(Metadata.name);
      return { key, name, bytes: size, at: instant(LastModified.getTime()), head: await Body.transformToByteArray() };
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  },
  keep: async (key) => {
    try {
      await client.send(new DeleteObjectTaggingCommand({ Bucket: bucket, Key: key }));
      return true;
    } catch (error) {
      if (isAbsent(error)) return false;
      throw error;
    }
  },
});

const isAbsent = (error: unknown): boolean => error instanceof NoSuchKey || error instanceof NotFound;

const nameIn = (key: string): string => key.slice(key.lastIndexOf('/') + 1);
