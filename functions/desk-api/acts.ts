import * as z from 'zod/mini';
import type { Context } from '../../domain/context.ts';
import type { Ledger } from '../../domain/ports.ts';
import { type Decision, decided } from '../../domain/support/decision.ts';
import { acknowledgeEscalation } from '../../domain/ticket/acts/acknowledge-escalation.ts';
import { addNote } from '../../domain/ticket/acts/add-note.ts';
import { assign } from '../../domain/ticket/acts/assign.ts';
import { acceptQuarantined, declineQuarantined } from '../../domain/ticket/acts/decide-quarantine.ts';
import { hold } from '../../domain/ticket/acts/hold.ts';
import { label } from '../../domain/ticket/acts/label.ts';
import { notThanks } from '../../domain/ticket/acts/not-thanks.ts';
import { recategorise } from '../../domain/ticket/acts/recategorise.ts';
import type { Refusal } from '../../domain/ticket/acts/refusal.ts';
import { reopen } from '../../domain/ticket/acts/reopen.ts';
import { reply } from '../../domain/ticket/acts/reply.ts';
import { reprioritise } from '../../domain/ticket/acts/reprioritise.ts';
import { resolve } from '../../domain/ticket/acts/resolve.ts';
import { resume } from '../../domain/ticket/acts/resume.ts';
import { transfer } from '../../domain/ticket/acts/transfer.ts';
import type { Change } from '../../domain/ticket/change.ts';
import { PRIORITIES, SENTIMENTS } from '../../domain/ticket/ticket.ts';
import { wordsUpTo } from '../_shared/http/text-shape.ts';
import { inConversationOrder } from '../_shared/tickets/conversation.ts';
import { partsOf, wholeConversation } from '../_shared/tickets/whole-conversation.ts';
import type { Who } from '../_shared/who.ts';
import type { Deps } from './deps.ts';

/** What an act is decided on. */
export interface Asked {
  ledger: Ledger;
  who: Who;
  ctx: Context;
  deps: Deps;
}

type Decided = Decision<Change, Refusal>;

/** One thing an agent can do to a ticket: the body it takes, and the rule that decides. */
export interface Act<T extends { version?: number }> {
  body: z.ZodMiniType<T>;
  decide(body: T, asked: Asked): Decided | Promise<Decided>;
}

const words = wordsUpTo(200_000);
const id = z.string().check(z.minLength(1), z.maxLength(100));
/** The version the agent looked at: given, an act on a ticket that has moved since is refused. */
const version = z.exactOptional(z.number().check(z.int(), z.positive()));
const nothing = z.strictObject({ version });
const note = z.exactOptional(wordsUpTo(2000));
const resolution = { cause: note, solution: note, check: note };
const until = z.pipe(
  z.string().check(z.iso.datetime({ offset: true })),
  z.transform((at: string) => new Date(at).toISOString()),
);

const act = <T extends { version?: number }>(body: z.ZodMiniType<T>, decide: Act<T>['decide']) => ({ body, decide });

const by = ({ id: agent }: Who) => `agent:${agent}` as const;

/** By the last part of their path. */
export const acts = {
  replies: act(
    z.strictObject({
      body: words,
      then: z.exactOptional(z.enum(['pending', 'resolved'])),
      ...resolution,
      version,
    }),
    async ({ version: _, ...body }, { ledger, who, ctx, deps }) => {
      const letterhead = await deps.links.letterhead(ledger.ticket, ctx.now);
      const messages = inConversationOrder(await deps.tickets.messages(ledger.ticket.id), ledger.events);
      // A mail of another customer, whose ticket became a part of this one, is nothing that this one could answer.
      const theirs = `customer:${ledger.ticket.customer.id}`;
      const mailId = messages.findLast(({ direction, author }) => direction === 'in' && author === theirs)?.mailId;
      const inReplyTo = mailId === undefined ? {} : { inReplyTo: mailId };
      return reply(ledger, { ...body, ...letterhead, ...inReplyTo, agent: who.id, agentName: who.name }, ctx);
    },
  ),
  notes: act(z.strictObject({ body: words, version }), ({ body }, { ledger, who, ctx }) =>
    decided(addNote(ledger, { agent: who.id, body }, ctx)),
  ),
  resolve: act(z.strictObject({ ...resolution, version }), ({ version: _, ...notes }, { ledger, who, ctx }) =>
    resolve(ledger, { ...notes, agent: who.id }, ctx),
  ),
  reopen: act(nothing, (_, { ledger, who, ctx }) => reopen(ledger, { by: by(who), cause: 'agent' }, ctx)),
  transfer: act(z.strictObject({ to: id, version }), async ({ to }, { ledger, who, ctx, deps }) =>
    transfer(ledger, { to, by: by(who), team: await deps.team.now() }, ctx),
  ),
  assign: act(z.strictObject({ to: id, version }), async ({ to }, { ledger, who, ctx, deps }) => {
    const given = { to, by: by(who), team: await deps.team.now() };
    // To assign to a group is to hand over to it: routing chooses who of it.
    return Object.hasOwn(ctx.policy.groups, to) ? transfer(ledger, given, ctx) : assign(ledger, given, ctx);
  }),
  prioritise: act(
    z.strictObject({ priority: z.enum(PRIORITIES), reason: note, version }),
    ({ version: _, ...body }, { ledger, who, ctx }) => reprioritise(ledger, { ...body, by: by(who) }, ctx),
  ),
  categorise: act(z.strictObject({ category: id, version }), ({ category }, { ledger, who, ctx, deps }) =>
    recategorise(ledger, { category, by: by(who), categories: deps.categories }, ctx),
  ),
  label: act(
    z.strictObject({ sentiment: z.enum(SENTIMENTS), message: z.exactOptional(id), version }),
    async ({ version: _, ...body }, { ledger, who, ctx, deps }) => {
      const messages = inConversationOrder(await deps.tickets.messages(ledger.ticket.id), ledger.events);
      return label(ledger, { ...body, messages, by: by(who) }, ctx);
    },
  ),
  hold: act(
    z.strictObject({
      waitingFor: z._default(z.enum(['customer', 'third-party']), 'third-party'),
      reason: note,
      until: z.exactOptional(until),
      version,
    }),
    ({ version: _, ...body }, { ledger, who, ctx }) => hold(ledger, { ...body, by: by(who) }, ctx),
  ),
  'not-thanks': act(z.strictObject({ message: id, version }), ({ message }, { ledger, who, ctx }) =>
    notThanks(ledger, { message, by: by(who) }, ctx),
  ),
  resume: act(nothing, (_, { ledger, who, ctx }) => resume(ledger, { by: by(who) }, ctx)),
  quarantine: act(
    z.strictObject({ message: id, accept: z.boolean(), version }),
    async ({ message, accept }, { ledger, who, ctx, deps }) => {
      const found = (await wholeConversation(deps.tickets, ledger)).find(({ id: each }) => each === message);
      if (!accept) return declineQuarantined(ledger, { agent: who.id, message: found }, ctx);
      const parts = (await partsOf(deps.tickets, ledger)).map(({ ticket }) => ticket);
      const ofParts = parts.map(({ customer }) => customer);
      const cameFor = parts.find(({ id: part }) => part === found?.ticketId)?.customer;
      return acceptQuarantined(ledger, { agent: who.id, message: found, ofParts, cameFor }, ctx);
    },
  ),
  acknowledge: act(nothing, (_, { ledger, who, ctx }) => acknowledgeEscalation(ledger, { agent: who.id }, ctx)),
} as const;
