import { type DueNotice, type DueRung, type Standing, standing } from '../../clock/standing.ts';
import type { Context } from '../../context.ts';
import type { MailContent, NextStep, OwedMail } from '../../mail/owed.ts';
import type { AgentNow, Policy } from '../../policy.ts';
import type { Ledger } from '../../ports.ts';
import { groupOf } from '../../routing/place-ticket.ts';
import type { Change } from '../change.ts';
import type { EventOf, TicketEvent } from '../event.ts';
import { type AgentId, isPlaced, type PlacedTicket } from '../ticket.ts';
import { byRule, type Noted } from './make-change.ts';
import { noticeTo } from './owe-mail.ts';

/** The events that tell somebody of the team something. */
export type Notice = EventOf<'warned'> | EventOf<'escalated'> | EventOf<'notice-given'>;

export const isNotice = (event: TicketEvent): event is Notice =>
  event.type === 'warned' || event.type === 'escalated' || event.type === 'notice-given';

/** Where the receiver of a notice acknowledges it. */
export type NoticeLink = (event: string, agent: AgentId) => string;

/** One mail (and one text message, for those who want it) for each whom the events of a change tell. */
export const noticesOf = (
  change: Change,
  { ticket: before, events }: Ledger,
  { team, link }: { team: readonly AgentNow[]; link?: NoticeLink },
  ctx: Context,
): OwedMail[] => {
  const { after } = change;
  if (!isPlaced(after)) return [];
  const { ahead } = standing([...events, ...change.events], ctx.policy, ctx.now);
  let group = isPlaced(before) ? before.group : after.group;
  return change.events.filter(isNotice).flatMap((event) => {
    const from = group;
    if (event.type === 'escalated') group = event.toGroup ?? group;
    const next = nextOf(event, ahead, after, ctx.policy);
    return event.told.flatMap((id) => {
      if (events.some((earlier) => tellsTheSame(earlier, event, id))) return [];
      const agent = team.find((each) => each.id === id);
      // Whoever has left the team while their quiet hours lasted is told nothing; all others were looked up by the rung.
      if (agent === undefined) return [];
      const content = contentOf(event, after, { from, to: group }, ctx);
      const { promise, dueAt, rung } = event;
      return noticeTo(
        agent,
        after,
        {
          // `dueAt` tells one next reply of a cycle from the one before.
          key: `notice#${after.id}#${after.cycle}#${promise}#${dueAt}#${rung}#${id}`,
          pace: 'prompt',
          content: {
            ...content,
            ...(next === undefined ? {} : { next }),
            ...(link === undefined ? {} : { link: link(event.id, id) }),
          },
        },
        ctx,
      );
    });
  });
};

/**
 * A promise may come back to a due time at which its ladder began anew: by a row of another calendar, or by a merge that was
 * undone and made again. Whoever has read of this rung and this time reads it once.
 */
const tellsTheSame = (earlier: TicketEvent, { cycle, promise, dueAt, rung }: Notice, id: AgentId): boolean =>
  isNotice(earlier) &&
  earlier.cycle === cycle &&
  earlier.promise === promise &&
  earlier.dueAt === dueAt &&
  earlier.rung === rung &&
  earlier.told.includes(id);

type NoticeContent = Extract<MailContent, { template: 'warning' | 'escalation' }>;

const contentOf = (
  { type, promise, dueAt, rung }: Notice,
  { subject }: PlacedTicket,
  groups: { from: string; to: string },
  { now }: Context,
): NoticeContent =>
  type === 'warned' || (type === 'notice-given' && now < dueAt)
    ? { template: 'warning', subject, promise, dueAt }
    : { template: 'escalation', subject, promise, dueAt, rung, ...groups };

/** What the ladder does next for this promise if nobody does anything. */
const nextOf = (
  { promise }: Notice,
  ahead: Standing['ahead'],
  ticket: PlacedTicket,
  policy: Policy,
): NextStep | undefined => {
  const rung = ahead.find((each) => each.promise === promise);
  return rung && stepOf(rung, ticket, policy);
};

const stepOf = ({ at, rung: { act }, ...placed }: DueRung, { group }: PlacedTicket, policy: Policy): NextStep => {
  if (act.kind === 'warn') return { at, does: 'warn' };
  if (act.kind === 'call') return { at, does: act.who === 'lead' ? 'call-lead' : 'call-manager' };
  const { next } = groupOf(group, policy);
  return next === undefined || placed.placedByHand !== undefined || placed.placedAlready === true
    ? { at, does: 'call-lead' }
    : { at, does: 'move', group: next };
};

/** What quiet hours held back and still matters, one event for each rung. */
export const givenNow = (due: readonly DueNotice[], { policy }: Context): Noted[] =>
  [...Map.groupBy(due, ({ promise, rung }) => `${promise} ${rung}`).values()].flatMap((notices) => {
    const [first] = notices;
    if (first === undefined) return [];
    const { promise, rung, dueAt } = first;
    return [
      {
        type: 'notice-given' as const,
        by: byRule('quiet.over', policy),
        reason: 'It was held back in their quiet hours, which are over.',
        promise,
        rung,
        dueAt,
        told: notices.map(({ agent }) => agent),
      },
    ];
  });
