import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import type { Asset } from '../../domain/contact/brand.ts';

const root = join(import.meta.dirname, '..', '..');
const files = createRequire(import.meta.url);

/** A real Chromium from npm, headless. The first launch unpacks it into the project's cache (2 s, 209 MB). */
export const launchBrowser = async (): Promise<Browser> => {
  const home = await unpacked();
  return playwright.launch({
    executablePath: join(home, 'chromium'),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
    env: { ...process.env, LD_LIBRARY_PATH: join(home, 'al2023', 'lib'), FONTCONFIG_PATH: home, TMPDIR: home },
  });
};

/**
 * The folder with the browser, its libraries and its fonts. Unpacked beside and renamed, so that two test processes that
 * start together never see half a browser. The package unpacks its libraries only where it takes the machine for a
 * Lambda, and unpacks to the temporary folder of the process: both are set for that moment alone.
 */
const unpacked = async (): Promise<string> => {
  const cache = join(root, '.cache');
  const home = join(cache, 'chromium');
  if (await exists(home)) return home;
  await mkdir(cache, { recursive: true });
  const own = await mkdtemp(join(cache, 'unpacking-'));
  const { AWS_EXECUTION_ENV, TMPDIR, LD_LIBRARY_PATH, FONTCONFIG_PATH } = process.env;
  try {
    Object.assign(process.env, { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x', TMPDIR: own });
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
  } finally {
    for (const [name, value] of Object.entries({ AWS_EXECUTION_ENV, TMPDIR, LD_LIBRARY_PATH, FONTCONFIG_PATH }))
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  }
  // The package's own configuration looks for fonts in /tmp alone.
  await writeFile(
    join(own, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${join(home, 'fonts')}</dir><cachedir>${join(home, 'fonts-cache')}</cachedir></fontconfig>`,
  );
  await rename(own, home).catch(async (error: unknown) => {
    await rm(own, { recursive: true });
    if (!(await exists(home))) throw error;
  });
  return home;
};

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Vazirmatn as a style sheet, for mails: the browser of the tests carries Latin letters only, and Persian would be blank. */
export const persianFont = async (): Promise<string> => {
  const faces = await Promise.all(
    [400, 700].flatMap((weight) =>
      ['arabic', 'latin'].map(async (subset) => {
        const file = files.resolve(`@fontsource/vazirmatn/files/vazirmatn-${subset}-${weight}-normal.woff2`);
        const data = (await readFile(file)).toString('base64');
        const range =
          subset === 'arabic'
            ? 'U+0600-06FF,U+200C-200E,U+2010-2011,U+204F,U+2E41,U+FB50-FDFF,U+FE70-FEFF'
            : 'U+0000-00FF,U+2013-2026';
        return `@font-face{font-family:Vazirmatn;font-weight:${weight};src:url(data:font/woff2;base64,${data}) format("woff2");unicode-range:${range}}`;
      }),
    ),
  );
  return faces.join('\n');
};

/** A file of the pages, as the desk serves it under this path. */
export const assetAt = (
  path = '',
  assets: Readonly<Record<string, Asset>>,
): { type: string; bytes: Buffer } | undefined => {
  const found = assets[path.replace(/^\/assets\//, '')];
  return found && { type: found.type, bytes: Buffer.from(found.base64, 'base64') };
};

/** The faces that the letters of an element are drawn in, e.g. `Vazirmatn from the desk`, `Open Sans of the system`. */
export const facesOf = async (page: Page, selector: string): Promise<string[]> => {
  // A face is asked for when something is laid out in it.
  await page.evaluate('document.body.offsetHeight && document.fonts.ready.then(() => undefined)');
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root: document } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: document.nodeId, selector });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  return fonts.map(
    ({ familyName, isCustomFont }) => `${familyName} ${isCustomFont ? 'from the desk' : 'of the system'}`,
  );
};

/** The source of axe-core, to be evaluated in a page. */
export const axeSource = (): Promise<string> => readFile(files.resolve('axe-core/axe.min.js'), 'utf8');
