import { describe, expect, test } from 'vitest';
import { maskedMessage } from '../../../domain/masking/mask-stored.ts';
import { addNote } from '../../../domain/ticket/acts/add-note.ts';
import { customerReply } from '../../../domain/ticket/acts/customer-reply.ts';
import { hold } from '../../../domain/ticket/acts/hold.ts';
import { openTicket } from '../../../domain/ticket/acts/open-ticket.ts';
import { quarantineMail } from '../../../domain/ticket/acts/quarantine-mail.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { resolve } from '../../../domain/ticket/acts/resolve.ts';
import { aContext, aCustomer, aLedger, anOpening, mondayAt9 } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

const CARD = '4111 1111 1111 1111';
const said = `My card is ${CARD} and my password: hunter2`;

/** Nothing that a change stores holds any of these. */
const keepsNone = (change: object, ...secrets: string[]): void => {
  for (const secret of secrets) expect(JSON.stringify(change)).not.toContain(secret);
};

describe('what is stored of a ticket', () => {
  test('a new ticket keeps no secret in its subject, text, HTML or diagnosis fields, and says what was masked', () => {
    const change = openTicket(
      anOpening({
        subject: `Refused: ${CARD}`,
        text: said,
        html: `<p>Card <b>${CARD}</b></p>`,
        report: {
          category: CARD,
          product: `Shop ${CARD}`,
          context: { pinCode: '9182', browser: 'Firefox 140', errorCode: 'E5012' },
        },
      }),
      aContext(),
    );

    keepsNone(change, '1111 1111', 'hunter2', '9182');
    expect(change.messages?.[0]?.masked).toEqual(['card-number', 'password']);
    expect(change.after.report.context).toEqual({ pinCode: '****', browser: 'Firefox 140', errorCode: 'E5012' });
  });

  test('a reply of the customer and a quarantined mail keep none', () => {
    const ledger = aLedger();
    const input = { text: said, channel: 'mail' as const, customer: aCustomer(), attachments: [] };
    const request = { key: 'mail#1', bodyHash: '', answer: {}, expiresAt: '2026-12-01T00:00:00.000Z' };

    keepsNone(granted(customerReply(ledger, input, aContext())), CARD, 'hunter2');
    keepsNone(
      quarantineMail(
        ledger,
        'sender-unproven',
        { from: 'x@y.example', text: said, attachments: [], raw: 'k', cameFor: 'T-7K2M9Q', request },
        aContext(),
      ),
      CARD,
      'hunter2',
    );
  });

  test('a turn of a chat keeps none in the name it was told under', () => {
    const { saidBy } = maskedMessage({
      ...{ id: '01JMESSAGE', ticketId: 'T-7K2M9Q', at: mondayAt9, direction: 'in', channel: 'chat' },
      ...{ author: 'customer:01JKIM', text: 'Hello', attachments: [], saidBy: { as: 'customer', name: CARD } },
    });

    expect(saidBy?.name).toBe('**** **** **** 1111');
  });

  test("agents' notes and reasons keep none", () => {
    const ledger = aLedger();

    keepsNone(addNote(ledger, { agent: 'ada', body: said }, aContext()), CARD, 'hunter2');
    keepsNone(
      granted(hold(ledger, { waitingFor: 'third-party', reason: said, by: 'agent:ada' }, aContext())),
      CARD,
      'hunter2',
    );
    keepsNone(
      granted(resolve(ledger, { agent: 'ada', cause: said, solution: said, check: said }, aContext())),
      CARD,
      'hunter2',
    );
  });

  test('an agent may send a new password, and no card number, neither in the conversation nor in the mail', () => {
    const letterhead = { links: { ticket: 'https://desk.example/t/1' }, replyTo: 'desk@desk.example' };
    const change = granted(reply(aLedger(), { ...letterhead, agent: 'ada', agentName: 'Ada', body: said }, aContext()));

    keepsNone(change, CARD);
    expect(change.messages?.[0]?.text).toBe('My card is **** **** **** 1111 and my password: hunter2');
    expect(change.mails?.[0]?.content).toMatchObject({
      text: 'My card is **** **** **** 1111 and my password: hunter2',
    });
  });
});
