import type { ReplyScale } from '../../domain/rating/reply-rating.ts';
import type { SurveysFile } from '../survey-schema.ts';
import { didYouMean } from './mistakes.ts';
import { optionsOf } from './scales.ts';
import type { Source } from './source.ts';

/** The scale single replies are rated on, worst first; its words are those of the scale in locales/. */
export const compileReplyRating = (source: Source, file: SurveysFile): ReplyScale => {
  const { scale, 'low-at-most': lowAtMost } = file['reply-rating'];
  const steps = file.scales[scale];
  if (steps === undefined)
    source.wrong(
      ['reply-rating', 'scale'],
      `scale "${scale}" is not defined${didYouMean(scale, Object.keys(file.scales))}`,
    );
  else if (!Array.isArray(steps))
    source.wrong(['reply-rating', 'scale'], `replies are rated in words; "${scale}" is a scale of numbers`);
  else if (lowAtMost >= steps.length)
    source.wrong(
      ['reply-rating', 'low-at-most'],
      `every answer of "${scale}" would be low; write less than ${steps.length}`,
    );
  return { scale, lowAtMost, options: optionsOf(steps ?? []) };
};
