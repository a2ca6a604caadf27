import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BLANK, type ReplyTemplate, TEMPLATE_BLANKS, type TemplateBlank } from '../../domain/help/reply-template.ts';
import { templateFile } from '../schema.ts';
import { asksForSecrets } from './asks-for-secrets.ts';
import { didYouMean, type Mistake } from './mistakes.ts';
import { sourceOf } from './source.ts';

interface Given {
  /** Folder of the desk's files. */
  from: string;
  languages: readonly string[];
  categories: readonly string[];
}

/** Longer than this, nobody reads it. */
const LONGEST = 4000;
const BLANKS = Object.keys(TEMPLATE_BLANKS);

/** Reads and checks desk/templates/<language>/<name>.md. A desk without that folder has no templates. */
export const compileTemplates = async (given: Given): Promise<{ templates: ReplyTemplate[]; mistakes: Mistake[] }> => {
  const mistakes: Mistake[] = [];
  const root = join(given.from, 'templates');
  const folders = await readdir(root, { withFileTypes: true }).catch(() => []);
  for (const { name } of folders)
    if (!given.languages.includes(name))
      mistakes.push({
        file: `desk/templates/${name}`,
        line: 1,
        what: `language "${name}" is not listed under "languages" in brand.yaml${didYouMean(name, given.languages)}`,
      });
  const templates: ReplyTemplate[] = [];
  for (const locale of given.languages) {
    const files = (await readdir(join(root, locale)).catch(() => [])).filter((name) => !name.startsWith('.')).sort();
    for (const file of files) {
      const text = await readFile(join(root, locale, file), 'utf8');
      const template = readTemplate(text, { file, locale }, given, mistakes);
      if (template !== undefined) templates.push(template);
    }
  }
  mistakes.push(...missing(templates, given.languages));
  return { templates, mistakes };
};

const readTemplate = (
  text: string,
  { file, locale }: { file: string; locale: string },
  { categories }: Given,
  mistakes: Mistake[],
): ReplyTemplate | undefined => {
  const path = `desk/templates/${locale}/${file}`;
  const wrong = (line: number, what: string) => mistakes.push({ file: path, line, what });
  const name = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.md$/.exec(file)?.[1];
  if (name === undefined) {
    wrong(1, 'name it in small letters, digits and hyphens with .md at its end');
    return undefined;
  }
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const end = lines.indexOf('---', 1);
  if (lines[0] !== '---' || end < 0) {
    wrong(1, 'the front matter is missing; begin with a line ---, then title, when, categories and keywords, then ---');
    return undefined;
  }
  const source = sourceOf(lines.slice(1, end).join('\n'), path, { mistakes, above: 1 });
  const matter = source.as(templateFile);
  if (matter === undefined) return undefined;
  matter.categories.forEach((category, index) => {
    if (!categories.includes(category))
      source.wrong(
        ['categories', index],
        `category "${category}" is not in categories.yaml${didYouMean(category, categories)}`,
      );
  });
  const body = lines.slice(end + 1);
  body.forEach((line, index) => {
    for (const what of mistakesIn(line)) wrong(end + 2 + index, what);
  });
  const whole = body.join('\n').trim();
  if (whole === '') wrong(end + 1, 'the template says nothing; write the reply below the front matter');
  if (whole.length > LONGEST)
    wrong(end + 2, `the template has ${whole.length} characters, ${LONGEST} are allowed; say it shorter`);
  return { name, locale, ...matter, body: `${whole}\n` };
};

const mistakesIn = (line: string): string[] => {
  const found: string[] = [];
  for (const [, name = '', standIn] of line.matchAll(BLANK)) {
    if (!isBlank(name)) found.push(`there is no blank {${name}}${didYouMean(name, BLANKS)}`);
    else if (TEMPLATE_BLANKS[name].mayBeMissing && standIn === undefined)
      found.push(
        `{${name}} is not always known; say what stands there then, as in {${name}|…}, or {${name}|} for nothing`,
      );
  }
  if (/[{}]/.test(line.replace(BLANK, ''))) found.push('a brace stands alone; write a blank as {ticket.id}');
  const asked = asksForSecrets(line);
  if (asked !== undefined)
    found.push(`this asks for card details or a secret: "${asked}"; no customer is ever asked for them`);
  return found;
};

const isBlank = (name: string): name is TemplateBlank => Object.hasOwn(TEMPLATE_BLANKS, name);

/** Agents of every language get the same templates. */
const missing = (templates: readonly ReplyTemplate[], languages: readonly string[]): Mistake[] => {
  const there = new Set(templates.map(({ name, locale }) => `${locale}/${name}`));
  const first = new Map(templates.toReversed().map((template) => [template.name, template]));
  return [...first].flatMap(([name, { locale }]) =>
    languages
      .filter((language) => !there.has(`${language}/${name}`))
      .map((language) => ({
        file: `desk/templates/${locale}/${name}.md`,
        line: 1,
        what: `there is no translation; add desk/templates/${language}/${name}.md`,
      })),
  );
};
