import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyOfTag, NothingSent, postOffice, tagValue } from '../../adapters/ses/post-office.ts';
import { mockClient } from '../support/mock-client.ts';

const mail = { from: 'desk@example.com', to: 'kim@example.com', raw: new Uint8Array([1]), key: 'ack#T-7K2M9Q' };

const refusing = (name: string, httpStatusCode?: number) => {
  const client = mockClient(SESClient);
  client
    .on(SendRawEmailCommand)
    .rejects(Object.assign(new Error(name), { name, ...(httpStatusCode && { $metadata: { httpStatusCode } }) }));
  return postOffice('set', new SESClient({}));
};

test('a mail goes to its one recipient, with its key as a tag that SES accepts', async () => {
  const client = mockClient(SESClient);
  client.on(SendRawEmailCommand).resolves({ MessageId: 'ses-1' });

  const id = await postOffice('set', new SESClient({})).send(mail);

  expect(id).toBe('ses-1');
  expect(client.commandCalls(SendRawEmailCommand)[0]?.args[0].input).toEqual({
    Source: 'desk@example.com',
    Destinations: ['kim@example.com'],
    RawMessage: { Data: mail.raw },
    ConfigurationSetName: 'set',
    Tags: [{ Name: 'key', Value: 'ack.T-7K2M9Q' }],
  });
});

test('any key survives being a tag', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (key) => {
      expect(tagValue(key)).toMatch(/^[A-Za-z0-9_.@-]*$/);
      expect(keyOfTag(tagValue(key))).toBe(key);
    }),
  );
  expect(tagValue('reminder#T-1#2026-11-22T09:00:00.000Z')).toBe('reminder.T-1.2026-11-22T09_3a-00_3a-00_2e-000Z');
});

test.each([
  ['MessageRejected', 400],
  ['Throttling', 400],
])('%s says for certain that nothing was sent', async (name, status) => {
  await expect(refusing(name, status).send(mail)).rejects.toMatchObject({ name: 'NothingSent', cause: { name } });
});

test.each([
  ['InternalFailure', 500],
  ['TimeoutError', undefined],
])('after %s nobody knows whether it was sent', async (name, status) => {
  const sending = refusing(name, status).send(mail);

  await expect(sending).rejects.toThrow(name);
  await expect(sending).rejects.not.toBeInstanceOf(NothingSent);
});
