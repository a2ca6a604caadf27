import type { Context } from '../../domain/context.ts';
import type { AgentNow, Policy } from '../../domain/policy.ts';
import type { Ledger } from '../../domain/ports.ts';
import { latestOf } from '../../domain/report/clock-facts.ts';
import type { ClockFact } from '../../domain/report/clock-note.ts';
import type { Decision } from '../../domain/support/decision.ts';
import { DAY, HOUR, type Instant, plus } from '../../domain/support/time.ts';
import { climb } from '../../domain/ticket/acts/climb.ts';
import { customerReply } from '../../domain/ticket/acts/customer-reply.ts';
import { hold } from '../../domain/ticket/acts/hold.ts';
import type { OpenTicketInput } from '../../domain/ticket/acts/open-ticket.ts';
import { reopen } from '../../domain/ticket/acts/reopen.ts';
import { reply } from '../../domain/ticket/acts/reply.ts';
import { reprioritise } from '../../domain/ticket/acts/reprioritise.ts';
import { resolve } from '../../domain/ticket/acts/resolve.ts';
import { resume } from '../../domain/ticket/acts/resume.ts';
import { transfer } from '../../domain/ticket/acts/transfer.ts';
import type { Change } from '../../domain/ticket/change.ts';
import type { Priority } from '../../domain/ticket/ticket.ts';
import { aContext, aCustomer, afterChange, aLedger, aPolicy, aTeam, mondayAt9 } from './builders.ts';

/** A ticket that lives through acts at given times, each stored as it would be. */
export const aLife = (
  opening: Partial<OpenTicketInput> = {},
  { policy = aPolicy(), at = mondayAt9, team = aTeam() }: { policy?: Policy; at?: Instant; team?: AgentNow[] } = {},
) => {
  let ledger = aLedger(opening, aContext(at, policy), team);
  const store = (change: Change | undefined): void => {
    if (change) ledger = afterChange(ledger, change);
  };
  const decide = <R extends string>(when: Instant, act: (ctx: Context) => Decision<Change, R>): void => {
    const decision = act(aContext(when, policy));
    if (!decision.ok) throw new Error(decision.detail);
    store(decision.value);
  };
  const letterhead = { links: { ticket: 'https://desk.example/t/x' }, replyTo: 'desk@desk.example' };
  const life = {
    get ledger(): Ledger {
      return ledger;
    },
    set ledger(next: Ledger) {
      ledger = next;
    },
    /** The last note about each of its clocks. */
    clocks: (): ClockFact[] =>
      latestOf(
        ledger.events.flatMap(({ clocks = [], ticketId, version }) =>
          clocks.map((clock) => ({ ...clock, ticketId, version })),
        ),
      ),
    reply: (when: Instant, then?: 'pending' | 'resolved') => {
      decide(when, (ctx) =>
        reply(ledger, { agent: 'ada', agentName: 'Ada', body: 'Yes.', ...letterhead, ...(then && { then }) }, ctx),
      );
      return life;
    },
    resolve: (when: Instant) => {
      decide(when, (ctx) => resolve(ledger, { agent: 'ada' }, ctx));
      return life;
    },
    hear: (when: Instant, text = 'It still does not work, the payment is refused again.') => {
      decide(when, (ctx) =>
        customerReply(ledger, { text, channel: 'mail', customer: aCustomer(), attachments: [] }, ctx),
      );
      return life;
    },
    hold: (when: Instant) => {
      decide(when, (ctx) => hold(ledger, { waitingFor: 'third-party', by: 'agent:ada' }, ctx));
      return life;
    },
    resume: (when: Instant) => {
      decide(when, (ctx) => resume(ledger, { by: 'agent:ada' }, ctx));
      return life;
    },
    reopen: (when: Instant) => {
      decide(when, (ctx) => reopen(ledger, { by: 'agent:ada', cause: 'agent' }, ctx));
      return life;
    },
    prioritise: (when: Instant, priority: Priority) => {
      decide(when, (ctx) => reprioritise(ledger, { priority, by: 'agent:ada' }, ctx));
      return life;
    },
    transfer: (when: Instant, to: string) => {
      decide(when, (ctx) => transfer(ledger, { to, by: 'agent:ada', team }, ctx));
      return life;
    },
    climb: (when: Instant) => {
      store(climb(ledger, { team, letterhead }, aContext(when, policy)).change);
      return life;
    },
  };
  return life;
};

/** Warned, moved, answered, asked again, paused, resumed, resolved, come back: two days and an hour from Monday at nine. */
export const anEventfulLife = () => {
  const at = (ms: number): Instant => plus(mondayAt9, ms);
  return aLife()
    .climb(at(19.2 * HOUR))
    .climb(at(24 * HOUR))
    .reply(at(25 * HOUR))
    .hear(at(26 * HOUR))
    .hold(at(27 * HOUR))
    .resume(at(30 * HOUR))
    .reply(at(31 * HOUR), 'resolved')
    .reopen(at(2 * DAY))
    .reply(at(2 * DAY + HOUR));
};
