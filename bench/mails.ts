import { readdirSync, readFileSync } from 'node:fs';
import { readWords } from '../domain/mail/reply-text/read-words.ts';
import { readMail } from '../functions/receive-mail/read-mail.ts';
import type { Figure } from './figure.ts';

const FOLDERS = ['test/fixtures/mail-in'];
const ROUNDS = 5;

const parts = (count: number): Buffer =>
  Buffer.from(
    [
      'From: kim@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n',
      ...Array.from({ length: count }, (_, index) => `--b\r\nContent-Type: text/x-part\r\n\r\n${index}\r\n`),
      '--b--\r\n',
    ].join(''),
  );

/** The middle of five, in milliseconds of the processor: the machine does other things too. */
const milliseconds = async (work: () => Promise<unknown>): Promise<number> => {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(from);
    times.push((user + system) / 1000);
  }
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
};

const read = async (raw: Uint8Array): Promise<void> => {
  const { text, html, subject } = await readMail(raw, []);
  readWords({ ...(text !== undefined && { text }), ...(html !== undefined && { html }), subject, answer: true });
};

/** What it takes to read a mail: each fixture, the dearest of which counts, and a mail made to be slow. */
export const mails = async (): Promise<Figure[]> => {
  const fixtures = FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`)));
  for (const raw of fixtures) await read(raw);
  let slowest = 0;
  for (const raw of fixtures) slowest = Math.max(slowest, await milliseconds(() => read(raw)));
  const bomb = parts(10_000);
  return [
    { what: `reading the slowest of ${fixtures.length} fixtures of mail`, value: slowest, unit: 'ms', target: 50 },
    { what: 'reading a mail of 10,000 parts', value: await milliseconds(() => read(bomb)), unit: 'ms', target: 5000 },
  ];
};
