import { describe, expect, test } from 'vitest';
import type { OwedMail } from '../../domain/mail/owed.ts';
import { aMail, aMessage, at, opening } from './changes.ts';
import { type Desk, onBothDesks } from './desks.ts';

/** A mail owed with the opening of a ticket; it carries the first message. */
const anOwedMail = async ({ tickets }: Desk): Promise<OwedMail> => {
  const change = opening();
  const message = aMessage(change.after);
  const mail = aMail(change.after, { message: message.id });
  await tickets.record({ ...change, messages: [message], mails: [mail] });
  return mail;
};

describe('the outbox', () => {
  onBothDesks((desk) => {
    test('a mail is owed as it was recorded', async () => {
      const mail = await anOwedMail(desk());

      const found = await desk().outbox.get(mail.key);

      expect(found).toEqual(mail);
      expect(await desk().outbox.get('none')).toBeUndefined();
    });

    test('of ten who would send it one gets the claim', async () => {
      const mail = await anOwedMail(desk());

      const claims = await Promise.all(Array.from({ length: 10 }, () => desk().outbox.claim(mail, at(20), at(10))));

      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await desk().outbox.get(mail.key)).toMatchObject({ status: 'sending', claimedAt: at(20), attempts: 1 });
    });

    test('a claim dies only after its time', async () => {
      const mail = await anOwedMail(desk());
      await desk().outbox.claim(mail, at(20), at(10));

      const living = await desk().outbox.claim(mail, at(30), at(20));
      const dead = await desk().outbox.claim(mail, at(31), at(21));

      expect([living, dead]).toEqual([false, true]);
      expect(await desk().outbox.get(mail.key)).toMatchObject({ claimedAt: at(31), attempts: 2 });
    });

    test('a claim given back may be taken at once, but only by the one who held it', async () => {
      const mail = await anOwedMail(desk());
      await desk().outbox.claim(mail, at(20), at(10));

      await desk().outbox.release(mail.key, at(19));
      const held = await desk().outbox.get(mail.key);
      await desk().outbox.release(mail.key, at(20));

      expect(held?.status).toBe('sending');
      expect(await desk().outbox.get(mail.key)).toMatchObject({ status: 'owed', attempts: 1 });
    });

    test('a sent mail keeps the id SES gave it, on itself and on its message, and is not claimed again', async () => {
      const mail = await anOwedMail(desk());
      await desk().outbox.claim(mail, at(20), at(10));

      await desk().outbox.settle(mail.key, { status: 'sent', messageId: 'ses-1', at: at(21) });
      const again = await desk().outbox.claim(mail, at(59), at(58));

      expect(again).toBe(false);
      const found = await desk().outbox.get(mail.key);
      expect(found).toMatchObject({ status: 'sent', sentAt: at(21), messageId: 'ses-1' });
      expect(found).not.toHaveProperty('claimedAt');
      const messages = await desk().tickets.messages(mail.ticketId ?? '');
      expect(messages.find(({ id }) => id === mail.message)?.mailId).toBe('ses-1');
    });

    test('what was sent stays sent, whatever is told later', async () => {
      const mail = await anOwedMail(desk());
      await desk().outbox.settle(mail.key, { status: 'sent', messageId: 'ses-1', at: at(21) });

      await desk().outbox.settle(mail.key, { status: 'failed', why: 'late', at: at(22) });
      await desk().outbox.settle(mail.key, { status: 'sent', messageId: 'ses-1', at: at(23) });

      expect(await desk().outbox.get(mail.key)).toMatchObject({ status: 'sent', sentAt: at(21) });
    });

    test('a suppressed mail is not claimed', async () => {
      const mail = await anOwedMail(desk());

      await desk().outbox.settle(mail.key, { status: 'suppressed', why: 'bounce', at: at(21) });

      expect(await desk().outbox.claim(mail, at(59), at(58))).toBe(false);
    });

    test('settling a mail nobody owes makes none', async () => {
      await desk().outbox.settle('none', { status: 'sent', messageId: 'ses-1', at: at(21) });
      await desk().outbox.settle('none', { status: 'failed', why: 'x', at: at(21) });

      expect(await desk().outbox.get('none')).toBeUndefined();
    });
  });
});
