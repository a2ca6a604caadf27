/** Words that end text messages, and that bring them back (CTIA Messaging Principles, 5.1.2.1; the carriers know the same). */
const STOP: ReadonlySet<string> = new Set([
  'stop',
  'stopall',
  'stop all',
  'unsubscribe',
  'cancel',
  'end',
  'quit',
  'stopp',
  'لغو',
]);
const START: ReadonlySet<string> = new Set(['start', 'unstop']);

/** What a text message asks for when it is such a word and nothing else. */
export const wishIn = (text: string): 'stop' | 'start' | undefined => {
  const word = text
    .trim()
    .replace(/[.!]+$/, '')
    .toLowerCase();
  if (STOP.has(word)) return 'stop';
  return START.has(word) ? 'start' : undefined;
};
