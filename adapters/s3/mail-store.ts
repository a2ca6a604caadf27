import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

/** The mail bucket: raw mails that the receipt rule has put there, and what messages keep of them. */
export interface MailStore {
  /** Undefined when the mail has expired. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** Written again under the same key it is the same object. */
  keep(key: string, content: Uint8Array): Promise<void>;
}

export const mailStoreIn = (bucket: string, client: S3Client = new S3Client({ maxAttempts: 4 })): MailStore => ({
  read: async (key) => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (!Body) throw new Error(`The mail ${key} has no body.`);
      return await Body.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  },
  keep: async (key, content) => {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: content,
        // Whichever link leads to it, no browser shows it as a page.
        ContentType: 'application/octet-stream',
        ContentDisposition: 'attachment',
      }),
    );
  },
});
