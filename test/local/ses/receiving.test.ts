import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fitsCondition } from '../../../local/ses/addresses.ts';
import { readVerdicts } from '../../../local/ses/receipt-event.ts';
import { aDeskMail, aMail, type DeskMail, RECEIVE } from './desk-mail.ts';

const ROOT = { kind: 'root' } as const;

describe('mail in', () => {
  let desk: DeskMail;

  beforeEach(async () => {
    desk = await aDeskMail();
  });

  afterEach(async () => {
    await desk.stop();
    await desk.rig.close();
  });

  const firstStored = async (): Promise<string> => {
    const { objects } = await desk.rig.aws.call('s3', 'ListObjectsV2', { Bucket: 'mail' }, ROOT);
    return Array.isArray(objects) ? String(objects[0]?.key) : '';
  };

  const stored = async (messageId: string): Promise<string> => {
    const got = await desk.rig.aws.call('s3', 'GetObject', { Bucket: 'mail', Key: `in/${messageId}` }, ROOT);
    return String(got.Body);
  };

  test('is stored raw, then told to the function with its verdicts and headers', async () => {
    const to = ['support@desk.example.com', 'desk+x@desk.example.com'];

    const receipt = desk.ses.receive({
      from: 'anna@customer.example',
      to,
      raw: aMail({ Subject: '=?utf-8?B?2LPZhNin2YU=?=' }),
    });
    await desk.rig.kernel.timeMachine.settle();

    const [{ mail, receipt: facts } = { mail: {}, receipt: {} }] = desk.received();
    expect(receipt).toMatchObject({ accepted: true, messageId: mail.messageId, refused: [] });
    expect(mail).toMatchObject({
      source: 'anna@customer.example',
      destination: to,
      headersTruncated: false,
      commonHeaders: {
        returnPath: 'anna@customer.example',
        from: ['Anna <anna@customer.example>'],
        to: ['support@desk.example.com'],
        subject: 'سلام',
        messageId: '<1@customer.example>',
      },
    });
    expect(mail.headers).toContainEqual({ name: 'Message-ID', value: '<1@customer.example>' });
    expect(facts).toMatchObject({
      recipients: to,
      spfVerdict: { status: 'PASS' },
      dkimVerdict: { status: 'PASS' },
      dmarcVerdict: { status: 'PASS' },
      spamVerdict: { status: 'PASS' },
      virusVerdict: { status: 'PASS' },
      action: { type: 'Lambda', functionArn: RECEIVE, invocationType: 'Event' },
    });
    expect(desk.lambda.calls[0]?.caller).toEqual({
      kind: 'service',
      principal: 'ses.amazonaws.com',
      sourceArn: 'arn:aws:ses:us-east-1:000000000000:receipt-rule-set/set:receipt-rule/desk',
    });
    expect(await stored(String(mail.messageId))).toMatch(
      /^Return-Path: <anna@customer\.example>\r\nReceived: [\s\S]*\r\n\r\nHello\r\n$/,
    );
  });

  test('has the verdicts that were set, whatever its own headers claim', async () => {
    const raw = aMail({ 'X-SES-Spam-Verdict': 'PASS', 'x-verdicts': 'spf=PASS' });

    desk.ses.receive({
      from: 'a@b.example',
      to: ['a@desk.example.com'],
      raw,
      verdicts: { dmarc: 'FAIL', virus: 'FAIL', dmarcPolicy: 'reject' },
    });
    await desk.rig.kernel.timeMachine.settle();

    expect(desk.received()[0]?.receipt).toMatchObject({
      dmarcVerdict: { status: 'FAIL' },
      dmarcPolicy: 'reject',
      virusVerdict: { status: 'FAIL' },
      spfVerdict: { status: 'PASS' },
    });
  });

  test('to nobody’s address is refused; of several the known ones get it', async () => {
    const refused = desk.ses.receive({ from: 'a@b.example', to: ['x@other.example'], raw: aMail() });
    const partly = desk.ses.receive({
      from: 'a@b.example',
      to: ['x@other.example', 'a@desk.example.com'],
      raw: aMail(),
    });
    await desk.rig.kernel.timeMachine.settle();

    expect(refused).toEqual({ accepted: false, reason: expect.stringContaining('550') });
    expect(partly).toMatchObject({ accepted: true, refused: ['x@other.example'] });
    expect(desk.received().map(({ receipt }) => receipt.recipients)).toEqual([['a@desk.example.com']]);
  });

  test('over 40 MB is refused', () => {
    const receipt = desk.ses.receive({ from: '', to: ['a@desk.example.com'], raw: Buffer.alloc(40 * 1024 * 1024 + 1) });

    expect(receipt).toEqual({ accepted: false, reason: expect.stringContaining('552') });
  });

  test('goes through the rules in their order until one stops', async () => {
    desk.ses.receive({ from: 'a@b.example', to: ['boss+x@example.net', 'a@desk.example.com'], raw: aMail() });
    desk.ses.receive({ from: 'a@b.example', to: ['boss@example.net'], raw: aMail() });
    await desk.rig.kernel.timeMachine.settle();

    const recipients = desk.received().map(({ receipt }) => receipt.recipients);
    expect(recipients).toHaveLength(2);
    expect(recipients).toContainEqual(['a@desk.example.com']);
    expect(recipients).toContainEqual(['boss@example.net']);
  });

  test('that a rule bounces comes back to its sender as an automatic mail', async () => {
    desk.ses.receive({ from: 'a@b.example', to: ['x@sub.example.org'], raw: aMail() });
    desk.ses.receive({ from: '', to: ['x@sub.example.org'], raw: aMail() });
    await desk.rig.kernel.timeMachine.settle();

    expect(desk.ses.mails()).toMatchObject([{ to: ['a@b.example'], headers: { 'auto-submitted': 'auto-replied' } }]);
  });

  test('waits on the virtual clock while its bucket is down, and nothing comes before it', async () => {
    desk.rig.faults.add([{ service: 's3', operation: 'PutObject', error: 'SlowDown', times: 2 }]);

    desk.ses.receive({ from: 'a@b.example', to: ['a@desk.example.com'], raw: aMail() });
    await desk.rig.kernel.timeMachine.settle();
    const atFirst = desk.received().length;
    await desk.rig.kernel.timeMachine.moveTo(desk.rig.kernel.clock.now() + 60_000);

    expect(atFirst).toBe(0);
    expect(desk.received()).toHaveLength(1);
  });

  test('is not stored a second time when only its function was out of reach', async () => {
    desk.rig.faults.add([{ service: 'lambda', error: 'ServiceException', times: 1 }]);
    desk.ses.receive({ from: 'a@b.example', to: ['a@desk.example.com'], raw: aMail() });
    await desk.rig.kernel.timeMachine.settle();
    const Key = await firstStored();
    await desk.rig.aws.call('s3', 'DeleteObject', { Bucket: 'mail', Key }, ROOT);

    await desk.rig.kernel.timeMachine.moveTo(desk.rig.kernel.clock.now() + 60_000);

    const listed = await desk.rig.aws.call('s3', 'ListObjectsV2', { Bucket: 'mail' }, ROOT);
    expect(listed.objects).toHaveLength(0);
    expect(desk.received()).toHaveLength(1);
  });

  test('with more headers than an event carries says so', async () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`X-Filler-${n}`, 'x'.repeat(60)]));

    desk.ses.receive({ from: 'a@b.example', to: ['a@desk.example.com'], raw: aMail(many) });
    await desk.rig.kernel.timeMachine.settle();

    expect(desk.received()[0]?.mail.headersTruncated).toBe(true);
  });
});

