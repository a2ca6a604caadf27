/** What the score measures. Unlike measures are never averaged. */
export const MEASURES = ['csat', 'nps', 'ces'] as const;
export type Measure = (typeof MEASURES)[number];
