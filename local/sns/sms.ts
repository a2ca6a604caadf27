/** Characters of the GSM 03.38 alphabet that take one septet, beside letters and digits. */
const GSM_BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const GSM_EXTENDED = new Set('\f^{}\\[~]|€');

/** Messages an SMS is cut into and billed as: 160 septets or 70 UTF-16 units, 153 or 67 each when there are several. */
export const segments = (text: string): number => {
  const characters = [...text];
  const isGsm = characters.every((character) => GSM_BASIC.has(character) || GSM_EXTENDED.has(character));
  const units = isGsm
    ? characters.reduce((sum, character) => sum + (GSM_EXTENDED.has(character) ? 2 : 1), 0)
    : text.length;
  const [single, several] = isGsm ? [160, 153] : [70, 67];
  return units <= single ? 1 : Math.ceil(units / several);
};
