import type { AgentNow } from '../../domain/policy.ts';
import type { Team, Tickets, Waiting, WaitingPlace } from '../../domain/ports.ts';
import { giveOut } from '../../domain/ticket/acts/give-out.ts';
import { isBeingPutRight, isPlaced, type Ticket, waitsForAnOwner } from '../../domain/ticket/ticket.ts';
import { contextNow, type Rules } from '../_shared/desk.ts';
import { inTurn } from '../_shared/in-turn.ts';

export interface Deps extends Rules {
  tickets: Tickets;
  team: Team;
  waiting: Waiting;
}

/** How many places are read at a time. */
const PAGE = 25;

type Given = 'given' | 'nobody' | 'nobody-for-critical' | 'gone';

/**
 * Gives out what waits in a group, in working order, until nobody has room any more. A critical ticket that no senior
 * can take holds up nobody behind it. Answers how many were given and how many were looked at and still wait.
 */
export const giveOutIn = async (group: string, deps: Deps): Promise<{ given: number; left: number }> => {
  let given = 0;
  let left = 0;
  let after: string | undefined;
  for (;;) {
    const places = await deps.waiting.inGroup(group, PAGE, after);
    for (const [index, place] of places.entries()) {
      const outcome = await give(group, place, deps);
      if (outcome === 'given') given += 1;
      if (outcome === 'nobody-for-critical') left += 1;
      // Whoever stands behind it would be given to the same people, and they are full or gone.
      if (outcome === 'nobody') return { given, left: left + places.length - index };
    }
    after = places.at(-1)?.place;
    if (after === undefined || places.length < PAGE) return { given, left };
  }
};

const give = (group: string, place: WaitingPlace, deps: Deps): Promise<Given> =>
  inTurn(async (lot): Promise<Given> => {
    const [ledger, team] = await Promise.all([deps.tickets.ledger(place.ticketId), deps.team.now()]);
    if (!ledger || !waitsForAnOwner(ledger.ticket)) {
      await deps.waiting.forget(group, place);
      return 'gone';
    }
    const decision = giveOut(ledger, lotted(team, lot), contextNow(deps));
    if (!decision.ok) return waitsForASenior(ledger.ticket) ? 'nobody-for-critical' : 'nobody';
    await deps.tickets.record(decision.value);
    return 'given';
  }, place.ticketId);

/** Whom nobody else may help is not in the way of those behind. */
const waitsForASenior = (ticket: Ticket): boolean =>
  isBeingPutRight(ticket) || (isPlaced(ticket) && ticket.priority === 'P1');

const lotted = (team: AgentNow[], lot: string | undefined) => (lot === undefined ? { team } : { team, lot });
