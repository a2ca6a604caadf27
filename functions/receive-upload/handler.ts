import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Uploads, uploadsIn } from '../../adapters/s3/uploads.ts';
import { type LinkKeys, linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { FILE_WAITS, signReceipt } from '../../domain/contact/upload.ts';
import type { Clock } from '../../domain/ports.ts';
import { plus } from '../../domain/support/time.ts';
import { isKey, uploadKey } from '../_shared/chance.ts';
import { readEnv } from '../_shared/env.ts';
import { lookedInto } from '../_shared/files/looked-into.ts';
import { json } from '../_shared/http/json-response.ts';
import { apiHandler } from '../_shared/middleware.ts';
import { notFound } from '../_shared/problem.ts';
import { env } from './env.ts';

interface Deps {
  uploads: Pick<Uploads, 'look'>;
  keys: () => Promise<LinkKeys>;
  clock: Clock;
}

/** Looks into a file that has arrived and gives its receipt, by which a message takes it. Said again, it answers again. */
export const build =
  ({ uploads, keys, clock }: Deps) =>
  async ({ pathParameters }: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const id = pathParameters?.id;
    const looked = isKey(id) ? await lookedInto(uploads, uploadKey(id)) : undefined;
    // A file that waited too long may be deleted at any moment.
    if (!looked || plus(looked.storedAt, FILE_WAITS) <= clock.now()) throw notFound();
    const { file, storedAt } = looked;
    const [key] = await keys();
    const { name, type, bytes } = file;
    return json({
      receipt: signReceipt(file, storedAt, key),
      file: { name, type, bytes },
      expiresAt: plus(storedAt, FILE_WAITS),
    });
  };

export const handler = apiHandler(() => {
  const given = readEnv(env);
  return build({
    uploads: uploadsIn(given.UPLOAD_BUCKET),
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    clock: systemClock,
  });
});
