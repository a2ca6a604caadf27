import { domainToASCII } from 'node:url';

/**
 * A mail address in the form in which two of them are compared. Letter case and outer blanks do not make another address,
 * nor does the way an international domain is written. Everything else does: an address that only looks the same (other
 * scripts, full-width letters, the Kelvin sign for a K) stays somebody else's.
 */
export const comparableAddress = (address: string): string => {
  const plain = address.trim();
  const at = plain.lastIndexOf('@');
  const [local, domain] = [plain.slice(0, Math.max(0, at)), plain.slice(at + 1)];
  return `${inSmallLetters(local)}@${comparableDomain(domain)}`;
};

/** Whether two addresses are the same mailbox; an empty one is nobody's. */
export const sameAddress = (one: string, other: string): boolean =>
  one.trim() !== '' && comparableAddress(one) === comparableAddress(other);

/** Small letters are made of ASCII alone: elsewhere `toLowerCase` and NFC turn look-alikes into the real letter. */
const inSmallLetters = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

const comparableDomain = (domain: string): string => domain.split('.').map(comparableLabel).join('.');

/** IDNA also maps full-width letters and the like to plain ones (UTS 46): such a label stays as it is written. */
const comparableLabel = (label: string): string => {
  const ascii = domainToASCII(label);
  return ascii.startsWith('xn--') ? ascii : inSmallLetters(label);
};

/** `kim@Mail.Shop.example` → `mail.shop.example`, with an international domain in its ASCII form. */
export const domainOfAddress = (address: string): string =>
  comparableDomain(address.slice(address.lastIndexOf('@') + 1).trim());
