import type { SurveysFile } from '../survey-schema.ts';
import type { Path, Source } from './source.ts';

export type ScaleFile = SurveysFile['scales'][string];
export type Scales = SurveysFile['scales'];

/** More answers than these fit on no phone, and nobody tells them apart. */
const MOST_STEPS = 11;

/** What can be chosen on a scale: words count from 1, worst first. */
export const optionsOf = (scale: ScaleFile): Array<{ value: number; label: string }> =>
  Array.isArray(scale)
    ? scale.map((label, index) => ({ value: index + 1, label }))
    : Array.from({ length: Math.max(0, scale.to - scale.from + 1) }, (_, index) => ({
        value: scale.from + index,
        label: String(scale.from + index),
      }));

/** The names a scale has words for in every language. */
const namesOf = (scale: ScaleFile): string[] => (Array.isArray(scale) ? scale : scale.ends);

/** Scales that can be shown, and are used. */
export const checkScales = (source: Source, file: SurveysFile): void => {
  const used = new Set([
    file['reply-rating'].scale,
    ...file.surveys.flatMap(({ questions }) => questions.map(({ scale }) => scale)),
  ]);
  for (const [name, scale] of Object.entries(file.scales)) {
    const at: Path = ['scales', name];
    const steps = Array.isArray(scale) ? scale.length : scale.to - scale.from + 1;
    if (!used.has(name)) source.wrong(at, `no question uses scale "${name}"; take it out`);
    if (!Array.isArray(scale) && (steps < 3 || scale.from < 0))
      source.wrong(at, `a scale of numbers counts up from 0 or more, in three steps or more`);
    if (steps > MOST_STEPS)
      source.wrong(
        at,
        `scale "${name}" has ${steps} answers; write at most ${MOST_STEPS}, so that they can be told apart`,
      );
    const names = namesOf(scale);
    names.forEach((label, index) => {
      if (names.indexOf(label) < index)
        source.wrong(at, `"${label}" is twice on scale "${name}"; name the answers apart`);
    });
  }
};
