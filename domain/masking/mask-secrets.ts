import { cardNumbers } from './card-numbers.ts';
import { type Edit, kindsOf, type SecretKind, withoutOverlaps } from './edit.ts';
import { issuedKeys } from './issued-keys.ts';
import { saidSecrets } from './said-secrets.ts';

export interface Masked {
  text: string;
  /** Kinds of what was masked, each once, sorted. Empty: the text is the same, byte for byte. */
  masked: SecretKind[];
}

/** Every secret of a text, in order. */
export const secretsIn = (text: string): Edit[] =>
  withoutOverlaps([...cardNumbers(text), ...issuedKeys(text), ...saidSecrets(text)]);

/**
 * Masks what must not be stored: card numbers (all but the last four digits), card codes, passwords, one-time codes, API
 * keys, private keys. A mask is never longer in bytes than what it hides. Masking twice changes nothing more.
 */
export const maskSecrets = (text: string): Masked => applied(text, secretsIn(text));

/** Card numbers alone: what an agent sends may hold a new password, and never a card number. */
export const maskCards = (text: string): Masked => applied(text, withoutOverlaps(cardNumbers(text)));

/** Somebody as they named themselves: a name of a person, into which some type the number of their card. */
export const maskedName = <T extends { name?: string }>(named: T): T =>
  named.name === undefined ? named : { ...named, name: maskCards(named.name).text };

const applied = (text: string, edits: readonly Edit[]): Masked => {
  if (edits.length === 0) return { text, masked: [] };
  const parts: string[] = [];
  let done = 0;
  for (const { start, end, by } of edits) {
    parts.push(text.slice(done, start), by);
    done = end;
  }
  parts.push(text.slice(done));
  return { text: parts.join(''), masked: kindsOf(edits) };
};
