import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { FORMS_SCRIPT, FORMS_SCRIPT_PATH } from '../../domain/pages/forms-script.ts';
import { type Allowance, pageHeaders } from '../../domain/pages/headers.ts';
import { type CompiledDesk, compiledDesk } from '../desk/compiled.ts';
import { assetAt, axeSource, launchBrowser } from '../support/browser.ts';

export const languages = ['en', 'de', 'fa'] as const;
type Code = (typeof languages)[number];
type ContextOptions = Parameters<Browser['newContext']>[0];

interface ToShow {
  /** The pages by name; each stands at `/<language>/<name>`. */
  pagesOf: (desk: CompiledDesk, code: Code) => Record<string, string>;
  /** The path of the page that answers a form. */
  thanks: string;
  allowance?: (base: string) => Allowance;
}

/** Pages as the desk serves them, and a browser that looks at them. */
export interface Showing {
  desk: CompiledDesk;
  base: string;
  /** The forms that were sent, oldest first. */
  posted: Array<{ path: string; fields: Record<string, string> }>;
  /** Opens a page in a fresh context, hands it over and closes the context. */
  visit: <T>(path: string, options: ContextOptions, look: (page: Page) => Promise<T>) => Promise<T>;
  /** Every page of a language, one after the other, in one context. */
  visitAll: (code: Code, options: ContextOptions, look: (page: Page, name: string) => Promise<void>) => Promise<void>;
  close: () => Promise<void>;
}

/** Serves the pages with their headers, fonts, logos and the script of forms on a free port. */
export const showPages = async ({ pagesOf, thanks, allowance }: ToShow): Promise<Showing> => {
  const [desk, browser] = await Promise.all([compiledDesk(), launchBrowser()]);
  const pages = new Map(
    languages.flatMap((code) => Object.entries(pagesOf(desk, code)).map(([name, text]) => [`/${code}/${name}`, text])),
  );
  const posted: Showing['posted'] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://here');
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const asset = assetAt(request.url, desk.assets);
      if (asset) return response.writeHead(200, { 'content-type': asset.type }).end(asset.bytes);
      if (pathname === FORMS_SCRIPT_PATH)
        return response.writeHead(200, { 'content-type': 'text/javascript' }).end(FORMS_SCRIPT);
      if (request.method === 'POST') {
        const fields = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
        posted.push({ path: pathname, fields });
      }
      const page = pages.get(request.method === 'POST' ? thanks : pathname);
      return response.writeHead(page === undefined ? 404 : 200, pageHeaders(desk.brand, allowance?.(base))).end(page);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const visit: Showing['visit'] = async (path, options, look) => {
    const context = await browser.newContext(options);
    try {
      const page = await context.newPage();
      await page.goto(`${base}${path}`);
      return await look(page);
    } finally {
      await context.close();
    }
  };
  return {
    desk,
    base,
    posted,
    visit,
    visitAll: (code, options, look) => {
      const names = Object.keys(pagesOf(desk, code));
      return visit(`/${code}/${names[0]}`, options, async (page) => {
        for (const name of names) {
          await page.goto(`${base}/${code}/${name}`);
          await look(page, name);
        }
      });
    },
    close: async () => {
      await browser.close();
      await new Promise((closed) => server.close(closed));
    },
  };
};

/** What axe-core looks for: every rule in light colours, in dark ones the contrast again. */
const RULES = {
  light: '["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]',
  dark: '{ type: "rule", values: ["color-contrast"] }',
};

/** The rules that pages of a language break, each with the page and the element; also a page on which none was tried. */
export const brokenRules = async (
  { visitAll }: Showing,
  code: Code,
  colorScheme: keyof typeof RULES,
): Promise<string[]> => {
  const axe = await axeSource();
  const found: string[] = [];
  await visitAll(code, { colorScheme }, async (page, name) => {
    await page.evaluate(axe);
    const { passed, broken } = await page.evaluate<{ passed: number; broken: string[] }>(
      `axe.run({ runOnly: ${RULES[colorScheme]}, resultTypes: ['violations'] }).then(({ passes, violations }) => ({
        passed: passes.length, broken: violations.map(({ id, nodes }) => id + ' ' + nodes[0].html) }))`,
    );
    found.push(...(passed === 0 ? ['nothing was checked'] : broken).map((what) => `${name}: ${what}`));
  });
  return found;
};

/** The pages of a language that scroll sideways on a phone of 320 pixels, with their width. */
export const tooWide = async ({ visitAll }: Showing, code: Code): Promise<string[]> => {
  const wide: string[] = [];
  await visitAll(code, { viewport: { width: 320, height: 640 } }, async (page, name) => {
    const width = await page.evaluate<number>('document.fonts.ready.then(() => document.documentElement.scrollWidth)');
    if (width > 320) wide.push(`${name}: ${width}`);
  });
  return wide;
};
