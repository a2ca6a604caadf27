/** The error that ends a state: what Retry and Catch match, and what `$states.errorOutput` shows. */
export class StatesError extends Error {
  /** Absent when a task was failed without naming an error. */
  readonly error: string | undefined;
  override readonly cause: string | undefined;
  /** Where in the state an expression failed, e.g. `Output/total`; such an error gets an EvaluationFailed event. */
  readonly location: string | undefined;
  /** A further name this error answers to in ErrorEquals. */
  readonly alias: string | undefined;

  constructor(error: string | undefined, cause: string | undefined, more: { location?: string; alias?: string } = {}) {
    super(cause ?? error ?? 'The task failed without an error.');
    this.name = 'StatesError';
    this.error = error;
    this.cause = cause;
    this.location = more.location;
    this.alias = more.alias;
  }
}

/** Members for an event's or an answer's details: absent ones are left out. */
export const errorMembers = (error: StatesError): { error?: string; cause?: string } => ({
  ...(error.error === undefined ? {} : { error: error.error }),
  ...(error.cause === undefined ? {} : { cause: error.cause }),
});

const NEVER_BY_WILDCARD = new Set(['States.Runtime']);

/**
 * Whether one of `names` (ErrorEquals) matches. Step Functions guide, "Handling errors": States.ALL matches everything but
 * States.Runtime; States.TaskFailed matches everything States.ALL does but States.Timeout. The guide excludes
 * States.DataLimitExceeded from States.ALL, recorded executions do not; the recording is followed.
 */
export const matches = (names: readonly string[], error: StatesError): boolean =>
  names.some((name) => {
    if (name === error.error || name === error.alias) return true;
    if (error.error !== undefined && NEVER_BY_WILDCARD.has(error.error)) return false;
    if (name === 'States.ALL') return true;
    return name === 'States.TaskFailed' && error.error !== 'States.Timeout';
  });

export const dataLimitExceeded = (name: string): StatesError =>
  new StatesError(
    'States.DataLimitExceeded',
    `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );

/** The error as one of a state; anything else is a fault of the runtime and goes on as it is. */
export const asStatesError = (error: unknown): StatesError => {
  if (error instanceof StatesError) return error;
  throw error;
};
