const LONGEST = 120;
const LONGEST_ENDING = 16;

/** Characters that turn the reading direction of what follows: `invoice\u202efdp.exe` would be read as a PDF. */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not get through
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g;

/**
 * The name of a file from outside, safe to show, to log beside and to save under: no folders, no control characters, none
 * that turn the reading direction, none that a file system refuses, at most 120 characters with the ending kept.
 * `..\..\etc/pass\u202ewd.txt` → `passwd.txt`; nothing left → `file`.
 */
export const safeFileName = (given: string): string => {
  const plain = given.toWellFormed().normalize('NFC').replace(DIRECTIONS, '').replace(CONTROLS, ' ');
  const last = plain.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';
  const name = last
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  return name === '' ? 'file' : shortened(name);
};

/** Cut in the middle, since the ending says what it is. */
const shortened = (name: string): string => {
  const letters = [...name];
  if (letters.length <= LONGEST) return name;
  const dot = letters.lastIndexOf('.');
  const ending = dot > 0 && letters.length - dot <= LONGEST_ENDING ? letters.slice(dot) : [];
  return [...letters.slice(0, LONGEST - ending.length), ...ending].join('');
};
