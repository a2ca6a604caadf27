import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyOfTag, NothingSent, postOffice, tagValue } from '../../adapters/ses/post-office.ts';
import { mockClient } from '../support/mock-client.ts';

const mail = { from: 'desk@example.com', to: 'kim@example.com', raw: new Uint8Array([1]), key: 'ack#T-7K2M9Q' };

const failing = (name: string, httpStatusCode?: number, message = name) =>
  Object.assign(new Error(message), { name, ...(httpStatusCode && { $metadata: { httpStatusCode } }) });

const atOnce = () => Promise.resolve();

const refusing = (...how: Parameters<typeof failing>) => {
  const client = mockClient(SESClient);
  client.on(SendRawEmailCommand).rejects(failing(...how));
  return { client, office: postOffice('set', new SESClient({}), atOnce) };
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
  const { office } = refusing(name, status);

  await expect(office.send(mail)).rejects.toMatchObject({ name: 'NothingSent', cause: { name } });
});

test('a mail that comes too fast is offered again', async () => {
  const client = mockClient(SESClient);
  const tooFast = failing('Throttling', 400, 'Maximum sending rate exceeded.');
  client.on(SendRawEmailCommand).rejectsOnce(tooFast).rejectsOnce(tooFast).resolves({ MessageId: 'ses-3' });

  const id = await postOffice('set', new SESClient({}), atOnce).send(mail);

  expect(id).toBe('ses-3');
});

test('a mail that comes too fast six times goes back to the queue', async () => {
  const { client, office } = refusing('Throttling', 400, 'Maximum sending rate exceeded.');

  await expect(office.send(mail)).rejects.toBeInstanceOf(NothingSent);
  expect(client.commandCalls(SendRawEmailCommand)).toHaveLength(6);
});

test.each([
  ['MessageRejected', 400, 'Email address is not verified.'],
  ['Throttling', 400, 'Daily message quota exceeded.'],
])('a mail that SES will not take for long is offered once: %s', async (...how) => {
  const { client, office } = refusing(...how);

  await expect(office.send(mail)).rejects.toBeInstanceOf(NothingSent);
  expect(client.commandCalls(SendRawEmailCommand)).toHaveLength(1);
});

test.each([
  ['InternalFailure', 500],
  ['TimeoutError', undefined],
])('after %s nobody knows whether it was sent', async (name, status) => {
  const { client, office } = refusing(name, status);

  const sending = office.send(mail);

  await expect(sending).rejects.toThrow(name);
  await expect(sending).rejects.not.toBeInstanceOf(NothingSent);
  expect(client.commandCalls(SendRawEmailCommand)).toHaveLength(1);
});
