/** Ends a `switch` over a union: a new member that nobody handles is a compile error, and a thrown one at run time. */
export const assertNever = (value: never): never => {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
};
