/** Makes a thing when it is first needed and keeps it: once per cold start, and not when a test imports the file. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
