import type { SendingOutbox } from '../../adapters/dynamo/outbox.ts';
import type { OwedMail } from '../../domain/mail/owed.ts';
import type { Memory } from './memory.ts';

export const fakeOutbox = (memory: Memory): SendingOutbox => {
  const update = (key: string, change: (mail: OwedMail) => OwedMail | undefined): boolean => {
    const mail = memory.mails.get(key);
    const changed = mail && change(structuredClone(mail));
    if (changed) memory.mails.set(key, changed);
    return changed !== undefined;
  };
  return {
    get: async (key) => structuredClone(memory.mails.get(key)),
    sentAs: async (sesId) => memory.sent.get(sesId),
    claim: async ({ key }, now, claimsDieBefore) =>
      update(key, (mail) =>
        mail.status === 'owed' || (mail.status === 'sending' && (mail.claimedAt ?? '') < claimsDieBefore)
          ? { ...mail, status: 'sending', claimedAt: now, attempts: mail.attempts + 1 }
          : undefined,
      ),
    release: async (key, claimedAt) => {
      update(key, ({ claimedAt: held, ...mail }) =>
        mail.status === 'sending' && held === claimedAt ? { ...mail, status: 'owed' } : undefined,
      );
    },
    settle: async (key, outcome) => {
      update(key, ({ claimedAt, ...mail }) => {
        if (mail.status === 'sent') return undefined;
        if (outcome.status !== 'sent')
          return { ...mail, ...(claimedAt !== undefined && { claimedAt }), status: outcome.status };
        return { ...mail, status: 'sent', sentAt: outcome.at, messageId: outcome.messageId };
      });
      const mail = memory.mails.get(key);
      const message = memory.messages.find(({ id }) => id === mail?.message);
      if (outcome.status === 'sent' && message) message.mailId = outcome.messageId;
      if (outcome.status === 'sent' && mail) memory.sent.set(outcome.messageId, key);
    },
  };
};
