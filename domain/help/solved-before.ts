import { isPlaced, type Ticket } from '../ticket/ticket.ts';
import { wordList } from '../triage/words.ts';

/** A ticket that was solved, with what its agent noted. */
export interface SolvedBefore {
  id: string;
  subject: string;
  cause?: string;
  solution?: string;
  check?: string;
}

/** Words this short say nothing of a matter. */
const SHORTEST_WORD = 4;
const MOST = 5;

/** Resolved tickets with a noted solution that share words with this one, the most alike first. */
export const solvedBefore = (ticket: Ticket, text: string, candidates: readonly Ticket[]): SolvedBefore[] => {
  const wanted = telling(`${ticket.subject}\n${text}`);
  return candidates
    .flatMap((other) => {
      const notes = isPlaced(other) ? other.resolution : undefined;
      if (other.id === ticket.id || notes?.solution === undefined) return [];
      const said = telling(`${other.subject}\n${notes.cause ?? ''}\n${notes.solution}`);
      const shared = [...said].filter((word) => wanted.has(word)).length;
      return [{ other, notes, likeness: shared / Math.sqrt(Math.max(1, said.size)) }];
    })
    .filter(({ likeness }) => likeness > 0)
    .sort((a, b) => b.likeness - a.likeness || (a.other.updatedAt > b.other.updatedAt ? -1 : 1))
    .slice(0, MOST)
    .map(({ other: { id, subject }, notes }) => ({ id, subject, ...notes }));
};

const telling = (text: string): Set<string> => new Set(wordList(text).filter((word) => word.length >= SHORTEST_WORD));
