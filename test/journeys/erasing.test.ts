import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import {
  act,
  broken,
  clientOf,
  linkIn,
  mailsTo,
  openTicket,
  rate,
  seen,
  startDesk,
  surveyMailTo,
  typesOf,
} from '../support/journey.ts';

const address = 'zuleika@quaresma.example';
/** Figures of what is under way: the erasure ends it, and they say so. */
const UNDECIDED = ['surveys.skipped', 'service-recovery-rate.so-far'];
/** Everything that tells who she is or what was said of her, in small letters. */
const MARKS = ['zuleika', 'quaresma', 'xylophone', 'kettledrum', 'glockenspiel', 'marimba', 'asia/tehran'];

// It reads everything that the account keeps, beside whatever else the machine does: slow is not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const asAdmin = (method: string, path: string) => desk.as('lina', 'admin', method, path);

/** A mail as it comes, with a file. */
const mailWithFile = (subject: string, headers: string[] = []) =>
  [
    `From: Zuleika Quaresma <${address}>`,
    'To: support@desk.example.com',
    `Subject: ${subject}`,
    `Message-ID: <${subject.length}.${headers.length}@quaresma.example>`,
    ...headers,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'The marimba is out of tune. Zuleika',
    '--b',
    'Content-Type: text/plain; name="marimba.txt"',
    'Content-Disposition: attachment; filename="marimba.txt"',
    '',
    'A marimba has five octaves.',
    '--b--',
    '',
  ].join('\r\n');

const receive = async (raw: string): Promise<void> => {
  const answer = await fetch(`${desk.url}/_local/mail`, {
    method: 'POST',
    body: raw,
    headers: { 'x-mail-from': address, 'x-rcpt-to': 'support@desk.example.com', 'x-verdicts': 'spf=PASS,dmarc=PASS' },
  });
  expect(answer.status).toBeLessThan(300);
  await desk.settle();
};

/** Where a mark is still found, in everything that the account keeps. */
const traces = async (): Promise<string[]> => {
  const found: string[] = [];
  const look = (where: string, text: string) => {
    const small = text.toLowerCase();
    found.push(...MARKS.filter((mark) => small.includes(mark)).map((mark) => `${where}: ${mark}`));
  };
  const dynamodb = new DynamoDBClient(clientOf(desk));
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, { TableName: 'careline-local-desk' }))
    for (const item of Items) look(`${item.PK?.S} ${item.SK?.S}`, JSON.stringify(item));

  const s3 = new S3Client({ ...clientOf(desk), forcePathStyle: true });
  for (const { Name: Bucket = '' } of (await s3.send(new ListBucketsCommand({}))).Buckets ?? [])
    for (const { Key = '' } of (await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      look(`${Bucket} ${Key}`, `${Key} ${await Body?.transformToString()}`);
    }

  const sqs = new SQSClient(clientOf(desk));
  for (const QueueUrl of (await sqs.send(new ListQueuesCommand({}))).QueueUrls ?? [])
    for (const { Body = '' } of (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 })))
      .Messages ?? [])
      look(QueueUrl, Body);

  look('logs', JSON.stringify((await desk.control('GET', 'logs')).logs));
  for (const { name } of await desk.executions())
    look(name, JSON.stringify(await desk.control('GET', `executions/${encodeURIComponent(name)}`)));
  return found;
};

