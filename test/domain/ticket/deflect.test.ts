import { describe, expect, test } from 'vitest';
import type { Ledger } from '../../../domain/ports.ts';
import { HOUR, plus } from '../../../domain/support/time.ts';
import { customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import { deflect } from '../../../domain/ticket/acts/deflect.ts';
import { hold } from '../../../domain/ticket/acts/hold.ts';
import { reopen } from '../../../domain/ticket/acts/reopen.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { resolve } from '../../../domain/ticket/acts/resolve.ts';
import { reactionsTo } from '../../../domain/ticket/reactions.ts';
import { aContext, afterChange, aLedger, aNewLedger, aPolicy, mondayAt9 } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

const article = { slug: 'payment-failed', locale: 'de' };
const ctx = aContext(plus(mondayAt9, HOUR));
const links = { ticket: 'https://desk.example.com/t/x' };
const deflected = (ledger: Ledger): Ledger => afterChange(ledger, granted(deflect(ledger, { article }, ctx)));

describe('an article that solved it', () => {
  test('closes the ticket in one change: who said so, which article, and its counter', () => {
    const ledger = aLedger();

    const change = granted(deflect(ledger, { article }, ctx));

    expect(change.after).toMatchObject({ status: 'closed', closedAt: ctx.now, resolvedAt: ctx.now });
    expect(change.events).toMatchObject([
      { type: 'deflected', by: `customer:${ledger.ticket.customer.id}`, article: 'payment-failed', locale: 'de' },
      { type: 'closed', how: 'deflected' },
    ]);
    expect(change.solvedBy).toEqual(article);
    expect(change.mails ?? []).toEqual([]);
  });

  test('ends every promise, asks for no rating and counts in the reports', () => {
    const ledger = aLedger();
    const change = granted(deflect(ledger, { article }, ctx));

    const follows = reactionsTo({ kind: 'ticket', before: ledger.ticket, after: change.after }, aPolicy());
    const counted = change.events.flatMap((event) => reactionsTo({ kind: 'event', event }, aPolicy()));

    expect(change.after.lookAgainAt).toBeUndefined();
    expect(follows.map((command) => command.do)).toEqual(['check-waits']);
    expect(counted.filter((command) => command.do === 'write-fact')).toHaveLength(2);
  });

  test('is said once: the second time changes nothing', () => {
    const closed = deflected(aLedger());

    expect(deflect(closed, { article }, ctx)).toMatchObject({ ok: false, refusal: 'already-deflected' });
  });

  test('leaves the way back open: an answer of the customer opens the ticket again', () => {
    const closed = deflected(aLedger());
    const { customer } = closed.ticket;

    const back = granted(customerReply(closed, { text: 'No.', channel: 'mail', customer, attachments: [] }, ctx));

    expect(back.after).toMatchObject({ status: 'open', cycle: 2 });
  });
});

describe('nothing is closed over the head of a person', () => {
  test('who has answered, also when the customer wrote again since', () => {
    const open = aLedger();
    const answered = afterChange(
      open,
      granted(reply(open, { agent: 'ada', agentName: 'Ada', body: 'Hm', links }, ctx)),
    );

    expect(deflect(answered, { article }, ctx)).toMatchObject({ ok: false, refusal: 'answered' });
  });

  test('who resolved it', () => {
    const open = aLedger();
    const resolved = afterChange(open, granted(resolve(open, { agent: 'ada' }, ctx)));

    expect(deflect(resolved, { article }, ctx)).toMatchObject({ ok: false, refusal: 'moved-on' });
  });

  test('or in a later cycle than the one in which the article was offered', () => {
    const closed = deflected(aLedger());
    const again = afterChange(closed, granted(reopen(closed, { by: 'agent:ada', cause: 'agent' }, ctx)));

    expect(deflect(again, { article }, ctx)).toMatchObject({ ok: false, refusal: 'moved-on' });
  });

  test('or before it was looked at', () => {
    expect(deflect(aNewLedger(), { article }, ctx)).toMatchObject({ ok: false, refusal: 'moved-on' });
  });

  test('while one on hold that nobody answered may be closed', () => {
    const open = aLedger();
    const waiting = afterChange(open, granted(hold(open, { waitingFor: 'third-party', by: 'agent:ada' }, ctx)));

    expect(deflect(waiting, { article }, ctx).ok).toBe(true);
  });
});
