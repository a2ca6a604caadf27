import type { ReplyScale } from '../../domain/rating/reply-rating.ts';
import type { SurveysFile } from '../schema.ts';
import { didYouMean } from './mistakes.ts';
import type { Source } from './source.ts';

/** The scale single replies are rated on, worst first; its words are those of the scale in locales/. */
export const compileReplyRating = (source: Source, file: SurveysFile): ReplyScale => {
  const { scale, 'low-at-most': lowAtMost } = file['reply-rating'];
  const labels = file.scales[scale];
  if (labels === undefined)
    source.wrong(
      ['reply-rating', 'scale'],
      `scale "${scale}" is not defined${didYouMean(scale, Object.keys(file.scales))}`,
    );
  else if (lowAtMost >= labels.length)
    source.wrong(
      ['reply-rating', 'low-at-most'],
      `every answer of "${scale}" would be low; write less than ${labels.length}`,
    );
  return { scale, lowAtMost, options: (labels ?? []).map((label, index) => ({ value: index + 1, label })) };
};
