import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileOfSurvey, keptText, readKept, sameAsKept, seriesAfter } from './compile/kept-surveys.ts';
import { compileLocale, withWords } from './compile/locales.ts';
import { DeskMistakes } from './compile/mistakes.ts';
import { compilePolicy } from './compile/policy.ts';
import { compileReplyRating } from './compile/reply-rating.ts';
import { readSource } from './compile/source.ts';
import { compileSurveys, scalesOf } from './compile/surveys.ts';
import { fileOfVersion, versionText } from './compile/versions.ts';
import { type LocaleFile, localeFile, policyFile } from './schema.ts';
import { surveysFile } from './survey-schema.ts';

/**
 * Writes what the present version of desk/policy.yaml promises by to desk/versions, for review with the change. Throws
 * `DeskMistakes` when the policy has some, or when this version is there with other promises: a version is never rewritten.
 *
 * @returns the path of the file, from the folder of the desk's files
 */
export const archiveVersion = async (from: string): Promise<string> => {
  const source = await readSource(join(from, 'policy.yaml'), 'desk/policy.yaml');
  const file = source.as(policyFile);
  const policy = file && compilePolicy(source, file, undefined);
  if (file === undefined || policy === undefined || source.mistakes.length > 0) throw new DeskMistakes(source.mistakes);
  const name = fileOfVersion(policy.version);
  const text = versionText(file, policy);
  const kept = await readFile(join(from, name), 'utf8').catch(() => undefined);
  if (kept !== undefined && kept !== text) {
    source.wrong(
      ['version'],
      `version ${policy.version} was kept with other promises; raise "version". If it was never deployed, remove desk/${name} and run this again`,
    );
    throw new DeskMistakes(source.mistakes);
  }
  await mkdir(join(from, dirname(name)), { recursive: true });
  await writeFile(join(from, name), text);
  return name;
};

/**
 * The same for each survey of desk/surveys.yaml, with its words in every language.
 *
 * @returns the paths of the files, from the folder of the desk's files
 */
export const archiveSurveys = async (from: string): Promise<string[]> => {
  const { source, file, surveys } = await readSurveys(from);
  const { kept, sources } = await readKept(from);
  const broken = sources.flatMap(({ mistakes }) => mistakes);
  if (broken.length > 0) throw new DeskMistakes(broken);
  for (const survey of surveys) {
    const before = kept.find(({ id, version }) => id === survey.id && version === survey.version);
    if (before !== undefined && !sameAsKept(survey, before))
      source.wrong(
        ['surveys', file.surveys.findIndex(({ id }) => id === survey.id), 'version'],
        `version ${survey.version} of "${survey.id}" was kept with other questions or words; raise "version". If it was never deployed, remove desk/${fileOfSurvey(survey)} and run this again`,
      );
  }
  if (source.mistakes.length > 0) throw new DeskMistakes(source.mistakes);
  await mkdir(join(from, 'versions'), { recursive: true });
  return Promise.all(
    surveys.map(async (survey) => {
      const name = fileOfSurvey(survey);
      await writeFile(join(from, name), keptText(seriesAfter(survey, kept)));
      return name;
    }),
  );
};

/** The surveys with their words. Throws `DeskMistakes` when they, or what is said in a language, have some. */
const readSurveys = async (from: string) => {
  const source = await readSource(join(from, 'surveys.yaml'), 'desk/surveys.yaml');
  const file = source.as(surveysFile);
  if (file === undefined) throw new DeskMistakes(source.mistakes);
  const scaleOf = scalesOf(file);
  const surveys = compileSurveys(source, file);
  const replyRating = compileReplyRating(source, file);
  const sources = [source];
  const texts = new Map<string, LocaleFile>();
  const names = (await readdir(join(from, 'locales'))).filter((name) => name.endsWith('.yaml')).sort();
  for (const name of names) {
    const locale = await readSource(join(from, 'locales', name), `desk/locales/${name}`);
    sources.push(locale);
    const text = locale.as(localeFile);
    if (text === undefined) continue;
    const code = basename(name, '.yaml');
    compileLocale(locale, code, text, surveys, scaleOf, replyRating);
    texts.set(code, text);
  }
  const mistakes = sources.flatMap((each) => each.mistakes);
  if (mistakes.length > 0) throw new DeskMistakes(mistakes);
  return { source, file, surveys: withWords(surveys, texts, scaleOf) };
};

// As a program: `node desk/archive.ts [from]`; exit code 1 and the mistakes on standard error.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [from = dirname(fileURLToPath(import.meta.url))] = process.argv.slice(2);
  try {
    for (const name of [await archiveVersion(from), ...(await archiveSurveys(from))]) console.info(`desk/${name}`);
  } catch (error) {
    if (!(error instanceof DeskMistakes)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
