import { describe, expect, test } from 'vitest';
import { emptySheet } from '../../../domain/contact/governor.ts';
import { askNps, type DueForNps } from '../../../domain/feedback/ask-nps.ts';
import { plus } from '../../../domain/support/time.ts';
import { aContext, aCustomer, aPolicy, aTicket, mondayAt9 } from '../../support/builders.ts';
import { aDefinition, anAskable, DAY, links } from '../../support/survey-builders.ts';

const PERSON = '01J00000000000000000000001';
const definition = aDefinition({ id: 'nps', kind: 'nps', measure: 'nps' });
const due = (over: Partial<DueForNps> = {}): DueForNps => ({
  person: PERSON,
  day: '2026-11-23',
  ticket: aTicket({ customer: aCustomer({ email: 'kim@shop.example', name: 'Kim', locale: 'fa' }) }),
  known: anAskable({ contacts: emptySheet(PERSON) }),
  chosen: { definition },
  links,
  desk: { name: 'Desk', domain: 'desk.example' },
  ...over,
});

describe('somebody who is due', () => {
  test('is asked by one mail that names no ticket, on one sheet', () => {
    const { ask, mail, contacts } = askNps(due(), aContext());

    expect(ask).toMatchObject({ status: 'asked', person: PERSON, day: '2026-11-23', survey: 'nps@1' });
    expect(mail).toMatchObject({
      key: `nps#${PERSON}#2026-11-23`,
      to: { email: 'kim@shop.example', name: 'Kim' },
      locale: 'fa',
      content: { template: 'nps', link: links.survey, unsubscribe: links.unsubscribe },
    });
    expect(mail).not.toHaveProperty('ticketId');
    expect(contacts?.after.asks).toEqual([expect.objectContaining({ kind: 'nps', key: mail?.key })]);
  });

  test('is asked in the variant they drew', () => {
    const { ask } = askNps(due({ chosen: { definition, variant: 'short' } }), aContext());

    expect(ask).toMatchObject({ status: 'asked', variant: 'short' });
  });

  const asked = (days: number) => plus(mondayAt9, -days * DAY);
  const full = {
    ...emptySheet(PERSON),
    version: 1,
    asks: [8, 5].map((days) => ({
      key: `k${days}`,
      kind: 'csat' as const,
      at: asked(days),
      closedAt: asked(days - 1),
    })),
  };
  test.each<[string, Partial<DueForNps>]>([
    ['erased', { ticket: aTicket({ customer: { id: PERSON, locale: 'en', type: 'standard', erased: true } }) }],
    ['requester-is-staff', { ticket: aTicket({ customer: aCustomer({ email: 'Ada@desk.example' }) }) }],
    ['no-address', { ticket: aTicket({ customer: { id: PERSON, phone: '+49301', locale: 'en', type: 'standard' } }) }],
    ['address-suppressed', { known: anAskable({ suppressed: true }) }],
    ['opted-out', { known: anAskable({ optedOut: true }) }],
    ['being-put-right', { ticket: aTicket({ remediation: { state: 'open', cycle: 1, recoveryCycle: 2 } }) }],
    ['asked-lately', { lastAsked: asked(86) }],
    ['not-sampled', { chosen: { definition, skip: 'not-sampled' } }],
    ['held-out', { chosen: { definition, skip: 'held-out' } }],
    ['ask-open', { known: anAskable({ contacts: { ...full, asks: [{ key: 'k', kind: 'csat', at: asked(1) }] } }) }],
    ['asked-enough', { known: anAskable({ contacts: full }) }],
  ])('is passed over, and it is written down why: %s', (why, over) => {
    const decision = askNps(due(over), aContext());

    expect(decision).toEqual({ ask: expect.objectContaining({ status: 'skipped', why, day: '2026-11-23' }) });
  });

  test('is asked again once the period is over', () => {
    expect(askNps(due({ lastAsked: asked(88) }), aContext(mondayAt9, aPolicy())).ask.status).toBe('asked');
  });
});
