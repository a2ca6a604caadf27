import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { rulesNow } from '../../domain/clock/versions.ts';
import type { Calendar, ClockRules, Policy } from '../../domain/policy.ts';
import { type PolicyFile, type VersionFile, versionFile } from '../schema.ts';
import { compileCalendars } from './calendars.ts';
import { compileLadder } from './ladder.ts';
import { compileSilence } from './policy.ts';
import { type Path, readSource, type Source } from './source.ts';
import { compileTargets } from './targets.ts';

/** A version that was promised by, as its file has it. */
interface Archived {
  pause: VersionFile['pause'];
  rules: ClockRules;
}

/** What earlier versions promised by, and the mistakes found on the way. */
export interface Past {
  past: Record<string, ClockRules>;
  sources: Source[];
}

const NAME = /^policy-(.+)\.yaml$/;
export const fileOfVersion = (version: string): string => `versions/policy-${version}.yaml`;

/**
 * Reads desk/versions and holds the present policy against it: a version whose promises were changed without a new number
 * is refused, since tickets are counted by what its number meant. Versions that promise the same as the present are left
 * out.
 *
 * @param from folder of the desk's files
 */
export const compilePast = async (source: Source, file: PolicyFile, policy: Policy, from: string): Promise<Past> => {
  const archived = new Map<string, Archived>();
  const sources: Source[] = [];
  const names = await readdir(join(from, 'versions')).catch((): string[] => []);
  for (const name of names.filter((each) => NAME.test(each)).sort()) {
    const version = NAME.exec(name)?.[1] ?? '';
    const read = await readSource(join(from, 'versions', name), `desk/versions/${name}`);
    sources.push(read);
    const text = read.as(versionFile);
    if (text === undefined) continue;
    if (text.version !== version) read.wrong(['version'], `this file is named after version "${version}"; write that`);
    archived.set(version, { pause: text.pause, rules: compileVersion(read, text, Object.keys(policy.groups)) });
  }
  const present = rulesNow(policy);
  const mine = archived.get(policy.version);
  if (mine === undefined)
    source.wrong(
      ['version'],
      `what version ${policy.version} promises is not in desk/versions; run "npm run desk:version" and commit the file it writes`,
    );
  else
    for (const { path, what } of changes(file, { pause: file.pause, rules: present }, mine))
      source.wrong(
        path,
        `${what} is not what version ${policy.version} promised (desk/${fileOfVersion(policy.version)}); raise "version", then run "npm run desk:version"`,
      );
  const past = [...archived].filter(
    ([version, { rules }]) => version !== policy.version && !isDeepStrictEqual(promising(rules), promising(present)),
  );
  return { past: Object.fromEntries(past.map(([version, { rules }]) => [version, counted(rules)])), sources };
};

/** The file that keeps what the present version promises by: holidays are dates, as the tables of a library change. */
export const versionText = (file: PolicyFile, policy: Policy): string => {
  const { untriaged } = rulesNow(policy);
  const kept: Omit<VersionFile, 'calendars'> & { calendars: Record<string, object> } = {
    version: policy.version,
    'apply-to-open-tickets': file['apply-to-open-tickets'],
    untriaged,
    calendars: Object.fromEntries(
      usedBy(policy.targets).map((name) => {
        const { zone, week, open } = file.calendars[name] ?? { zone: '', week: {}, open: {} };
        const { closed = [], holidaysUntil: until } = policy.calendars[name] ?? {};
        return [name, { zone, week, closed, ...(until === undefined ? {} : { 'holidays-until': until }), open }];
      }),
    ),
    targets: file.targets,
    ladder: file.ladder,
    pause: file.pause,
    silence: file.silence,
  };
  return `# What version ${policy.version} of desk/policy.yaml promised by. Written by "npm run desk:version"; tickets that were promised
# something under it are counted by it, so it is not edited. Remove it when no ticket of its time is open any more.
${stringify(kept, { lineWidth: 120, flowCollectionPadding: false })}`;
};

const compileVersion = (source: Source, file: VersionFile, groups: readonly string[]): ClockRules => {
  const calendars = compileCalendars(source, file.calendars, { from: 2000, to: 2000 });
  // A group may have gone since; its rows still count for what was promised then.
  const known = [...new Set([...groups, ...file.targets.flatMap((row) => row.groups ?? [])])];
  const targets = compileTargets(source, file.targets, { calendars: Object.keys(calendars), groups: known });
  return {
    version: file.version,
    applyToOpenTickets: file['apply-to-open-tickets'],
    calendars,
    targets,
    ladder: compileLadder(source, file.ladder, targets),
    silence: compileSilence(file.silence),
    untriaged: file.untriaged,
  };
};

const usedBy = (targets: ClockRules['targets']): string[] =>
  [...new Set(targets.map(({ calendar }) => calendar))].filter((name) => name !== 'always');

/** Without calendars that no promise counts in. */
const counted = (rules: ClockRules): ClockRules => ({
  ...rules,
  calendars: Object.fromEntries(
    usedBy(rules.targets).flatMap((name) =>
      rules.calendars[name] === undefined ? [] : [[name, rules.calendars[name]]],
    ),
  ),
});

/** A version by what it promises, whatever its number. */
const promising = (rules: ClockRules): Omit<ClockRules, 'version'> => {
  const { version, calendars, ...rest } = counted(rules);
  const dates = Object.entries(calendars).map(([name, calendar]) => [name, datesOf(calendar)] as const);
  return { ...rest, calendars: Object.fromEntries(dates) };
};

/** A calendar by the dates it names: how far it looks ahead promises nothing. */
const datesOf = ({ holidaysUntil, ...dates }: Calendar): Calendar => dates;

const datesIn = ({ calendars }: ClockRules, name: string): Calendar | undefined =>
  calendars[name] && datesOf(calendars[name]);

/** Each part that differs, where it stands in policy.yaml. */
const changes = (file: PolicyFile, now: Archived, then: Archived): Array<{ path: Path; what: string }> => {
  const found: Array<{ path: Path; what: string }> = [];
  const compare = (path: Path, what: string, one: unknown, other: unknown): void => {
    if (!isDeepStrictEqual(one, other)) found.push({ path, what });
  };
  const [mine, theirs] = [counted(now.rules), counted(then.rules)];
  for (const name of Object.keys({ ...mine.calendars, ...theirs.calendars }))
    compare(['calendars', name], `calendar "${name}"`, datesIn(mine, name), datesIn(theirs, name));
  for (const [index, { id }] of file.targets.entries()) {
    const rows = ({ targets }: ClockRules) => targets.filter((row) => row.id === id || row.id.startsWith(`${id}-p`));
    compare(['targets', index], `target "${id}"`, rows(mine), rows(theirs));
  }
  if (found.length === 0) compare(['targets'], 'the list of targets', mine.targets, theirs.targets);
  compare(['ladder'], 'the ladder', mine.ladder, theirs.ladder);
  compare(['pause'], '"pause"', now.pause, then.pause);
  compare(['silence'], '"silence"', mine.silence, theirs.silence);
  compare(['triage', 'matrix'], 'the priority of a ticket before triage', mine.untriaged, theirs.untriaged);
  compare(['apply-to-open-tickets'], '"apply-to-open-tickets"', mine.applyToOpenTickets, theirs.applyToOpenTickets);
  return found;
};
