declare module 'asl-validator' {
  interface Verdict {
    isValid: boolean;
    errorsText: (separator?: string) => string;
  }
  /** Checks a definition against the Amazon States Language; writes into the object it is given. */
  export default function validate(
    definition: unknown,
    options?: { checkPaths?: boolean; checkArn?: boolean },
  ): Verdict;
}
