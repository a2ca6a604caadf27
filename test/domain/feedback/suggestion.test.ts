import { describe, expect, test } from 'vitest';
import { apologiseAndAsk } from '../../../domain/remediation/apologise.ts';
import { plus } from '../../../domain/support/time.ts';
import { customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import { aContext, afterChange, aTeam, mondayAt9 } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';
import { anOpenRecovery, HOUR } from '../../support/survey-builders.ts';

const later = aContext(plus(mondayAt9, 20 * HOUR));
const anApologisedTo = () => {
  const { ledger, remediation } = anOpenRecovery();
  const letter = { links: { ticket: 'https://desk.example/t/token' }, replyTo: 'desk@desk.example' };
  const input = { ...letter, remediation, suppressed: false, team: aTeam() };
  return afterChange(ledger, granted(apologiseAndAsk(ledger, input, later)));
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
