import { expect, test } from 'vitest';
import { type Bounced, mailBounced } from '../../../domain/ticket/acts/mail-bounced.ts';
import { doubtAbout, quarantineMail } from '../../../domain/ticket/acts/quarantine-mail.ts';
import { aContext, afterChange, aLedger, mondayAt9 } from '../../support/builders.ts';
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

test.each([
  [{ fromCustomer: true, unproven: false }, undefined],
  [{ fromCustomer: true, unproven: true }, 'sender-unproven'],
  [{ fromCustomer: false, unproven: false }, 'sender-is-no-participant'],
  [{ fromCustomer: false, unproven: true }, 'sender-is-no-participant'],
])('a mail with %j gives the doubt %s', (mail, doubt) => {
  expect(doubtAbout(mail)).toBe(doubt);
});

test('a doubtful mail is a note that names its sender, and no clock hears it', () => {
  const ledger = aLedger();
  const request = { key: 'mail#1', bodyHash: '1', answer: {}, expiresAt: mondayAt9 };
  const mail = { from: 'mallory@example.org', text: 'Let me in.', attachments: [], raw: 'in/1', request };

  const change = quarantineMail(ledger, 'sender-is-no-participant', mail, aContext(mondayAt9));

  expect(change.messages).toMatchObject([
    { direction: 'note', text: 'mallory@example.org wrote:\n\nLet me in.', quarantined: 'sender-is-no-participant' },
  ]);
  expect(change.events).toMatchObject([{ type: 'quarantined', message: change.messages?.[0]?.id }]);
  expect(change.after).toMatchObject({ status: ledger.ticket.status, clock: ledger.ticket.clock });
  expect(change.request).toBe(request);
});
