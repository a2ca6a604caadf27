import type { AgentNow, Calendar, Interval, Policy, Rung } from '../../domain/policy.ts';
import type { Ledger } from '../../domain/ports.ts';
import { HOUR, type Instant, plus } from '../../domain/support/time.ts';
import { acknowledgeEscalation } from '../../domain/ticket/acts/acknowledge-escalation.ts';
import { type Climbed, climb } from '../../domain/ticket/acts/climb.ts';
import { aContext, afterChange, aLedger, aPolicy, aTeam, mondayAt9 } from './builders.ts';
import { granted } from './decisions.ts';

/** The builders' first reply: 24 hours around the clock, from Monday nine o'clock. */
export const hours = (count: number): Instant => plus(mondayAt9, Math.round(count * HOUR));

export const warn: Rung = { id: 'warn', at: { share: 0.8 }, act: { kind: 'warn', who: 'assignee' } };
export const move: Rung = {
  id: 'move',
  at: { share: 1 },
  act: { kind: 'move' },
  tell: 'lead',
  acknowledgeWithin: { P3: 'PT15M' },
};
export const callLead: Rung = { id: 'call-lead', at: { after: 'PT1H' }, act: { kind: 'call', who: 'lead' } };
export const moveOn: Rung = { id: 'move-on', at: { after: 'PT2H' }, act: { kind: 'move' } };
export const callManager: Rung = { id: 'call-manager', at: { after: 'PT3H' }, act: { kind: 'call', who: 'manager' } };

export const desk = (overrides: Partial<Policy> = {}): Policy =>
  aPolicy({ ladder: [warn, move, callLead, moveOn, callManager], ...overrides });

export const policy = desk();
export const at = (count: number, by: Policy = policy) => aContext(hours(count), by);

export const climbAt = (count: number, ledger: Ledger, team: AgentNow[] = aTeam(), by: Policy = policy): Climbed =>
  climb(ledger, { team }, at(count, by));

export const climbed = (count: number, ledger: Ledger, team: AgentNow[] = aTeam(), by: Policy = policy): Ledger => {
  const { change } = climbAt(count, ledger, team, by);
  if (change === undefined) throw new Error('Nothing was climbed.');
  return afterChange(ledger, change);
};

export const acknowledged = (count: number, ledger: Ledger, agent: string, by: Policy = policy): Ledger =>
  afterChange(ledger, granted(acknowledgeEscalation(ledger, { agent }, at(count, by))));

/** Warned at 19.2 hours, and moved when it was due. */
export const late = (by: Policy = policy, team: AgentNow[] = aTeam()): Ledger =>
  climbed(24, climbed(19.2, aLedger({}, at(0, by), team), team, by), team, by);

export const rungsOf = ({ change }: Climbed) =>
  change?.events.flatMap((event) => (event.type === 'warned' || event.type === 'escalated' ? [event.rung] : []));

export const everyDay = (spans: Interval[]): Calendar['week'] => ({
  mon: spans,
  tue: spans,
  wed: spans,
  thu: spans,
  fri: spans,
  sat: spans,
  sun: spans,
});

export const nights = { zone: 'Europe/Berlin', closed: [], open: {}, week: everyDay([{ from: '22:00', to: '31:00' }]) };

/** Warned at 19.2 hours, a quarter past four at night; quiet until seven, at hour 22. */
export const asleep = (): AgentNow[] => aTeam({ ada: { quiet: nights } });
