import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import assets from '#desk/assets.json' with { type: 'json' };
import type { Asset } from '../../domain/contact/brand.ts';
import { readEnv } from '../_shared/env.ts';
import { apiHandler } from '../_shared/middleware.ts';
import { notFound } from '../_shared/problem.ts';
import { env } from './env.ts';

/** A picture that is opened by itself is no page of the desk: nothing in it may run or ask for anything. */
const OF_EVERY_FILE = {
  // Its address changes with it.
  'cache-control': 'public, max-age=31536000, immutable',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
};

/**
 * The fonts and the logo of the pages, as they were deployed. A page that a browser kept may ask for the file of an
 * earlier deployment: it is told that there is none, and shows its words without it.
 */
export const build =
  (files: Readonly<Record<string, Asset>>) =>
  async ({
    pathParameters,
  }: Pick<APIGatewayProxyEventV2, 'pathParameters'>): Promise<APIGatewayProxyStructuredResultV2> => {
    const name = pathParameters?.name ?? '';
    const file = Object.hasOwn(files, name) ? files[name] : undefined;
    if (file === undefined) throw notFound();
    return {
      statusCode: 200,
      headers: { ...OF_EVERY_FILE, 'content-type': file.type },
      body: file.base64,
      isBase64Encoded: true,
    };
  };

export const handler = apiHandler(() => {
  readEnv(env);
  return build(assets);
});
