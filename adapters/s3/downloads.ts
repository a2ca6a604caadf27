import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

export interface Downloads {
  /** A link that gives this one file with these headers, until `seconds` are over. */
  link(key: string, headers: { type: string; disposition: string }, seconds: number): Promise<string>;
}

export const downloadsIn = (bucket: string, client: S3Client = new S3Client({ maxAttempts: 4 })): Downloads => ({
  link: (key, { type, disposition }, seconds) =>
    getSignedUrl(
      client,
      new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ResponseContentType: type,
        ResponseContentDisposition: disposition,
        ResponseCacheControl: 'private, no-store',
      }),
      { expiresIn: seconds },
    ),
});
