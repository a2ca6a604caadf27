import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { batches } from '../../domain/support/batches.ts';

export interface ErasedFiles {
  /** Takes files out of the mail bucket, which keeps no versions. One that is not there is no error. */
  remove(keys: readonly string[]): Promise<void>;
}

const AT_ONCE = 8;

export const erasedFilesIn = (bucket: string, client: S3Client = new S3Client({ maxAttempts: 4 })): ErasedFiles => ({
  remove: async (keys) => {
    for (const some of batches(keys, AT_ONCE))
      await Promise.all(some.map((Key) => client.send(new DeleteObjectCommand({ Bucket: bucket, Key }))));
  },
});
