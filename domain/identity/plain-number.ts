/**
 * E.164 without the blanks, dots, hyphens and brackets people write it with, e.g. `+49 (30) 1234-56` → `+4930123456`;
 * undefined for anything else. Reads no telephone plan, for what must be light; `phoneNumber` does.
 */
export const plainNumber = (written: string): string | undefined => {
  const plain = latinDigits(written)
    .trim()
    .replace(/^00/, '+')
    .replaceAll(/[\s().\u2010-\u2015-]/g, '');
  return /^\+[1-9]\d{6,14}$/.test(plain) ? plain : undefined;
};

/** Digits as people in Iran and in Arab countries type them. */
const latinDigits = (written: string): string =>
  written.replaceAll(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
