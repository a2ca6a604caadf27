import fc from 'fast-check';
import type { Context } from '../../domain/context.ts';
import type { Ledger } from '../../domain/ports.ts';
import type { Decision } from '../../domain/support/decision.ts';
import { instant, MINUTE, millis } from '../../domain/support/time.ts';
import { addNote } from '../../domain/ticket/acts/add-note.ts';
import { assign } from '../../domain/ticket/acts/assign.ts';
import { climb } from '../../domain/ticket/acts/climb.ts';
import { closeQuietly } from '../../domain/ticket/acts/close-quietly.ts';
import { customerReply } from '../../domain/ticket/acts/customer-reply.ts';
import { hold } from '../../domain/ticket/acts/hold.ts';
import { remindCustomer } from '../../domain/ticket/acts/remind-customer.ts';
import { reopen } from '../../domain/ticket/acts/reopen.ts';
import { reply } from '../../domain/ticket/acts/reply.ts';
import { reprioritise } from '../../domain/ticket/acts/reprioritise.ts';
import { resolve } from '../../domain/ticket/acts/resolve.ts';
import { resume } from '../../domain/ticket/acts/resume.ts';
import { transfer } from '../../domain/ticket/acts/transfer.ts';
import type { Change } from '../../domain/ticket/change.ts';
import { aContext, aCustomer, afterChange, aLedger, aTeam, mondayAt9 } from './builders.ts';

const links = { ticket: 'https://desk.example/t/token' };
const answer = { agent: 'ada', agentName: 'Ada', body: 'Hello', links };
const words = { text: 'Hello', channel: 'mail' as const, customer: aCustomer(), attachments: [] };
const by = 'agent:ada' as const;
const team = aTeam();

type Act = (ledger: Ledger, ctx: Context) => Change | undefined;
const tried = (decision: Decision<Change>): Change | undefined => (decision.ok ? decision.value : undefined);

const acts: Act[] = [
  (ledger, ctx) => tried(reply(ledger, answer, ctx)),
  (ledger, ctx) => tried(reply(ledger, { ...answer, then: 'pending' }, ctx)),
  (ledger, ctx) => tried(customerReply(ledger, words, ctx)),
  (ledger, ctx) => tried(hold(ledger, { waitingFor: 'third-party', by }, ctx)),
  (ledger, ctx) => tried(hold(ledger, { waitingFor: 'customer', by }, ctx)),
  (ledger, ctx) => tried(resume(ledger, { by }, ctx)),
  (ledger, ctx) => tried(resolve(ledger, { agent: 'ada' }, ctx)),
  (ledger, ctx) => tried(reopen(ledger, { by, cause: 'agent' }, ctx)),
  (ledger, ctx) => tried(assign(ledger, { to: 'ben', by, team }, ctx)),
  (ledger, ctx) => tried(transfer(ledger, { to: 'expert', by, team }, ctx)),
  (ledger, ctx) => tried(reprioritise(ledger, { priority: 'P1', by }, ctx)),
  (ledger, ctx) => tried(reprioritise(ledger, { priority: 'P4', by }, ctx)),
  (ledger, ctx) => addNote(ledger, { agent: 'ada', body: 'Hm' }, ctx),
  (ledger, ctx) => climb(ledger, { team }, ctx).change,
  (ledger, ctx) => remindCustomer(ledger, { links }, ctx).change,
  (ledger, ctx) => closeQuietly(ledger, { links }, ctx).change,
];

/** One thing done to a ticket: what it was before, and all that followed. */
export interface Step {
  before: Ledger;
  change: Change;
}

/** Any life of a ticket after triage: acts tried one after the other, minutes or days apart; refused ones leave no step. */
export const lives: fc.Arbitrary<Step[]> = fc
  .array(fc.tuple(fc.nat(acts.length - 1), fc.integer({ min: 1, max: 4 * 24 * 60 })), { maxLength: 14 })
  .map((tries) => {
    let ledger = aLedger();
    let at = millis(mondayAt9);
    return tries.flatMap(([index, minutes]) => {
      at += minutes * MINUTE;
      const before = ledger;
      const change = acts[index]?.(before, aContext(instant(at)));
      if (change === undefined) return [];
      ledger = afterChange(before, change);
      return [{ before, change }];
    });
  });
