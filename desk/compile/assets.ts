import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Asset, Brand, FontFace, Logo } from '../../domain/contact/brand.ts';
import type { BrandFile } from '../schema.ts';
import { readLogo } from './logo.ts';
import type { Source } from './source.ts';

/** What pages ask the desk for beside themselves, by the name it has under `/assets/`. */
export type Assets = Record<string, Asset>;

const packages = createRequire(import.meta.url);

/** Body text and headings; a page asks for the one it needs. */
const WEIGHTS = [400, 700] as const;

/**
 * The files that pages show: Vazirmatn (SIL Open Font License, docs/licences/vazirmatn.txt) for Arabic script, and the logo.
 * A name holds the hash of what is in the file, so that it can be kept for ever.
 */
export const compileAssets = async (
  source: Source,
  file: BrandFile,
  from: string,
): Promise<{ assets: Assets } & Pick<Brand, 'fonts' | 'logo'>> => {
  const assets: Assets = {};
  const keep = (name: string, ending: string, type: string, bytes: Buffer): string => {
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
    const full = `${name}.${hash}.${ending}`;
    assets[full] = { type, base64: bytes.toString('base64') };
    return `/assets/${full}`;
  };

  const fonts: FontFace[] = [];
  for (const weight of WEIGHTS) {
    const name = `vazirmatn-arabic-${weight}`;
    const bytes = await readFile(packages.resolve(`@fontsource/vazirmatn/files/${name}-normal.woff2`));
    fonts.push({ weight, path: keep(name, 'woff2', 'font/woff2', bytes) });
  }

  if (file.logo === undefined) return { assets, fonts };
  const [light, dark] = await Promise.all(
    (['file', 'dark'] as const).map((field) => {
      const name = file.logo?.[field];
      return name === undefined
        ? undefined
        : readLogo(join(from, name), name, (what) => source.wrong(['logo', field], what));
    }),
  );
  if (light === undefined) return { assets, fonts };
  const logo: Logo = {
    path: keep('logo', light.ending, light.type, light.bytes),
    ...(dark !== undefined && { dark: keep('logo-dark', dark.ending, dark.type, dark.bytes) }),
    ratio: light.ratio,
    saysName: file.logo['says-name'],
  };
  return { assets, fonts, logo };
};
