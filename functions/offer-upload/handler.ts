import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import uploadWords from '#desk/words/upload.json' with { type: 'json' };
import { capsIn } from '../../adapters/dynamo/caps.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { uploadsIn } from '../../adapters/s3/uploads.ts';
import { linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { safeFileName } from '../../domain/contact/file-name.ts';
import { MOST_FILE_BYTES, UPLOAD_WITHIN } from '../../domain/contact/upload.ts';
import { plus, SECOND } from '../../domain/support/time.ts';
import { newKey, uploadKey } from '../_shared/chance.ts';
import { houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { json } from '../_shared/http/json-response.ts';
import { pageHandler } from '../_shared/http/page-handler.ts';
import { readJson } from '../_shared/http/read-json.ts';
import { type LimitDeps, refuseMoreUploads } from '../_shared/http/web-limits.ts';
import { notFound, Problem } from '../_shared/problem.ts';
import { pageWords } from '../_shared/words/page-words.ts';
import { type BoxDeps, changeBox, showBox } from './box.ts';
import { env } from './env.ts';
import { uploadRequest } from './shape.ts';

interface Deps extends BoxDeps, LimitDeps {}

/** A place for one file: for whoever asks by program, and as a page where no script runs. */
export const build =
  (deps: Deps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    switch (event.routeKey) {
      case 'POST /uploads':
        await refuseMoreUploads(event, deps);
        return offer(event, deps);
      case 'GET /uploads/box/{box}':
        return showBox(event, deps);
      case 'POST /uploads/box/{box}':
        return changeBox(event, deps);
      default:
        throw notFound();
    }
  };

const offer = async (event: APIGatewayProxyEventV2, { uploads, clock, newKey: make }: BoxDeps) => {
  const { name, bytes } = readJson(event, uploadRequest);
  if (bytes > MOST_FILE_BYTES) throw new Problem(413, `A file has at most ${MOST_FILE_BYTES} bytes.`);
  const id = make();
  const place = { key: uploadKey(id), name: safeFileName(name), mostBytes: bytes, seconds: UPLOAD_WITHIN / SECOND };
  const { url, fields } = await uploads.form(place);
  return json({ id, url, fields, expiresAt: plus(clock.now(), UPLOAD_WITHIN) }, 201);
};

const words = pageWords(uploadWords);

export const handler = pageHandler(words, () => {
  const given = readEnv(env);
  return build({
    uploads: uploadsIn(given.UPLOAD_BUCKET),
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    publicUrl: given.PUBLIC_URL,
    uploadHost: given.UPLOAD_HOST,
    words,
    ...houseRules(),
    caps: capsIn(deskTable(given.TABLE_NAME)),
    newKey,
  });
});
