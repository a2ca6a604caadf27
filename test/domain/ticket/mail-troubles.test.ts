import { describe, expect, test } from 'vitest';
import { type Bounced, mailBounced } from '../../../domain/ticket/acts/mail-bounced.ts';
import { doubtAbout, quarantineMail } from '../../../domain/ticket/acts/quarantine-mail.ts';
import { aContext, aCustomer, afterChange, aLedger, mondayAt9 } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

const bounce = { mail: 'ack#T-7K2M9Q', permanent: true, why: 'bounce' as const };

test.each<Bounced>(['bounce', 'complaint', 'reject'])('a %s is told on the ticket, which stays as it is', (why) => {
  const ledger = aLedger();

  const change = granted(mailBounced(ledger, { ...bounce, why }, aContext(mondayAt9)));

  expect(change.events).toMatchObject([
    { type: 'mail-bounced', mail: bounce.mail, permanent: true, by: `rule:mail.${why}@1` },
  ]);
  expect(change.after).toMatchObject({ status: ledger.ticket.status, clock: ledger.ticket.clock });
});

test('the same news of a mail counts once; that it never will arrive is other news than that it did not yet', () => {
  const ctx = aContext(mondayAt9);
  const ledger = afterChange(aLedger(), granted(mailBounced(aLedger(), { ...bounce, permanent: false }, ctx)));

  expect(mailBounced(ledger, { ...bounce, permanent: false }, ctx)).toMatchObject({ refusal: 'already-told' });
  expect(mailBounced(ledger, bounce, ctx)).toMatchObject({ ok: true });
  expect(mailBounced(ledger, { ...bounce, permanent: false, mail: 'reply#T-7K2M9Q#1' }, ctx)).toMatchObject({
    ok: true,
  });
});

describe('a mail may speak on a ticket', () => {
  const proven = { unproven: false, passed: { dmarc: true, spf: true }, source: 'kim@example.com' };
  const none = { dmarc: false, spf: false };
  const kim = { from: { email: 'kim@example.com' } };
  const asked = { mail: kim, receipt: proven, by: 'subject' as const, customer: { email: 'kim@example.com' } };
  const ledger = () => aLedger({ customer: aCustomer({ email: 'kim@example.com' }) });

  test.each([
    ['by DMARC', {}, undefined],
    ['from an address in other letters', { mail: { from: { email: 'KIM@Example.com' } } }, undefined],
    ['by SPF of the same domain', { receipt: { ...proven, passed: { dmarc: false, spf: true } } }, undefined],
    [
      'by SPF of a host of the domain',
      { receipt: { ...proven, source: 'bounce@mail.example.com', passed: { dmarc: false, spf: true } } },
      undefined,
    ],
    [
      'not by SPF of somebody else’s domain',
      { receipt: { ...proven, source: 'mallory@example.org', passed: { dmarc: false, spf: true } } },
      'sender-unproven',
    ],
    ['not by nothing', { receipt: { ...proven, passed: none } }, 'sender-unproven'],
    ['by the signed address', { receipt: { ...proven, passed: none }, by: 'address' as const }, undefined],
    [
      'not by the signed address when proof failed',
      { receipt: { ...proven, unproven: true, passed: none }, by: 'address' as const },
      'sender-unproven',
    ],
    ['not as one of two authors', { mail: { ...kim, ambiguous: true } }, 'sender-unproven'],
    [
      'from another address that is proven to be theirs',
      { mail: { from: { email: 'kim@example.org' } }, alsoTheirs: ['Kim@example.org'] },
      undefined,
    ],
    [
      'not from such an address by nothing',
      {
        mail: { from: { email: 'kim@example.org' } },
        alsoTheirs: ['kim@example.org'],
        receipt: { ...proven, passed: none },
      },
      'sender-unproven',
    ],
    ['not from another address', { mail: { from: { email: 'kim@example.org' } } }, 'sender-is-no-participant'],
    ['not with a Cyrillic letter', { mail: { from: { email: 'kim@ex\u0430mple.com' } } }, 'sender-is-no-participant'],
    ['not with a Kelvin sign', { mail: { from: { email: '\u212aim@example.com' } } }, 'sender-is-no-participant'],
    ['not for the customer of a part', { customer: { email: 'sam@example.com' } }, 'sender-is-no-participant'],
    ['not from nobody', { mail: { from: { email: '' } } }, 'sender-is-no-participant'],
  ])('%s', (_, over, doubt) => {
    expect(doubtAbout(ledger(), { ...asked, ...over }, aContext(mondayAt9))).toBe(doubt);
  });
});

test('a doubtful mail is a note that names its sender, and no clock hears it', () => {
  const ledger = aLedger();
  const request = { key: 'mail#1', bodyHash: '1', answer: {}, expiresAt: mondayAt9 };
  const mail = {
    from: 'mallory@example.org',
    text: 'Let me in.',
    attachments: [],
    raw: 'in/1',
    cameFor: 'T-PART01',
    request,
  };

  const change = quarantineMail(ledger, 'sender-is-no-participant', mail, aContext(mondayAt9));

  expect(change.messages).toMatchObject([
    {
      ticketId: 'T-PART01',
      direction: 'note',
      from: 'mallory@example.org',
      text: 'Let me in.',
      quarantined: 'sender-is-no-participant',
    },
  ]);
  expect(change.events).toMatchObject([{ type: 'quarantined', message: change.messages?.[0]?.id }]);
  expect(change.after).toMatchObject({ status: ledger.ticket.status, clock: ledger.ticket.clock });
  expect(change.request).toBe(request);
});