test('an erased person is found nowhere any more, and every figure is what it was', async () => {
  // She wrote by mail with a file, by the form, on somebody else's ticket, and was away once.
  await receive(mailWithFile('Xylophone'));
  await receive(mailWithFile('Out of office: glockenspiel', ['Auto-Submitted: auto-replied']));
  const customer = { email: address, name: 'Zuleika Quaresma', timeZone: 'Asia/Tehran', locale: 'en' };
  const form = { subject: 'Kettledrum refused', body: 'My kettledrum is refused.', customer };
  const rated = await openTicket(desk, address, { ...form, context: { device: 'Glockenspiel 3000' } });
  const waiting = await openTicket(desk, address, form);
  const others = await openTicket(desk, 'sam@example.com');
  await receive(mailWithFile(`Re: [${others}] marimba`));
  // The desk wrote about her, solved it, was rated badly and puts it right; another ticket is on hold for her.
  await act(desk, 'notes', rated, { body: 'Zuleika plays the xylophone.' });
  await act(desk, 'hold', waiting, { reason: 'Zuleika asks her marimba teacher.' });
  const solved = { cause: 'A kettledrum.', solution: 'Zuleika bought another.' };
  await act(desk, 'replies', rated, { body: 'Dear Zuleika, it works again.', then: 'resolved', ...solved });
  await desk.move({ advance: 'PT1H' });
  await rate(desk, linkIn(await surveyMailTo(desk, address), 's'), {
    satisfaction: '1',
    issue: 'The glockenspiel said no',
    resolved: 'no',
  });
  await desk.settle();
  const lastMail = (await mailsTo(desk, address)).findLast(({ headers }) => headers['reply-to'] !== undefined);
  const mailed = linkIn(lastMail, 't');
  const figures = async () => {
    const reports = ['sla', 'surveys', 'agents', 'recovery'].map(async (name) => {
      const period = 'from=2026-11-01&to=2026-12-31';
      const { status, json } = await desk.as('lina', 'lead', 'GET', `/desk/reports/${name}?${period}`);
      expect(status).toBe(200);
      return json.figures
        .filter((figure: { name: string }) => !UNDECIDED.includes(figure.name))
        .map(
          ({ name: of, value, n }: { name: string; value: unknown; n: number }) => `${name} ${of}: ${value} of ${n}`,
        );
    });
    return (await Promise.all(reports)).flat();
  };
  const before = await figures();
  const id = (await seen(desk, rated)).ticket.customer.id;
  const held = await asAdmin('GET', `/desk/customers/${id}/export`);

  // Everything that is held is handed out, to an admin alone.
  expect((await desk.as('lina', 'lead', 'GET', `/desk/customers/${id}/export`)).status).toBe(403);
  expect((await desk.as('lina', 'lead', 'DELETE', `/desk/customers/${id}`)).status).toBe(403);
  expect(held.json).toMatchObject({
    customer: { identities: [{ email: address }] },
    writtenOnTicketsOfOthers: [{ from: address }],
    parkedMails: [{ subject: 'Out of office: glockenspiel' }],
  });
  expect(held.json.tickets).toHaveLength(3);
  for (const mark of MARKS) expect(held.text.toLowerCase()).toContain(mark);
  const byMail = held.json.tickets.find(({ ticket }: { ticket: { channel: string } }) => ticket.channel === 'mail');
  const { file } = byMail.messages[0].attachments[0];
  expect(await (await fetch(file)).text()).toContain('five octaves');

  const places = await traces();
  for (const place of ['TICKET#', 'CUSTOMER#', 'MAIL#', 'PARKED#', 'FACTS#', ' in/', ' attachments/'])
    expect(
      places.some((each) => each.includes(place)),
      place,
    ).toBe(true);

  // Erased: at once who she is, then all the rest.
  const accepted = await asAdmin('DELETE', `/desk/customers/${id}`);
  expect(accepted).toMatchObject({ status: 202, json: { request: { kind: 'erasure', state: 'running' } } });
  expect((await asAdmin('GET', `/desk/customers/${encodeURIComponent(address)}`)).status).toBe(404);
  await desk.move({ advance: 'PT20M' });

  expect((await asAdmin('GET', accepted.json.links.request)).json.request).toMatchObject({
    state: 'done',
    erased: { tickets: 3 },
  });
  expect((await asAdmin('DELETE', `/desk/customers/${id}`)).json.request.id).toBe(accepted.json.request.id);
  expect(await traces()).toEqual([]);
  expect(await broken(desk)).toEqual([]);
  expect(
    (await desk.executions()).filter(
      ({ name, status }) => status === 'RUNNING' && [rated, waiting].some((each) => name.includes(each)),
    ),
  ).toEqual([]);
  const left = await seen(desk, waiting);
  expect(left.ticket).toMatchObject({ subject: '', status: 'closed', customer: { id, erased: true } });
  expect(typesOf(left).slice(-2)).toEqual(['erased', 'closed']);
  expect((await desk.request('GET', mailed)).status).toBe(410);
  expect((await desk.as('ada', 'agent', 'POST', `/desk/tickets/${waiting}/reopen`, {})).status).toBe(409);
  expect((await seen(desk, others)).messages.map(({ text }) => text)).toEqual(['My card is refused.', '']);
  expect(await figures()).toEqual(before);

  // She may come back as somebody new, and is not asked for ratings.
  const again = await openTicket(desk, address, form);
  await act(desk, 'replies', again, { body: 'Welcome.', then: 'resolved' });
  await desk.move({ advance: 'P1D' });
  const back = await seen(desk, again);
  const to = lastMail?.headers['reply-to'] ?? '';
  await desk.write({ from: address, to, subject: lastMail?.subject ?? '', text: 'Still here?' });
  await desk.settle();
  const answered = (await asAdmin('GET', `/desk/customers/${encodeURIComponent(address)}`)).json;
  expect(answered.tickets.map(({ id: each }: { id: string }) => each)).toHaveLength(2);
  expect(back.ticket.customer.id).not.toBe(id);
  expect(typesOf(back)).toContain('survey-skipped');
  await expect(surveyMailTo(desk, address).then(({ at }) => at > back.ticket.createdAt)).resolves.toBe(false);
});
