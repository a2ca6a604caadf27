import { describe, expect, test } from 'vitest';
import assets from '#desk/assets.json' with { type: 'json' };
import brand from '#desk/brand.json' with { type: 'json' };
import { Problem } from '../../functions/_shared/problem.ts';
import { build } from '../../functions/show-asset/handler.ts';

const show = build(assets);
const named = (name: string) => show({ pathParameters: { name } });
const nameOf = (path = '') => path.replace('/assets/', '');

describe('a file of the pages', () => {
  test('is the font, byte for byte, to be kept for as long as a browser will', async () => {
    const font = await named(nameOf(brand.fonts[0]?.path));

    expect(
      Buffer.from(font.body ?? '', 'base64')
        .subarray(0, 4)
        .toString(),
    ).toBe('wOF2');
    expect(font).toMatchObject({
      statusCode: 200,
      isBase64Encoded: true,
      headers: {
        'content-type': 'font/woff2',
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      },
    });
  });

  test('opened by itself, the logo can run and ask for nothing', async () => {
    const logo = await named(nameOf(brand.logo?.path));

    expect(logo.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    });
  });

  test('has every name that a page knows', () => {
    const known = [...brand.fonts.map(({ path }) => path), brand.logo?.path, brand.logo?.dark].map(nameOf);

    expect(Object.keys(assets).toSorted()).toEqual(known.toSorted());
  });

  test.each(['', 'logo.svg', 'constructor', '__proto__', '../brand.json', 'logo.000000000000.svg'])(
    'is not there under the name "%s"',
    async (name) => {
      const refused = named(name);

      await expect(refused).rejects.toThrow(Problem);
      await expect(refused).rejects.toMatchObject({ status: 404 });
    },
  );
});
