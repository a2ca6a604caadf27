import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Uploads } from '../../adapters/s3/uploads.ts';
import type { LinkKeys } from '../../adapters/secrets/link-keys.ts';
import { MOST_FILE_BYTES, MOST_FILES, readReceipt, signReceipt, UPLOAD_WITHIN } from '../../domain/contact/upload.ts';
import { type UploadBoxPage, uploadBoxPage } from '../../domain/pages/upload-box-page.ts';
import type { Clock } from '../../domain/ports.ts';
import { SECOND } from '../../domain/support/time.ts';
import { boxPrefix, isKey } from '../_shared/chance.ts';
import { fileCookie, MOST_COOKIE_BYTES, receiptsInBox } from '../_shared/files/file-cookies.ts';
import { lookedInto } from '../_shared/files/looked-into.ts';
import { localeOf, page } from '../_shared/http/page-handler.ts';
import { readForm } from '../_shared/http/read-form.ts';
import { notFound } from '../_shared/problem.ts';
import type { Words } from '../_shared/words/words.ts';

export interface BoxDeps {
  uploads: Pick<Uploads, 'form' | 'look'>;
  keys: () => Promise<LinkKeys>;
  /** Without a slash at its end. */
  publicUrl: string;
  uploadHost: string;
  words: Words<UploadBoxPage['locale']>;
  clock: Clock;
  newKey: () => string;
}

/** The random key of a form's box: whoever shows the form made it, and nobody else knows it. */
const boxOf = ({ pathParameters }: APIGatewayProxyEventV2): string => {
  if (!isKey(pathParameters?.box)) throw notFound();
  return pathParameters.box;
};

/** The files of a box that are still good. */
const heldIn = async (event: APIGatewayProxyEventV2, box: string, { keys, clock }: BoxDeps) => {
  const given = receiptsInBox(event, box);
  const signers = given.length === 0 ? [] : await keys();
  return given.flatMap(({ slot, receipt }) => {
    const file = readReceipt(receipt, signers, clock.now());
    return file ? [{ slot, receipt, ...file }] : [];
  });
};

/** What is in the box, and the bucket's own form for one file more; or, back from the bucket, takes the file in. */
export const showBox = async (
  event: APIGatewayProxyEventV2,
  deps: BoxDeps,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const box = boxOf(event);
  const held = await heldIn(event, box, deps);
  const stored = event.queryStringParameters?.key;
  if (stored !== undefined) return takeIn(event, { box, held, stored }, deps);
  const { uploads, words, publicUrl, uploadHost } = deps;
  const path = pathOf(event, box, deps);
  const bytes = held.reduce((sum, { receipt }) => sum + receipt.length, 0);
  const room = held.length < MOST_FILES && bytes < MOST_COOKIE_BYTES;
  const place = { key: boxPrefix(box), mostBytes: MOST_FILE_BYTES, seconds: UPLOAD_WITHIN / SECOND };
  const form = room ? await uploads.form({ ...place, redirect: publicUrl + path }) : undefined;
  const locale = localeOf(event, words);
  const body = uploadBoxPage({ locale, brand: words.brand, path, files: held, ...(form && { form }) });
  return page(body, words, 200, { framed: true, uploads: uploadHost });
};

type Held = Awaited<ReturnType<typeof heldIn>>;

/** A file of the same name takes the place of the one before, as it does in the bucket. */
const takeIn = async (
  event: APIGatewayProxyEventV2,
  { box, held, stored }: { box: string; held: Held; stored: string },
  deps: BoxDeps,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const looked = stored.startsWith(boxPrefix(box)) ? await lookedInto(deps.uploads, stored) : undefined;
  if (!looked) throw notFound();
  const [key] = await deps.keys();
  const taken = new Set(held.map(({ slot }) => slot));
  const free = Array.from({ length: MOST_FILES }, (_, slot) => slot).find((slot) => !taken.has(slot));
  const slot = held.find((file) => file.key === stored)?.slot ?? free;
  if (slot === undefined) return seeBox(event, box, deps);
  return seeBox(
    event,
    box,
    deps,
    fileCookie(box, slot, signReceipt(looked.file, looked.storedAt, key), deps.publicUrl),
  );
};

/** Takes a file out of the box again; the bucket deletes what no message names. */
export const changeBox = async (
  event: APIGatewayProxyEventV2,
  deps: BoxDeps,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const box = boxOf(event);
  const slot = /^\d{1,2}$/.exec(readForm(event).remove ?? '')?.[0];
  if (slot === undefined) throw notFound();
  return seeBox(event, box, deps, fileCookie(box, Number(slot), undefined, deps.publicUrl));
};

const pathOf = (event: APIGatewayProxyEventV2, box: string, { words }: BoxDeps): string =>
  `/uploads/box/${box}?lang=${localeOf(event, words).code}`;

const seeBox = (event: APIGatewayProxyEventV2, box: string, deps: BoxDeps, ...cookies: string[]) => ({
  statusCode: 303,
  headers: { location: pathOf(event, box, deps), 'cache-control': 'no-store' },
  cookies,
  body: '',
});
