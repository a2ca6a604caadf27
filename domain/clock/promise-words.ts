import type { PromiseKind } from '../ticket/ticket.ts';

/** What colleagues call each promise, in the desk's own language. */
export const PROMISE_WORDS: Record<PromiseKind, string> = {
  firstReply: 'first reply',
  nextReply: 'next reply',
  resolution: 'resolution',
};
