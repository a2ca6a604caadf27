import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A number with its country code, in any way of writing it, as E.164; undefined for what cannot be one. */
export const phoneNumber = (written: string): string | undefined => {
  const number = parsePhoneNumberFromString(written.trim().replace(/^00/, '+'));
  return number?.isPossible() && number.number.startsWith('+') ? number.number : undefined;
};
