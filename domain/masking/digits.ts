/** Zero of every decimal digit set of the Basic Multilingual Plane: people type the digits of their keyboard. */
const ZEROS = [
  0x0030, 0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6,
  0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40,
  0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
];

/** The value of one UTF-16 code unit as a decimal digit, in any script; undefined when it is none. */
export const digitValue = (code: number): number | undefined => {
  if (code < 0x0660) return code >= 0x30 && code <= 0x39 ? code - 0x30 : undefined;
  const zero = ZEROS.findLast((candidate) => candidate <= code);
  return zero !== undefined && code - zero <= 9 ? code - zero : undefined;
};