test('what was accepted before a crash is stored and told after it, sent mail stays, and its events still come', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'ses-'));
  const file = join(directory, 'store.db');
  const before = await aDeskMail(file);
  before.ses.receive({ from: 'a@b.example', to: ['a@desk.example.com'], raw: aMail() });
  const raw = aMail({ From: 'support@desk.example.com', To: 'a@b.example' });
  const sent = before.rig.aws.call(
    'ses',
    'SendRawEmail',
    { RawMessage: { Data: raw }, ConfigurationSetName: 'fate' },
    ROOT,
  );
  await sent;
  await before.stop();
  before.rig.kernel.store.close();

  const after = await aDeskMail(file);
  await after.rig.kernel.timeMachine.settle();

  const listed = await after.rig.aws.call('s3', 'ListObjectsV2', { Bucket: 'mail' }, ROOT);
  expect(listed.objects).toHaveLength(1);
  expect(after.received()).toHaveLength(1);
  expect(after.ses.mails()).toMatchObject([{ n: 1, to: ['a@b.example'] }]);
  expect(after.fates().length + before.fates().length).toBeGreaterThanOrEqual(2);
  await after.stop();
  await after.rig.close();
  rmSync(directory, { recursive: true });
});

test.each([
  ['desk.example.com', 'a@desk.example.com', true],
  ['desk.example.com', 'a@sub.desk.example.com', false],
  ['desk.example.com', 'a@evildesk.example.com', false],
  ['.example.com', 'a@desk.example.com', true],
  ['.example.com', 'a@example.com', false],
  ['a@example.com', 'a@example.com', true],
  ['a@example.com', 'a+label@example.com', true],
  ['a+label@example.com', 'a@example.com', false],
  ['A@Example.com', 'a@example.com', true],
])('the condition %s for %s is %s', (condition, address, fits) => {
  expect(fitsCondition(condition, address)).toBe(fits);
});

test('verdicts from outside are read by name, and unknown ones are an error', () => {
  expect(readVerdicts({ spf: 'FAIL', virus: 'PASS' })).toEqual({ spf: 'FAIL', virus: 'PASS' });
  expect(() => readVerdicts({ spf: 'MAYBE' })).toThrow('spf=MAYBE');
  expect(() => readVerdicts({ dkin: 'PASS' })).toThrow('dkin=PASS');
});
