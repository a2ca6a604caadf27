import { describe, expect, test } from 'vitest';
import { isOwedAnAnswer, recoveryOf, withProgress } from '../../../domain/remediation/marks.ts';
import { openRecovery } from '../../../domain/remediation/open-recovery.ts';
import { recordOutcome } from '../../../domain/remediation/record-outcome.ts';
import { plus } from '../../../domain/support/time.ts';
import { merge } from '../../../domain/ticket/acts/merge.ts';
import { reopen } from '../../../domain/ticket/acts/reopen.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { resolve } from '../../../domain/ticket/acts/resolve.ts';
import { split } from '../../../domain/ticket/acts/split.ts';
import { unmerge } from '../../../domain/ticket/acts/unmerge.ts';
import type { Change } from '../../../domain/ticket/change.ts';
import { isBeingPutRight } from '../../../domain/ticket/ticket.ts';
import { signalFor, type Wait } from '../../../domain/ticket/wait.ts';
import { aContext, afterChange, aLedger, aPolicy, aTeam, mondayAt9 } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';
import { aLowAnswer, anAnsweredSurvey, anOpenRecovery, HOUR } from '../../support/survey-builders.ts';

const by = 'agent:lea' as const;
const ctx = (hours: number) => aContext(plus(mondayAt9, hours * HOUR));
const answer = (then?: 'resolved') => ({
  agent: 'cleo',
  agentName: 'Cleo',
  body: 'Sorry, here it is.',
  links: { ticket: 'https://desk.example/t/token' },
  ...(then && { then }),
});
const wait: Wait = { ticketId: 'T-7K2M9Q', machine: 'remediation', cycle: 2, awaits: 'recovery', token: 't' };
const another = (id = 'T-000002') => aLedger({ id }, ctx(14));
/** Both ledgers of a change that touches two tickets. */
const both = (one: Parameters<typeof afterChange>[0], two: Parameters<typeof afterChange>[0], change: Change) => {
  if (!change.beside) throw new Error('It touches one ticket only.');
  return [afterChange(one, change), afterChange(two, change.beside)] as const;
};

describe('how far a recovery has come', () => {
  test('it waits until a person has answered and the ticket is resolved, and the customer is asked by day', () => {
    const { ledger } = anOpenRecovery();
    const replied = afterChange(ledger, granted(reply(ledger, answer(), ctx(16))));
    const solved = afterChange(replied, granted(resolve(replied, { agent: 'cleo' }, ctx(17))));
    const { survey, ...rest } = aPolicy();
    const policy = { ...rest, survey: { ...survey, hours: { from: '09:00', to: '20:00' }, zone: 'Europe/Berlin' } };
    const signals = [ledger, replied, solved].map(({ ticket }) => signalFor(wait, { ticket }, policy));

    expect(signals.slice(0, 2)).toEqual([undefined, undefined]);
    // Resolved on Tuesday at two in the night: asked a day later, when it is nine where the customer is.
    expect(signals[2]).toEqual({
      kind: 'succeed',
      output: { outcome: 'resolved', askAt: '2026-11-25T08:00:00.000Z' },
    });
  });

  test('nobody resolves it without a word to the customer', () => {
    const { ledger } = anOpenRecovery();

    expect(isOwedAnAnswer(ledger.ticket)).toBe(true);
    expect(resolve(ledger, { agent: 'cleo' }, ctx(16))).toMatchObject({ ok: false, refusal: 'answer-first' });
  });

  test('closed without a word to the customer it is not put right', () => {
    const { ledger } = anOpenRecovery();
    const closed = { type: 'closed' as const, how: 'customer-silent' as const, by: 'rule:silence.close@1' as const };

    const left = withProgress(ledger.ticket, [closed], plus(mondayAt9, 16 * HOUR));

    expect(recoveryOf(left, ledger.ticket.id)).not.toHaveProperty('solvedAt');
  });

  test('what was answered before the customer took it up again counts no more', () => {
    const { ledger } = anOpenRecovery();
    const solved = afterChange(ledger, granted(reply(ledger, answer('resolved'), ctx(16))));
    const again = afterChange(solved, granted(reopen(solved, { by: 'customer:c', cause: 'customer' }, ctx(17))));

    expect(signalFor(wait, { ticket: again.ticket }, aPolicy())).toBeUndefined();
    expect(resolve(again, { agent: 'cleo' }, ctx(18))).toMatchObject({ ok: false, refusal: 'answer-first' });
  });

  test('the recovery that was solved and taken up again begins anew once, with a deadline of its own', () => {
    const { ledger, remediation } = anOpenRecovery();
    const solved = afterChange(ledger, granted(reply(ledger, answer('resolved'), ctx(16))));
    const again = afterChange(solved, granted(reopen(solved, { by: 'customer:c', cause: 'customer' }, ctx(40))));
    const input = aLowAnswer(anAnsweredSurvey(1).survey, { before: remediation });

    const first = openRecovery(again, input, ctx(41));
    if (!first.ok || first.value.kind !== 'opened' || !first.value.change) throw new Error('It did not begin anew.');
    const anew = first.value.remediation;
    const second = openRecovery(afterChange(again, first.value.change), { ...input, before: anew }, ctx(42));

    expect(anew).toMatchObject({ recoveryCycle: 3, deadline: plus(mondayAt9, 49 * HOUR), calls: 0 });
    expect(second).toEqual({ ok: true, value: { kind: 'opened', remediation: anew } });
  });

  test('a reopened ticket of an erased customer ends the wait', () => {
    const { ledger } = anOpenRecovery();
    const ticket = { ...ledger.ticket, customer: { id: 'c', locale: 'en', type: 'standard', erased: true as const } };

    expect(signalFor(wait, { ticket }, aPolicy())).toMatchObject({ output: { outcome: 'erased' } });
  });
});

