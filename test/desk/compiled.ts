import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileDesk } from '../../desk/compile.ts';
import type { Asset, Brand } from '../../domain/contact/brand.ts';
import type { Locale } from '../../domain/contact/words.ts';
import type { MailLocale } from '../../domain/mail/voice.ts';
import type { Agent, Category, Policy } from '../../domain/policy.ts';
import type { SurveyDefinition } from '../../domain/survey/survey.ts';

export interface CompiledDesk {
  policy: Policy;
  team: Agent[];
  categories: Category[];
  surveys: SurveyDefinition[];
  brand: Brand;
  assets: Record<string, Asset>;
  /** Every language, with all that is said in it. */
  locales: Record<'en' | 'de' | 'fa', Locale & Pick<MailLocale, 'scored'>>;
}

/** The shipped desk as it is compiled now; `from` is another folder of YAML files. */
export const compiledDesk = async (from?: string): Promise<CompiledDesk> => {
  const to = await mkdtemp(join(tmpdir(), 'desk-'));
  try {
    await compileDesk(from === undefined ? { to } : { from, to });
    const read = async (name: string) => JSON.parse(await readFile(join(to, `${name}.json`), 'utf8'));
    const [policy, team, categories, surveys, brand, assets, languages, asked] = await Promise.all(
      ['policy', 'team', 'categories', 'surveys', 'brand', 'assets', 'languages', 'asked'].map(read),
    );
    const groups = await Promise.all(
      (await readdir(join(to, 'words'))).map((file) => read(`words/${file.slice(0, -5)}`)),
    );
    const withWords = (code: string): Locale & Pick<MailLocale, 'scored'> => ({
      ...languages[code],
      scored: asked[code],
      words: Object.assign({}, ...groups.map((group) => group[code])),
    });
    const [en, de, fa] = [withWords('en'), withWords('de'), withWords('fa')];
    return { policy, team, categories, surveys, brand, assets, locales: { en, de, fa } };
  } finally {
    await rm(to, { recursive: true });
  }
};
