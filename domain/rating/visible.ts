import type { Policy } from '../policy.ts';
import { recoveriesOn } from '../remediation/marks.ts';
import type { TicketEvent } from '../ticket/event.ts';
import { type AgentId, isPlaced, type Ticket } from '../ticket/ticket.ts';

/** Who looks. */
export interface Viewer {
  id: AgentId;
  /** Leads and admins. */
  leads: boolean;
}

type Rules = Pick<Policy, 'reports'>;

/** Whether the viewer sees everybody's ratings, whatever the ticket. */
export const seesAll = ({ leads }: Viewer, { reports }: Rules): boolean => leads || reports.ratingsVisible === 'team';

/** Who puts a low answer right needs to know it, and the words that came with it. */
const putsItRight = (ticket: Ticket, { id }: Viewer): boolean =>
  isPlaced(ticket) && ticket.assignee === id && recoveriesOn(ticket).length > 0;

/** Whose a rating is. */
interface Credited {
  agent?: AgentId;
  shares?: ReadonlyArray<{ agent: AgentId }>;
}

/** A rating is theirs whom it is credited to, also in part. */
const isTheirs = ({ agent, shares = [] }: Credited, { id }: Viewer): boolean =>
  agent === id || shares.some((share) => share.agent === id);

/** Whether the viewer sees a rating of this ticket that is credited so (visible by role). */
export const seesCredited = (credit: Credited, ticket: Ticket, viewer: Viewer, rules: Rules): boolean =>
  seesAll(viewer, rules) || putsItRight(ticket, viewer) || isTheirs(credit, viewer);

/** The ticket without a rating that is somebody else's. */
export const asSeenBy = (ticket: Ticket, viewer: Viewer, rules: Rules): Ticket => {
  const { satisfaction, ...rest } = ticket;
  return satisfaction === undefined || seesCredited(satisfaction, ticket, viewer, rules) ? ticket : rest;
};

/** Whether this viewer sees how the customer rated in an event of the ticket; true for an event without a rating. */
export const seesRatingOf = (event: TicketEvent, ticket: Ticket, viewer: Viewer, rules: Rules): boolean => {
  if (seesAll(viewer, rules) || putsItRight(ticket, viewer)) return true;
  switch (event.type) {
    case 'survey-answered':
    case 'reply-rated':
      return isTheirs(event, viewer);
    case 'remediation-opened':
    case 'remediation-skipped':
    case 'remediation-closed':
      return event.ratedAgent === viewer.id;
    default:
      return true;
  }
};

const RATING: ReadonlySet<string> = new Set(['score', 'scale', 'label', 'low', 'choice']);

/** Facts without those that tell the rating. */
export const withoutScore = (facts: object): object =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => !RATING.has(name)));

/** What is shown of an event without its rating; the reason in words may tell it too. */
export const withoutRating = (shown: object): object => ({
  ...withoutScore(shown),
  reason: 'About a rating of somebody else.',
});
