import { describe, expect, test } from 'vitest';
import { plus } from '../../../domain/support/time.ts';
import { customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import { makeChange } from '../../../domain/ticket/acts/make-change.ts';
import { aContext, afterChange, mondayAt9 } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';
import { anOpenRecovery, HOUR } from '../../support/survey-builders.ts';

const later = aContext(plus(mondayAt9, 20 * HOUR));
const anApologisedTo = () => {
  const { ledger } = anOpenRecovery();
  const contacted = {
    type: 'remediation-contacted' as const,
    by: 'rule:remediation@1' as const,
    reason: 'They were asked what should have been better.',
    mail: 'apology#T-7K2M9Q#1',
  };
  return afterChange(ledger, makeChange(ledger, ledger.ticket, [contacted], later));
};
const says = (ledger: ReturnType<typeof anApologisedTo>, text: string) => {
  const { customer } = ledger.ticket;
  return granted(customerReply(ledger, { text, channel: 'mail', attachments: [], customer }, later));
};

describe('what a customer writes after the apology', () => {
  test('lands on the ticket and in the list of feedback, without its secrets', () => {
    const ledger = anApologisedTo();

    const change = says(ledger, 'Answer sooner. My card is 4111 1111 1111 1111.');

    expect(change.messages).toHaveLength(1);
    expect(change.feedback?.after).toMatchObject({
      kind: 'suggestion',
      ticketId: ledger.ticket.id,
      customerId: ledger.ticket.customer.id,
      text: expect.stringContaining('Answer sooner.'),
    });
    expect(JSON.stringify(change)).not.toContain('4111');
  });

  test('is no suggestion before they were asked, without words, or when nothing is put right', () => {
    const before = anOpenRecovery().ledger;
    const asked = anApologisedTo();
    const { remediation, ...over } = asked.ticket;

    expect(says(before, 'Answer sooner.').feedback).toBeUndefined();
    expect(says(asked, ' ').feedback).toBeUndefined();
    expect(says({ ...asked, ticket: over }, 'Answer sooner.').feedback).toBeUndefined();
  });

  test('is cut in the list when it is endless', () => {
    const text = says(anApologisedTo(), 'Sooner! '.repeat(2000)).feedback?.after.text ?? '';

    expect([...text]).toHaveLength(4000);
    expect(text).toMatch(/…$/);
  });
});
