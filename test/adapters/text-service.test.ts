import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { NoTextSent, TextRefused, textService } from '../../adapters/sns/text-service.ts';
import { mockClient } from '../support/mock-client.ts';

const said = { to: '+4930123456', words: 'Hello' };
const failing = (name: string, httpStatusCode?: number) =>
  Object.assign(new Error(name), { name, ...(httpStatusCode && { $metadata: { httpStatusCode } }) });

test('a text goes to its number, with the reliability that answers deserve', async () => {
  const mock = mockClient(SNSClient);
  mock.on(PublishCommand).resolves({ MessageId: 'sns-1' });

  const id = await textService(new SNSClient({})).send(said);

  expect(id).toBe('sns-1');
  expect(mock.commandCalls(PublishCommand)[0]?.args[0].input).toEqual({
    PhoneNumber: '+4930123456',
    Message: 'Hello',
    MessageAttributes: { 'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' } },
  });
});

test.each([
  ['a number that is none', failing('InvalidParameter', 400), TextRefused],
  ['a number that opted out', failing('OptedOutException', 400), TextRefused],
  ['too many at once', failing('ThrottledException', 429), NoTextSent],
  ['a missing grant', failing('AuthorizationErrorException', 403), NoTextSent],
])('%s', async (_, error, kind) => {
  const mock = mockClient(SNSClient);
  mock.on(PublishCommand).rejects(error);

  await expect(textService(new SNSClient({})).send(said)).rejects.toBeInstanceOf(kind);
});

test.each([
  ['an error of SNS', failing('InternalErrorException', 500)],
  ['a line that broke', failing('TimeoutError')],
])('%s leaves open whether it went out', async (_, error) => {
  const mock = mockClient(SNSClient);
  mock.on(PublishCommand).rejects(error);

  await expect(textService(new SNSClient({})).send(said)).rejects.toBe(error);
});

test('an answer without an id is none', async () => {
  const mock = mockClient(SNSClient);
  mock.on(PublishCommand).resolves({});

  await expect(textService(new SNSClient({})).send(said)).rejects.toThrow('without naming it');
});
