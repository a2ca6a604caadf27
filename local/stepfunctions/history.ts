import type { JsonObject } from './json.ts';

/** A history event as it is kept. */
export interface HistoryEvent {
  id: number;
  previous: number;
  /** Virtual epoch ms. */
  at: number;
  type: string;
  details?: JsonObject;
}

/** AWS ends an execution whose history reaches this many events (Step Functions quotas). */
export const HISTORY_LIMIT = 25_000;

const EXECUTION_DATA = ['input', 'output', 'parameters', 'assignedVariables'] as const;

const detailsKey = (type: string): string => {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  if (/^MapIteration/.test(type)) return `m${type.slice(1)}EventDetails`;
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
};

/** The event as GetExecutionHistory answers it; timestamps in epoch seconds. */
export const toApiEvent = (event: HistoryEvent, includeData: boolean): Record<string, unknown> => {
  const api: Record<string, unknown> = {
    timestamp: event.at / 1000,
    type: event.type,
    id: event.id,
    previousEventId: event.previous,
  };
  if (event.details === undefined) return api;
  const details: Record<string, unknown> = { ...event.details };
  for (const key of EXECUTION_DATA) {
    if (details[key] === undefined) continue;
    if (!includeData) delete details[key];
    else if (key !== 'parameters') details[`${key}Details`] = { truncated: false };
  }
  api[detailsKey(event.type)] = details;
  return api;
};
