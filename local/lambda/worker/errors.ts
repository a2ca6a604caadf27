import type { ErrorPayload } from './protocol.ts';

/** An error of the runtime itself, by the name AWS gives it. */
export class RuntimeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** What was thrown, as the caller sees it: an error keeps its name, anything else is told by its type. */
export const errorPayload = (thrown: unknown): ErrorPayload => {
  if (
    thrown instanceof Error ||
    (typeof thrown === 'object' && thrown !== null && 'message' in thrown && 'name' in thrown)
  ) {
    const stack = 'stack' in thrown && typeof thrown.stack === 'string' ? thrown.stack.split('\n') : [];
    return { errorType: String(thrown.name), errorMessage: String(thrown.message), trace: stack };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
};
