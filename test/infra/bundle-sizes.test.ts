import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleFunctions } from '../../infra/bundling/bundle-functions.ts';
import { functionsDir, temporaryFolder } from './support/stand-ins.ts';

interface Limit {
  KB: number;
  /** What of it is not the SDK's, the house's, or the act's own. */
  because: string;
  of: readonly string[];
}

/** What reads and writes the table and holds a key of links weighs some 200 KB; functions that are not named here do no more. */
const USUAL = 400;

const limits: readonly Limit[] = [
  {
    KB: 400,
    because: 'somebody waits while it starts, and it is the way in',
    of: ['receive-ticket'],
  },
  {
    KB: 400,
    because: 'whoever is asked for a rating does not wait for the page',
    of: ['show-survey', 'answer-survey', 'show-unsubscribe', 'unsubscribe'],
  },
  {
    KB: 480,
    because: 'the page of a ticket, its conversation and its forms, and what may follow from an answer',
    of: [
      'show-ticket',
      'rate-reply',
      'choose-contact',
      'receive-answer',
      'reopen-ticket',
      'receive-form',
      'confirm-identity',
    ],
  },
  { KB: 450, because: 'it tells thanks from a question, in many languages', of: ['receive-mention'] },
  {
    KB: 530,
    because: 'it searches or shows the articles of all languages',
    of: ['show-knowledge', 'deflect-ticket', 'show-help', 'send-acknowledgement'],
  },
  {
    KB: 550,
    because: 'the telephone plans of all countries, 120 KB',
    of: ['receive-text', 'receive-call', 'receive-chat'],
  },
  {
    KB: 540,
    because: 'the client of S3, 140 KB, and a file is looked into',
    of: ['keep-uploads', 'receive-upload', 'show-attachment', 'erase-person', 'take-privacy-request'],
  },
  { KB: 600, because: 'the same, and the table counts what one origin has asked for', of: ['offer-upload'] },
  { KB: 460, because: 'clients of four services', of: ['dispatch-changes'] },
  { KB: 450, because: 'two clients, and the words of every mail', of: ['send-text'] },
  { KB: 540, because: 'the composer of mails, 140 KB; nobody waits for it', of: ['send-mail'] },
  { KB: 610, because: 'letters of all languages and the client of models; nobody waits for it', of: ['triage-ticket'] },
  {
    KB: 640,
    because: 'one router for all of an agent’s work: articles to offer, replies prepared, acts and reports',
    of: ['desk-api'],
  },
  {
    KB: 1200,
    because: 'parsers of mail, of HTML and of styles; nobody waits for it',
    of: ['receive-mail', 'open-parked'],
  },
];

/** What only few may carry, since each of these costs a start as much as all rules of the desk together. */
const carriers: Record<string, readonly string[]> = {
  nodemailer: ['send-mail'],
  'sanitize-html': ['open-parked', 'receive-mail'],
  'html-to-text': ['open-parked', 'receive-mail'],
  'postal-mime': ['open-parked', 'receive-mail'],
  tinyld: ['triage-ticket'],
  'libphonenumber-js': ['receive-call', 'receive-chat', 'receive-text'],
  minisearch: ['desk-api', 'send-acknowledgement', 'show-help', 'show-knowledge'],
  'file-type': ['offer-upload', 'open-parked', 'receive-mail', 'receive-upload'],
};

/** What must not be in any bundle: slow at each start, and there is a lighter way. */
const never = ['zod/v4/classic', '@aws-lambda-powertools/tracer', 'luxon', '@aws-sdk/lib-dynamodb'];

const folder = temporaryFolder();
let names: string[];
let inputs: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  names = await bundleFunctions({ functionsDir, outDir: folder.path });
  const meta = JSON.parse(readFileSync(join(folder.path, 'meta.json'), 'utf8'));
  const outputs: Array<[string, { inputs: Record<string, { bytesInOutput: number }> }]> = Object.entries(meta.outputs);
  inputs = new Map(
    outputs.map(([path, output]) => [
      path.split('/').at(-2) ?? '',
      Object.entries(output.inputs).flatMap(([input, { bytesInOutput }]) => (bytesInOutput > 0 ? [input] : [])),
    ]),
  );
});

afterAll(() => folder.remove());

const bytes = (name: string) => statSync(join(folder.path, name, 'index.js')).size;
const carrying = (part: string) => names.filter((name) => inputs.get(name)?.some((input) => input.includes(part)));

describe('a bundle weighs', () => {
  test.each(limits)('at most $KB KB where $because', ({ KB, of }) => {
    expect(of.filter((name) => bytes(name) > KB * 1000)).toEqual([]);
  });

  test(`at most ${USUAL} KB where nothing else is said`, () => {
    const named = limits.flatMap(({ of }) => of);

    expect(names.filter((name) => !named.includes(name) && bytes(name) > USUAL * 1000)).toEqual([]);
  });

  test('no more than one limit allows, and every limit is of a function that there is', () => {
    const named = limits.flatMap(({ of }) => of);

    expect(named.filter((name, index) => named.indexOf(name) !== index)).toEqual([]);
    expect(named.filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe('a bundle carries', () => {
  test.each(Object.entries(carriers))('%s only where it is needed', (part, allowed) => {
    expect(carrying(`node_modules/${part}/`)).toEqual(allowed);
  });

  test.each(never)('%s nowhere', (part) => {
    expect(carrying(`node_modules/${part}/`)).toEqual([]);
  });

  test('words only of what it says: a mail’s only where mails are written', () => {
    expect(carrying('build/desk/words/mail.json')).toEqual(['apologise-and-ask', 'send-mail', 'send-text']);
    expect(carrying('build/desk/words/ticket.json')).toEqual([
      'choose-contact',
      'rate-reply',
      'receive-answer',
      'reopen-ticket',
      'show-ticket',
    ]);
  });
});
