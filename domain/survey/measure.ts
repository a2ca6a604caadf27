/** What a survey's score measures. Scores of different measures are never averaged. */
export const MEASURES = ['csat', 'nps', 'ces'] as const;
export type Measure = (typeof MEASURES)[number];
