/** Headers are looked for in the first part of a mail only: what is long is attachments. */
export const SEARCHED = 2_000_000;

/**
 * The headers of the mail, or of a part behind its boundary. Each character can be read in one way alone: a megabyte of
 * blanks in a folded line, which the end of the searched part cuts off, is passed once and not once for each of its blanks.
 */
export const HEADERS = /(?:^|\n--[^\r\n]{1,200}\r?\n)((?:[!-9;-~]+[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+)/g;
