import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { uploadsIn } from '../../adapters/s3/uploads.ts';
import { mockClient } from '../support/mock-client.ts';

test('a name longer than any key is a file that nobody uploaded, and S3 is not asked for it', async () => {
  const s3 = mockClient(S3Client);
  const uploads = uploadsIn('bucket', new S3Client({ region: 'eu-central-1' }));

  const found = await uploads.look(`uploads/box/${'ü'.repeat(510)}`, 4096);

  expect(found).toBeUndefined();
  expect(s3.commandCalls(GetObjectCommand)).toHaveLength(0);
});
