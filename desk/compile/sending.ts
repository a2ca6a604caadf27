import type { Sending } from '../../domain/survey/choose.ts';
import type { SurveysFile } from '../schema.ts';

/** Who is sent which survey, as the rules read it. */
export const compileSending = ({ send }: SurveysFile): Sending => ({
  holdOut: 0,
  rows: [
    { id: 'csat', kind: 'csat', sample: 100, variants: [{ survey: send.csat, share: 100 }] },
    { id: 'follow-up', kind: 'follow-up', sample: 100, variants: [{ survey: send['follow-up'], share: 100 }] },
  ],
});
