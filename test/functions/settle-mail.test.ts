import { expect, test } from 'vitest';
import { tagValue } from '../../adapters/ses/post-office.ts';
import { build as acknowledge } from '../../functions/send-acknowledgement/handler.ts';
import { build } from '../../functions/settle-mail/handler.ts';
import { aDesk, anOpenTicket, type Desk } from './support.ts';

const anOwedMail = async (desk: Desk): Promise<string> => {
  const ticketId = await anOpenTicket(desk);
  await acknowledge(desk)({ ticketId });
  return `ack#${ticketId}`;
};

const told = (key: string | undefined, eventType: string, about: object = {}) => ({
  source: 'aws.ses',
  detail: {
    eventType,
    mail: {
      timestamp: '2026-11-23T08:00:05Z',
      messageId: 'ses-9',
      tags: { 'ses:configuration-set': ['set'], ...(key && { key: [tagValue(key)] }) },
    },
    ...about,
  },
});

const bounced = (bounceType: string) => ({
  bounce: { bounceType, bouncedRecipients: [{ emailAddress: 'kim@example.com' }] },
});

const bounces = (desk: Desk) => desk.memory.events.filter(({ type }) => type === 'mail-bounced');

test('a mail that SES says it sent is settled with the id SES gave it', async () => {
  const desk = aDesk();
  const key = await anOwedMail(desk);

  await build(desk)(told(key, 'Send', { send: {} }));

  expect(desk.memory.mails.get(key)).toMatchObject({
    status: 'sent',
    messageId: 'ses-9',
    sentAt: '2026-11-23T08:00:05.000Z',
  });
});

test('a hard bounce suppresses the address, and the ticket says so once', async () => {
  const desk = aDesk();
  const key = await anOwedMail(desk);

  await build(desk)(told(key, 'Bounce', bounced('Permanent')));
  await build(desk)(told(key, 'Bounce', bounced('Permanent')));

  expect(await desk.suppressions.has('kim@example.com')).toBe(true);
  expect(bounces(desk)).toMatchObject([{ mail: key, permanent: true }]);
});

test('a passing bounce is told, and the address stays in use', async () => {
  const desk = aDesk();
  const key = await anOwedMail(desk);

  await build(desk)(told(key, 'Bounce', bounced('Transient')));

  expect(await desk.suppressions.has('kim@example.com')).toBe(false);
  expect(bounces(desk)).toMatchObject([{ permanent: false }]);
});

test('a complaint suppresses the address', async () => {
  const desk = aDesk();
  const key = await anOwedMail(desk);

  await build(desk)(
    told(key, 'Complaint', { complaint: { complainedRecipients: [{ emailAddress: 'kim@example.com' }] } }),
  );

  expect(await desk.suppressions.has('kim@example.com')).toBe(true);
  expect(bounces(desk)).toHaveLength(1);
});

test('events in any order lead to the same', async () => {
  const desk = aDesk();
  const key = await anOwedMail(desk);

  await build(desk)(told(key, 'Bounce', bounced('Permanent')));
  await build(desk)(told(key, 'Send', { send: {} }));

  expect(desk.memory.mails.get(key)?.status).toBe('sent');
  expect(bounces(desk)).toHaveLength(1);
});

test('a mail that is not from the outbox is passed over', async () => {
  const desk = aDesk();

  await build(desk)(told(undefined, 'Bounce', bounced('Permanent')));
  await build(desk)(told('ack#T-NOBODY', 'Send', { send: {} }));

  expect(desk.memory.suppressed.size).toBe(0);
  expect(desk.memory.mails.size).toBe(0);
});
