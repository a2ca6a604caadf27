import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';

/** The raw mails that the receipt rule has put into the mail bucket. */
export interface RawMails {
  read(key: string): Promise<Uint8Array>;
}

export const rawMailsIn = (bucket: string, client: S3Client = new S3Client({ maxAttempts: 4 })): RawMails => ({
  read: async (key) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (!Body) throw new Error(`The mail ${key} has no body.`);
    return Body.transformToByteArray();
  },
});
