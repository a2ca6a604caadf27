import type { Sending, SendRow } from '../../domain/survey/choose.ts';
import type { AskKind } from '../../domain/survey/survey.ts';
import { CHANNELS } from '../../domain/ticket/ticket.ts';
import type { SurveysFile } from '../survey-schema.ts';
import { didYouMean } from './mistakes.ts';
import type { Path, Source } from './source.ts';

type Row = SurveysFile['send'][AskKind][number];

const KINDS = ['csat', 'follow-up', 'nps', 'feedback'] as const;

/** Who is sent which survey: every row can be reached, and somebody is asked by the last one, whatever the ticket. */
export const compileSending = (
  source: Source,
  file: SurveysFile,
  categories: readonly string[] | undefined,
): Sending => {
  if (file['hold-out'] >= 100) source.wrong(['hold-out'], 'nobody would be asked; write less than 100%');
  const ids = new Set<string>();
  return {
    holdOut: file['hold-out'],
    rows: KINDS.flatMap((kind) => {
      checkReach(source, kind, file.send[kind], categories ?? []);
      return file.send[kind].map((row, index): SendRow => {
        const at = ['send', kind, index];
        const id = row.id ?? `${kind}-${index + 1}`;
        if (ids.has(id)) source.wrong([...at, 'id'], `there is another row "${id}"; name them apart`);
        ids.add(id);
        checkRow(source, at, row, kind, categories);
        return {
          id,
          kind,
          ...(row.channels === undefined ? {} : { channels: row.channels }),
          ...(row.categories === undefined ? {} : { categories: row.categories }),
          ...(row.types === undefined ? {} : { types: row.types }),
          sample: row.sample ?? 100,
          variants: variantsOf(source, at, row, kind, file.surveys),
        };
      });
    }),
  };
};

const checkRow = (
  source: Source,
  at: Path,
  row: Row,
  kind: AskKind,
  categories: readonly string[] | undefined,
): void => {
  row.categories?.forEach((category, index) => {
    if (categories !== undefined && !categories.includes(category))
      source.wrong(
        [...at, 'categories', index],
        `category "${category}" is not defined in categories.yaml${didYouMean(category, categories)}`,
      );
  });
  if (kind === 'nps' || kind === 'feedback')
    for (const name of ['channels', 'categories'] as const)
      if (row[name] !== undefined)
        source.wrong([...at, name], `${kind} is about no ticket and has no ${name}; take this out`);
  if (row.sample !== undefined && (kind === 'follow-up' || kind === 'feedback'))
    source.wrong(
      [...at, 'sample'],
      kind === 'feedback'
        ? 'feedback is asked of nobody: who writes it wants to; take this out'
        : 'everybody who was unhappy is asked whether it was put right; take this out',
    );
};

/** One survey for all whom the row fits, or several with their shares. */
const variantsOf = (
  source: Source,
  at: Path,
  row: Row,
  kind: AskKind,
  surveys: SurveysFile['surveys'],
): SendRow['variants'] => {
  const check = (path: Path, name: string): void => {
    const survey = surveys.find(({ id }) => id === name);
    if (survey === undefined)
      source.wrong(
        path,
        `survey "${name}" is not defined${didYouMean(
          name,
          surveys.map(({ id }) => id),
        )}`,
      );
    else if (survey.kind !== kind)
      source.wrong(path, `survey "${survey.id}" is of kind ${survey.kind}; choose one of kind ${kind}`);
  };
  const { survey, variants } = row;
  if ((survey === undefined) === (variants === undefined))
    source.wrong(at, 'name either one survey or several variants');
  if (variants === undefined) {
    if (survey !== undefined) check([...at, 'survey'], survey);
    return [{ survey: survey ?? '', share: 100 }];
  }
  if (row.id === undefined)
    source.wrong(at, 'give this row an id: by it is drawn who gets which variant, also when rows are added above');
  variants.forEach(({ name, survey: sent, share }, index) => {
    check([...at, 'variants', index, 'survey'], sent);
    if (variants.findIndex((other) => other.name === name) < index)
      source.wrong([...at, 'variants', index, 'name'], `there is another variant "${name}"; name them apart`);
    if (share === 0) source.wrong([...at, 'variants', index, 'share'], `nobody gets variant "${name}"; take it out`);
  });
  const sum = variants.reduce((all, { share }) => all + share, 0);
  if (Math.abs(sum - 100) > 1e-9) source.wrong([...at, 'variants'], `the shares make ${sum}%; they have to make 100%`);
  return variants;
};

/** Counts every kind of ticket: no row is without one, and none is without a row. */
const checkReach = (source: Source, kind: AskKind, rows: readonly Row[], categories: readonly string[]): void => {
  const types = [...new Set(rows.flatMap((row) => row.types ?? []))];
  const cells = ({ channels, categories: of, types: wanted }: Pick<Row, 'channels' | 'categories' | 'types'>) =>
    (channels ?? CHANNELS).flatMap((channel) =>
      (of ?? ['', ...categories]).flatMap((category) =>
        (wanted ?? ['', ...types]).map((type) => `${channel} ${category} ${type}`),
      ),
    );
  const taken = new Set<string>();
  rows.forEach((row, index) => {
    const mine = cells(row);
    if (mine.every((cell) => taken.has(cell)))
      source.wrong(['send', kind, index], `this row is never reached: the rows above take all it is for`);
    for (const cell of mine) taken.add(cell);
  });
  if (cells({}).some((cell) => !taken.has(cell)))
    source.wrong(['send', kind], `somebody is sent no ${kind}; add a last row without channels, categories and types`);
};
