import { randomInt } from 'node:crypto';

/** `GenerateSecretString` of AWS::SecretsManager::Secret (GetRandomPassword in the API). */
export interface GenerateSecretString {
  SecretStringTemplate?: string;
  GenerateStringKey?: string;
  PasswordLength?: number;
  ExcludeCharacters?: string;
  ExcludeLowercase?: boolean;
  ExcludeUppercase?: boolean;
  ExcludeNumbers?: boolean;
  ExcludePunctuation?: boolean;
  IncludeSpace?: boolean;
  RequireEachIncludedType?: boolean;
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

const pick = (characters: string): string => characters.charAt(randomInt(characters.length));

const shuffled = (characters: string[]): string => {
  for (let last = characters.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    const swap = characters[last] ?? '';
    characters[last] = characters[other] ?? '';
    characters[other] = swap;
  }
  return characters.join('');
};

/** A random password: 32 characters of all four kinds unless excluded, each included kind at least once. */
export const randomPassword = (options: GenerateSecretString): string => {
  const length = options.PasswordLength ?? 32;
  const excluded = new Set(options.ExcludeCharacters ?? '');
  const kinds = [
    options.ExcludeLowercase ? '' : LOWER,
    options.ExcludeUppercase ? '' : UPPER,
    options.ExcludeNumbers ? '' : DIGITS,
    options.ExcludePunctuation ? '' : PUNCTUATION,
    options.IncludeSpace ? ' ' : '',
  ]
    .map((kind) => [...kind].filter((character) => !excluded.has(character)).join(''))
    .filter((kind) => kind !== '');
  if (kinds.length === 0) throw new Error('GenerateSecretString excludes every character');
  const required = options.RequireEachIncludedType === false ? [] : kinds.map(pick);
  const all = kinds.join('');
  const rest = Array.from({ length: Math.max(0, length - required.length) }, () => pick(all));
  return shuffled([...required, ...rest].slice(0, length));
};

/** The first value of a generated secret: the bare password, or the template with the password under its key. */
export const generateSecret = (options: GenerateSecretString): string => {
  const password = randomPassword(options);
  if (!options.GenerateStringKey) return password;
  const template: unknown = JSON.parse(options.SecretStringTemplate ?? '{}');
  return JSON.stringify({ ...(template as Record<string, unknown>), [options.GenerateStringKey]: password });
};
