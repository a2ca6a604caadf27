import { describe, expect, test } from 'vitest';
import { appendTurns } from '../../../domain/channels/append-turns.ts';
import { HOUR, plus } from '../../../domain/support/time.ts';
import { answerSurvey } from '../../../domain/survey/answer.ts';
import { customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import { eraseTicket } from '../../../domain/ticket/acts/erase.ts';
import { hold } from '../../../domain/ticket/acts/hold.ts';
import { reopen } from '../../../domain/ticket/acts/reopen.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { resolve } from '../../../domain/ticket/acts/resolve.ts';
import { aContext, aCustomer, afterChange, aLedger, aNewLedger, mondayAt9 } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';
import { aDefinition, anAnsweredSurvey } from '../../support/survey-builders.ts';

const by = 'agent:lina' as const;
const input = { erasure: '01JERASURE', by, unsorted: { category: 'other', group: 'frontline', tier: 1 as const } };
const later = aContext(plus(mondayAt9, 2 * HOUR));

const erased = (ledger = aLedger()) => {
  const change = eraseTicket(ledger, input, later);
  if (change === undefined) throw new Error('Nothing was erased.');
  return change;
};

describe('the ticket of an erased person', () => {
  test('has no words and no name, and is closed by it', () => {
    const open = aLedger({
      subject: 'Kim cannot log in',
      report: { impact: 'one', category: 'Kim’s', product: 'Kim’s shop', context: { device: 'Kim’s phone' } },
    });
    const held = afterChange(open, granted(hold(open, { waitingFor: 'third-party', reason: 'Kim asks', by }, later)));

    const { after, events } = erased(held);

    const { id, locale, type } = open.ticket.customer;
    expect(after).toMatchObject({ status: 'closed', subject: '', closedAt: later.now });
    expect(after.report).toEqual({ impact: 'one' });
    expect(after.customer).toEqual({ id, locale, type, erased: true });
    expect(JSON.stringify(after)).not.toMatch(/kim/i);
    expect(events.map(({ type: what }) => what)).toEqual(['erased', 'closed']);
    expect(events).toMatchObject([{ erasure: '01JERASURE', by }, { how: 'erased' }]);
  });

  test('owes nothing more: promises that ran are withdrawn, neither kept nor broken', () => {
    const { after, events } = erased();

    const decided = events.flatMap(({ clocks = [] }) => clocks);
    expect(after.lookAgainAt).toBeUndefined();
    expect(decided.map(({ promise, outcome, why }) => ({ promise, outcome, why }))).toEqual([
      { promise: 'firstReply', outcome: 'cancelled', why: 'withdrawn' },
      { promise: 'resolution', outcome: 'cancelled', why: 'withdrawn' },
    ]);
  });

  test('that was resolved stays resolved when it was, without what was noted of it', () => {
    const open = aLedger();
    const solved = afterChange(
      open,
      granted(resolve(open, { agent: 'ada', cause: 'Kim' }, aContext(plus(mondayAt9, HOUR)))),
    );

    const { after, events } = erased(solved);

    expect(after).toMatchObject({ status: 'closed', resolvedAt: plus(mondayAt9, HOUR), closedAt: later.now });
    expect(after).not.toHaveProperty('resolution');
    expect(events.flatMap(({ clocks = [] }) => clocks)).toEqual([]);
  });

  test('that nobody has sorted yet counts among the rest', () => {
    const { after } = erased(aNewLedger());

    expect(after).toMatchObject({ status: 'closed', category: 'other', group: 'frontline', tier: 1, priority: 'P4' });
  });

  test('is erased once', () => {
    const open = aLedger();

    const again = eraseTicket(afterChange(open, erased(open)), input, later);

    expect(again).toBeUndefined();
  });

  test('is worked on no more', () => {
    const open = aLedger();
    const gone = afterChange(open, erased(open));

    const reopened = reopen(gone, { by, cause: 'agent' }, later);
    const answered = reply(
      gone,
      { agent: 'ada', agentName: 'Ada', body: 'Hello', links: { ticket: 'https://desk.example/t/token' } },
      later,
    );

    expect([reopened, answered]).toMatchObject([
      { ok: false, refusal: 'erased' },
      { ok: false, refusal: 'erased' },
    ]);
  });

  test('takes no words of anybody any more, however soon they come', () => {
    const open = aLedger();
    const gone = afterChange(open, erased(open));
    const customer = aCustomer();
    const turn = { at: later.now, author: 'customer' as const, name: 'Kim', text: 'Are you there?', key: '1' };

    const written = customerReply(gone, { text: 'Thanks!', channel: 'mail', customer, attachments: [] }, later);
    const said = appendTurns(gone, [turn], later);

    expect([written, said]).toMatchObject([
      { ok: false, refusal: 'window-over' },
      { ok: false, refusal: 'window-over' },
    ]);
  });

  test('takes no answer to its survey any more, also where an answer might still be changed', () => {
    const { ledger, survey } = anAnsweredSurvey(1);
    const gone = afterChange(ledger, erased(ledger));

    const changed = answerSurvey(
      gone,
      { survey, definition: aDefinition(), form: { overall: '5', solved: 'no', why: 'Kim' } },
      aContext(plus(mondayAt9, 15 * HOUR)),
    );

    expect(changed).toMatchObject({ ok: false, refusal: 'survey-cancelled' });
  });
});
