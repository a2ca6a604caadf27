/**
 * E.164 without the blanks, dots, hyphens and brackets people write it with, e.g. `+49 (30) 1234-56` → `+4930123456`;
 * undefined for anything else. Reads no telephone plan, for what must be light; `phoneNumber` does.
 */
export const plainNumber = (written: string): string | undefined => {
  const plain = written
    .trim()
    .replace(/^00/, '+')
    .replaceAll(/[\s().-]/g, '');
  return /^\+[1-9]\d{6,14}$/.test(plain) ? plain : undefined;
};
