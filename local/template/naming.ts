import { createHash } from 'node:crypto';

/** Letters and digits that are the same in every run for the same text. */
export const stableId = (text: string, length: number, alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'): string => {
  const bytes = createHash('sha512').update(text).digest();
  return Array.from(bytes.subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('');
};

/** A UUID that is the same in every run for the same text. */
export const stableUuid = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
};

/**
 * The name a resource gets when the template gives none: `<stack>-<logical id>`, cut to the type's limit with a hash that
 * keeps it unique. CloudFormation adds random letters there; here the name is the same in every run.
 */
export const generatedName = (stack: string, logicalId: string, longest: number): string => {
  const name = `${stack}-${logicalId}`;
  if (name.length <= longest) return name;
  return `${name.slice(0, longest - 9)}-${stableId(name, 8)}`;
};
