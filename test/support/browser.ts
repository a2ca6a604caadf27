import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, chromium as playwright } from 'playwright-core';

const root = join(import.meta.dirname, '..', '..');
const files = createRequire(import.meta.url);

/**
 * A real Chromium from npm, headless. It unpacks once into the project's cache with the system libraries it needs; those
 * are only used when the machine says it is a Lambda, so the process says so before the package is loaded.
 */
export const launchBrowser = async (): Promise<Browser> => {
  const cache = join(root, '.cache', 'chromium');
  await mkdir(cache, { recursive: true });
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs24.x';
  process.env.TMPDIR = cache;
  const { default: chromium } = await import('@sparticuz/chromium');
  return playwright.launch({ args: chromium.args, executablePath: await chromium.executablePath(), headless: true });
};

/** Vazirmatn as a style sheet: the browser of the tests carries Latin letters only, and Persian would be blank. */
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

/** The source of axe-core, to be evaluated in a page. */
export const axeSource = (): Promise<string> => readFile(files.resolve('axe-core/axe.min.js'), 'utf8');
