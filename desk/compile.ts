import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { askedInMails } from './compile/asked.ts';
import { compileAssets } from './compile/assets.ts';
import { compileBrand } from './compile/brand.ts';
import { compileChecklists } from './compile/checklists.ts';
import { checkHolidayYears } from './compile/holiday-years.ts';
import { withKept } from './compile/kept-surveys.ts';
import { compileKnowledge } from './compile/knowledge.ts';
import { compileLocale, withWords } from './compile/locales.ts';
import { asLines, DeskMistakes, didYouMean } from './compile/mistakes.ts';
import { compilePolicy } from './compile/policy.ts';
import { compileReplyRating } from './compile/reply-rating.ts';
import { compileSending } from './compile/sending.ts';
import { readSource, type Source } from './compile/source.ts';
import { compileSurveys, isOfTicket, scalesOf } from './compile/surveys.ts';
import { compileCategories, compileTeam } from './compile/team.ts';
import { compileTemplates } from './compile/templates.ts';
import { compilePast } from './compile/versions.ts';
import { wordsByGroup } from './compile/words-by-group.ts';
import {
  brandFile,
  categoriesFile,
  checklistsFile,
  type LocaleFile,
  localeFile,
  policyFile,
  teamFile,
} from './schema.ts';
import { surveysFile } from './survey-schema.ts';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Checks the desk's files and writes them as the rules read them: `<to>/{policy,team,names,categories,surveys,ticket-surveys,sending,asked,brand,assets,checklists,templates}.json` and
 * `<to>/languages.json` with their sentences in `<to>/words/<group>.json`, and the articles as `<to>/knowledge/{articles,catalogue,index}.json`. Returns what
 * is no mistake and yet worth a look. Throws `DeskMistakes` with every mistake found, and then writes nothing.
 *
 * @param options.from folder of the YAML files; this one unless said
 * @param options.today the day on which it is checked, `2026-11-22`; today unless said
 * @param options.to folder to write to; `build/desk` of the project unless said
 */
