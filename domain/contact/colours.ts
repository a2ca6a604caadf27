/** What accents have to be readable on: the card of a page and of a mail, by day and by night. */
export const PAPER = '#ffffff';
export const PAPER_DARK = '#182326';
