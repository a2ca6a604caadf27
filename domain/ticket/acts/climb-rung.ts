import { PROMISE_WORDS } from '../../clock/promise-words.ts';
import type { DueRung } from '../../clock/standing.ts';
import type { Context } from '../../context.ts';
import type { AgentNow, Group } from '../../policy.ts';
import { groupOf, placeTicket } from '../../routing/place-ticket.ts';
import { wantedFor } from '../../routing/wanted-for.ts';
import { assertNever } from '../../support/exhaustive.ts';
import type { Stays } from '../event.ts';
import type { AgentId, PlacedTicket } from '../ticket.ts';
import { byRule, type Noted } from './make-change.ts';
import { moveTo } from './move-to.ts';
import { assignedNote } from './nobody-there.ts';
import { groupNow, telling } from './telling.ts';

interface Step {
  ticket: PlacedTicket;
  outcome: 'warned' | 'moved' | 'called';
  notes: Noted[];
}

/** Carries out one rung of the ladder on the ticket as the rungs before it left it. */
export const climbRung = (ticket: PlacedTicket, due: DueRung, team: readonly AgentNow[], ctx: Context): Step => {
  const { act } = due.rung;
  switch (act.kind) {
    case 'warn':
      return warn(ticket, due, act.who, team, ctx);
    case 'move':
      return move(ticket, due, team, ctx);
    case 'call':
      return {
        ticket,
        outcome: 'called',
        notes: [called(ticket, due, [ownGroup(ticket, ctx)[act.who]], `The ${act.who} is called.`, team, ctx)],
      };
    default:
      return assertNever(act);
  }
};

const warn = (
  ticket: PlacedTicket,
  due: DueRung,
  who: 'assignee' | 'group',
  team: readonly AgentNow[],
  ctx: Context,
): Step => {
  const group = ownGroup(ticket, ctx);
  const all = who === 'assignee' ? ownerNow(ticket, group, team) : [...ownerOf(ticket, team), ...groupNow(group, team)];
  const warned: Noted = {
    type: 'warned',
    by: byRule(`ladder.${due.rung.id}`, ctx.policy),
    reason: `The ${PROMISE_WORDS[due.promise]} is due at ${due.dueAt}.${whyNow(due)}`,
    ...of(due),
    ...telling(withBeside(all, due, group), due.rung, ticket, team, ctx),
  };
  return { ticket, outcome: 'warned', notes: [warned] };
};

const move = (ticket: PlacedTicket, due: DueRung, team: readonly AgentNow[], ctx: Context): Step => {
  const from = ownGroup(ticket, ctx);
  const holder = ownerOf(ticket, team)[0] ?? from.id;
  const stay = (why: Stays, told: AgentId[], reason: string): Step => ({
    ticket,
    outcome: 'called',
    notes: [{ ...called(ticket, due, told, reason, team, ctx), stays: why }],
  });
  if (due.placedByHand !== undefined) {
    const { by, at } = due.placedByHand;
    const words = `It stays with ${holder}, where ${by} put it at ${at}: they and the lead are told.`;
    return stay('placed-by-hand', [...ownerNow(ticket, from, team), from.lead], words);
  }
  if (due.placedAlready === true) {
    const words = `It stays with ${holder}: one step of the ladder has placed it for all that was late by then.`;
    return stay('placed-already', ownerNow(ticket, from, team), words);
  }
  if (from.next === undefined)
    return stay('end-of-path', [from.lead], `No group follows ${from.id}: the lead is called.`);
  const place = placeTicket({ group: from.next, ...wantedFor(ticket), seniors: 'first' }, team, ctx);
  const to = groupOf(place.group, ctx.policy);
  const owner = place.agent === undefined ? 'nobody there has room' : `now with ${place.agent}`;
  const told = withBeside(place.agent === undefined ? groupNow(to, team) : [place.agent], due, from);
  const moved = moveTo(ticket, place);
  const escalated: Noted = {
    ...escalation(due, `From ${from.id} to ${to.id}, ${owner}.`, ctx),
    ...telling(told, due.rung, ticket, team, ctx),
    toGroup: to.id,
    toTier: to.tier,
    ...(moved.moves === undefined ? {} : { moves: moved.moves }),
  };
  return { ticket: moved, outcome: 'moved', notes: [escalated, assignedNote(place, ctx, ticket.assignee)] };
};

const called = (
  ticket: PlacedTicket,
  due: DueRung,
  who: AgentId[],
  words: string,
  team: readonly AgentNow[],
  ctx: Context,
) => ({
  ...escalation(due, words, ctx),
  ...telling(withBeside(who, due, ownGroup(ticket, ctx)), due.rung, ticket, team, ctx),
});

const escalation = (due: DueRung, words: string, ctx: Context) => ({
  type: 'escalated' as const,
  by: byRule(`ladder.${due.rung.id}`, ctx.policy),
  reason: `The ${PROMISE_WORDS[due.promise]} was due at ${due.dueAt}. ${words}${whyNow(due)}`,
  ...of(due),
});

const of = ({ promise, rung, dueAt }: DueRung) => ({ promise, rung: rung.id, dueAt });

const whyNow = ({ unacknowledged, rested }: DueRung): string => {
  if (unacknowledged !== undefined) return ` Nobody has acknowledged ${unacknowledged}, so it comes early.`;
  return rested === true ? ' It was held back after an acknowledgement.' : '';
};

const ownGroup = (ticket: PlacedTicket, { policy }: Context): Group => groupOf(ticket.group, policy);

/** Nobody who has left the team since. */
const ownerOf = ({ assignee }: PlacedTicket, team: readonly AgentNow[]): AgentId[] =>
  assignee !== undefined && team.some(({ id }) => id === assignee) ? [assignee] : [];

/** Who has it; while nobody has, or they are away, whoever of the group is there. */
const ownerNow = (ticket: PlacedTicket, group: Group, team: readonly AgentNow[]): AgentId[] => {
  const owner = ownerOf(ticket, team);
  const isThere = team.some(({ id, present }) => owner.includes(id) && present);
  return isThere ? owner : [...owner, ...groupNow(group, team)];
};

/** Who is told beside the act. */
const withBeside = (told: AgentId[], { rung }: DueRung, group: Group): AgentId[] =>
  rung.tell === undefined ? told : [...told, group[rung.tell]];