export const compileDesk = async (
  options: { from?: string; to?: string; today?: string } = {},
): Promise<{ warnings: readonly string[] }> => {
  const from = options.from ?? here;
  const to = options.to ?? join(here, '..', 'build', 'desk');
  const read = (name: string) => readSource(join(from, name), `desk/${name}`);
  const [policySource, teamSource, categoriesSource, surveysSource, brandSource, checklistsSource] = await Promise.all([
    read('policy.yaml'),
    read('team.yaml'),
    read('categories.yaml'),
    read('surveys.yaml'),
    read('brand.yaml'),
    read('checklists.yaml'),
  ]);
  const sources = [policySource, teamSource, categoriesSource, surveysSource, brandSource, checklistsSource];

  const policyText = policySource.as(policyFile);
  const teamText = teamSource.as(teamFile);
  const categoriesText = categoriesSource.as(categoriesFile);
  const surveysText = surveysSource.as(surveysFile);
  const brandText = brandSource.as(brandFile);
  const checklistsText = checklistsSource.as(checklistsFile);

  const agents = teamText === undefined ? undefined : new Set(teamText.team.map(({ id }) => id));
  const groups = policyText === undefined ? undefined : Object.keys(policyText.groups);
  const categoryIds = categoriesText?.categories.map(({ id }) => id);
  const policy = policyText && compilePolicy(policySource, policyText, agents);
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  if (policyText) checkHolidayYears(policySource, policyText, today);
  // A policy with mistakes cannot be held against its earlier versions yet.
  const versions =
    policy && policySource.mistakes.length === 0
      ? await compilePast(policySource, policyText, policy, from)
      : { past: {}, sources: [] };
  sources.push(...versions.sources);
  const team = teamText && compileTeam(teamSource, teamText, groups, categoryIds);
  const categories =
    categoriesText && compileCategories(categoriesSource, categoriesText, groups, brandText?.languages);
  const scaleOf = surveysText && scalesOf(surveysText);
  const surveys = surveysText && compileSurveys(surveysSource, surveysText);
  const sending = surveysText && compileSending(surveysSource, surveysText, categoryIds);
  const replyRating = surveysText && compileReplyRating(surveysSource, surveysText);
  const brand = brandText && compileBrand(brandSource, brandText);
  const { assets, ...looks } = brandText ? await compileAssets(brandSource, brandText, from) : { assets: {} };
  const checklists =
    checklistsText && compileChecklists(checklistsSource, checklistsText, categoryIds, brandText?.languages);

  const files = (await readdir(join(from, 'locales')).catch(() => [])).filter((name) => name.endsWith('.yaml')).sort();
  const texts = new Map<string, LocaleFile>();
  const localeSources = new Map<string, Source>();
  const locales = [];
  for (const file of files) {
    const code = basename(file, '.yaml');
    const source = await read(`locales/${file}`);
    sources.push(source);
    localeSources.set(code, source);
    if (brand !== undefined && !brand.languages.includes(code))
      source.wrong(
        [],
        `language "${code}" is not listed under "languages" in brand.yaml; add it there or take the file away`,
      );
    const text = source.as(localeFile);
    if (text === undefined) continue;
    texts.set(code, text);
    if (surveys !== undefined && scaleOf !== undefined && replyRating !== undefined)
      locales.push(compileLocale(source, code, text, surveys, scaleOf, replyRating));
  }
  brand?.languages.forEach((code, index) => {
    if (!files.includes(`${code}.yaml`))
      brandSource.wrong(
        ['languages', index],
        `language "${code}" has no file locales/${code}.yaml${didYouMean(code, texts.keys())}`,
      );
  });

  const asked =
    surveysText && surveys && scaleOf
      ? await withKept(withWords(surveys, texts, scaleOf), from, {
          source: surveysSource,
          ids: surveysText.surveys.map(({ id }) => id),
          locales: localeSources,
          scaleOf,
        })
      : { surveys: [], sources: [] };
  sources.push(...asked.sources);

  const { knowledge, warnings, ...checked } = await compileKnowledge({
    from,
    languages: brand?.languages ?? [],
    categories: categoryIds ?? [],
    missingTranslation: policyText?.knowledge['missing-translation'] ?? 'warn',
    today,
  });

  const replies = await compileTemplates({
    from,
    languages: brand?.languages ?? [],
    categories: categoryIds ?? [],
  });

  const known = brand !== undefined && categoryIds !== undefined;
  const mistakes = [
    ...sources.flatMap((source) => source.mistakes),
    ...(known ? [...checked.mistakes, ...replies.mistakes] : []),
  ];
  if (mistakes.length > 0) throw new DeskMistakes(mistakes);

  const { languages, words } = wordsByGroup(locales);
  await Promise.all(['words', 'knowledge'].map((name) => mkdir(join(to, name), { recursive: true })));
  const write = (name: string, value: unknown) =>
    writeFile(join(to, `${name}.json`), `${JSON.stringify(value, null, 2)}\n`);
  await Promise.all([
    write('policy', { ...policy, past: versions.past }),
    write('team', team),
    write('names', Object.fromEntries((team ?? []).map(({ id, name }) => [id, name]))),
    write('categories', categories),
    write('surveys', asked.surveys),
    write('ticket-surveys', asked.surveys.filter(isOfTicket)),
    write('asked', askedInMails(asked.surveys, texts.keys())),
    write('sending', sending),
    write('reply-rating', replyRating),
    write('brand', { ...brand, ...looks }),
    write('assets', assets),
    write('checklists', checklists),
    write('templates', replies.templates),
    write('languages', languages),
    ...Object.entries(words).map(([group, value]) => write(`words/${group}`, value)),
    ...Object.entries(knowledge).map(([name, value]) => write(`knowledge/${name}`, value)),
  ]);
  return { warnings: asLines([...sources.flatMap((source) => source.warnings), ...warnings]) };
};

// As a program: `node desk/compile.ts [from] [to]`; exit code 1 and the mistakes on standard error.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [from, to] = process.argv.slice(2);
  try {
    const { warnings } = await compileDesk({
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    });
    if (warnings.length > 0) console.error(warnings.join('\n'));
  } catch (error) {
    if (!(error instanceof DeskMistakes)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
