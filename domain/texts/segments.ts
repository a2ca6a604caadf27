/** Characters of the GSM 7-bit default alphabet beside letters and digits (3GPP TS 23.038, 6.2.1). */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Those of its extension table: two septets each, never parted. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** What a text costs: in which alphabet it goes out, and into how many messages it is cut. */
export interface Length {
  alphabet: 'gsm-7' | 'ucs-2';
  segments: number;
}

/**
 * The length of a text message as carriers count it: 160 septets or 70 UTF-16 units, 153 or 67 in each part of a longer
 * one (3GPP TS 23.040, 9.2.3.24.1). No part ends within a character.
 */
export const lengthOf = (text: string): Length => {
  const characters = [...text];
  const isGsm = characters.every((character) => BASIC.has(character) || EXTENDED.has(character));
  const sizes = characters.map((character) => (isGsm ? (EXTENDED.has(character) ? 2 : 1) : character.length));
  const [single, part] = isGsm ? [160, 153] : [70, 67];
  const alphabet = isGsm ? 'gsm-7' : 'ucs-2';
  if (sizes.reduce((sum, size) => sum + size, 0) <= single) return { alphabet, segments: 1 };
  let segments = 1;
  let filled = 0;
  for (const size of sizes) {
    if (filled + size > part) {
      segments += 1;
      filled = 0;
    }
    filled += size;
  }
  return { alphabet, segments };
};
