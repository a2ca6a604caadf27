import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/**
 * One JSON line per fact, with ids and codes only: never a person's words, an address or a token. Events are not logged,
 * since they carry all three.
 */
export const logger = new Logger();
export const metrics = new Metrics();

/** Counts one of a thing, e.g. `TicketsReceived`. */
export type Count = (name: string) => void;
export const count: Count = (name) => metrics.addMetric(name, MetricUnit.Count, 1);

/** A figure of one thing among several, e.g. how many wait in a group; its alarm asks for the same dimension. */
export type Measure = (name: string, value: number, of: Record<string, string>) => void;
export const measure: Measure = (name, value, of) => {
  const single = metrics.singleMetric();
  single.addDimensions(of);
  single.addMetric(name, MetricUnit.Count, value);
};

/** What the log may hold of an error: its name and where it was thrown. Its message may quote a person. */
export const failure = (error: unknown): { errorName: string; thrownAt: string[] } => {
  if (!(error instanceof Error)) return { errorName: 'unknown', thrownAt: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { errorName: error.name, thrownAt: frames.slice(0, 5).map((line) => line.trim()) };
};
