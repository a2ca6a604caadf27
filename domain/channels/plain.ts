/**
 * Words as they may be kept and shown: line ends are `\n`, and no character is left that cannot be seen and yet does
 * something: control characters, and the two that turn the reading order around (U+202D, U+202E). The joiners and marks
 * that Persian and Arabic are written with stay.
 */
export const plainText = (text: string): string =>
  text
    .replaceAll(/\r\n?|\u2028|\u2029/g, '\n')
    .replaceAll(/\p{Cc}|[\u202d\u202e]/gu, (character) => (character === '\n' || character === '\t' ? character : ''))
    .trim();

/** The same in one line, for names and subjects: an embedding that is not closed would spill into what stands beside it. */
export const plainLine = (text: string): string =>
  plainText(text)
    .replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** The beginning of a text as a subject: at most so many characters, none cut in half. */
export const subjectFrom = (text: string, most = 120): string => {
  const line = [...plainLine(text)];
  return line.length > most ? `${line.slice(0, most - 1).join('')}…` : line.join('');
};
