import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';

export interface ErasedFiles {
  /** Takes files out of the mail bucket, which keeps no versions. One that is not there is no error. */
  remove(keys: readonly string[]): Promise<void>;
}

const AT_ONCE = 8;

export const erasedFilesIn = (bucket: string, client: S3Client = new S3Client({ maxAttempts: 4 })): ErasedFiles => ({
  remove: async (keys) => {
    for (let from = 0; from < keys.length; from += AT_ONCE)
      await Promise.all(
        keys.slice(from, from + AT_ONCE).map((Key) => client.send(new DeleteObjectCommand({ Bucket: bucket, Key }))),
      );
  },
});
