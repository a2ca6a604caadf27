import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../', import.meta.url));

/** A page by its path in the repository, with its text. */
export interface Page {
  path: string;
  text: string;
}

const NOT_OURS = ['node_modules', 'cdk.out', 'build', '.git', '.cache', '.local'];

/** Every page that people read: all of docs/, and the README of the repository and of each folder. */
export function pages(): Page[] {
  return globSync(['docs/**/*.md', '**/README.md'], {
    cwd: repository,
    exclude: (path) => NOT_OURS.some((folder) => path === folder || path.endsWith(`/${folder}`)),
  })
    .sort()
    .map((path) => ({ path, text: readFileSync(join(repository, path), 'utf8') }));
}

/** The links of a page that lead to another place in the repository, as `path → target`, when there is nothing there. */
export const brokenLinks = (page: Page): string[] =>
  linksIn(page.text)
    .filter((link) => !leadsSomewhere(page, link))
    .map((link) => `${page.path} → ${link}`);

const linksIn = (text: string): string[] =>
  [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z][a-z0-9+.-]*:/i.test(link));

/** The text without blocks and spans of code, in which brackets mean something else. */
const prose = (text: string): string => text.replaceAll(/```[\s\S]*?```/g, '').replaceAll(/`[^`]*`/g, 'code');

const leadsSomewhere = (page: Page, link: string): boolean => {
  const [file = '', anchor] = link.split('#', 2);
  const target = file === '' ? resolve(repository, page.path) : resolve(repository, dirname(page.path), file);
  if (relative(repository, target).startsWith('..') || !existsSync(target)) return false;
  return anchor === undefined || anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
};

/** The anchors GitHub gives to headings: small letters, punctuation dropped, blanks as hyphens. */
const anchorsOf = (text: string): string[] =>
  [...text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