describe('a ticket that is put right becomes a part of another', () => {
  const merged = () => {
    const { ledger, remediation } = anOpenRecovery();
    const into = another();
    const [part, host] = both(ledger, into, granted(merge(ledger, { into, by }, ctx(16))));
    return { part, host, remediation };
  };

  test('the other one stands at the top of the queue, and its being answered and resolved is the recovery', () => {
    const { part, host } = merged();
    const replied = afterChange(host, granted(reply(host, answer(), ctx(17))));
    const solved = afterChange(replied, granted(resolve(replied, { agent: 'cleo' }, ctx(18))));
    const signalOf = (of: typeof host) => signalFor(wait, { ticket: part.ticket, host: of.ticket }, aPolicy());

    expect([host, replied].map(signalOf)).toEqual([undefined, undefined]);
    expect(signalOf(solved)).toMatchObject({ output: { outcome: 'resolved' } });
    expect(isBeingPutRight(host.ticket)).toBe(true);
    expect(resolve(host, { agent: 'cleo' }, ctx(17))).toMatchObject({ ok: false, refusal: 'answer-first' });
  });

  test('its outcome ends on both, once', () => {
    const { part, host, remediation } = merged();
    const change = granted(
      recordOutcome(
        part,
        { remediation, outcome: 'recovered', host: { ledger: host, through: [part.ticket.id] } },
        ctx(50),
      ),
    );
    const [closed, free] = both(part, host, change);

    expect(closed.ticket.remediation).toMatchObject({ state: 'closed', outcome: 'recovered' });
    expect(isBeingPutRight(free.ticket)).toBe(false);
  });

  test('a merge that is undone takes back what was done meanwhile', () => {
    const { part, host } = merged();
    const replied = afterChange(host, granted(reply(host, answer(), ctx(17))));

    const [own, free] = both(part, replied, granted(unmerge(part, { from: replied, by }, ctx(18))));

    expect(recoveryOf(own.ticket, own.ticket.id)).toMatchObject({ answeredAt: plus(mondayAt9, 17 * HOUR) });
    expect(isBeingPutRight(own.ticket)).toBe(true);
    expect(free.ticket).not.toHaveProperty('putsRight');
  });

  test('merged on and on, it is put right where it ends, and comes back the way it went', () => {
    const { part, host } = merged();
    const last = another('T-000003');
    const [middle, end] = both(host, last, granted(merge(host, { into: last, by }, ctx(17))));

    expect(recoveryOf(end.ticket, part.ticket.id)).toMatchObject({ through: [part.ticket.id, host.ticket.id] });
    expect(isBeingPutRight(middle.ticket)).toBe(false);
    const [backAgain, free] = both(middle, end, granted(unmerge(middle, { from: end, by }, ctx(18))));
    expect(recoveryOf(backAgain.ticket, part.ticket.id)).toMatchObject({ through: [part.ticket.id] });
    expect(isBeingPutRight(free.ticket)).toBe(false);
  });

  test('what is split off it is another matter', () => {
    const { ledger } = anOpenRecovery();
    const message = {
      id: 'M1',
      ticketId: ledger.ticket.id,
      at: mondayAt9,
      direction: 'in' as const,
      channel: 'mail' as const,
      author: `customer:${ledger.ticket.customer.id}`,
      text: 'And my parcel?',
      attachments: [],
    };
    const change = granted(
      split(ledger, { id: 'T-000009', messages: [message, { ...message, id: 'M2' }], take: ['M1'], by }, ctx(16)),
    );

    expect(isBeingPutRight(change.after)).toBe(true);
    expect(change.beside && isBeingPutRight(change.beside.after)).toBe(false);
  });

  test('a low answer of a ticket that is a part already is put right on the other one', () => {
    const { ledger, survey } = anAnsweredSurvey(1);
    const into = another();
    const [part, host] = both(ledger, into, granted(merge(ledger, { into, by }, ctx(16))));
    const where = { ledger: host, through: [part.ticket.id] };

    const opened = granted(openRecovery(part, aLowAnswer(survey, { host: where, team: aTeam() }), ctx(17)));
    if (opened.kind !== 'opened' || !opened.change) throw new Error('It was not opened.');

    expect(opened.change.after).toMatchObject({ status: 'closed', remediation: { state: 'open' } });
    expect(opened.change.beside?.after).toMatchObject({
      assignee: 'cleo',
      putsRight: [{ ticket: part.ticket.id, notTo: 'ada' }],
    });
  });
});
