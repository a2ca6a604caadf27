import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { readWords, type Words } from '../../../../domain/mail/reply-text/read-words.ts';

/** A mail of the collection in test/fixtures/reply-text, and what its reader should make of it. */
const sample = z.strictObject({
  client: z.string(),
  language: z.string(),
  subject: z.string(),
  answer: z.boolean(),
  text: z.optional(z.string()),
  html: z.optional(z.string()),
  expect: z.strictObject({
    /** The person's words, exactly; spaces and line ends aside. */
    text: z.optional(z.string()),
    contains: z.optional(z.array(z.string())),
    without: z.array(z.string()),
  }),
});

export type Sample = z.infer<typeof sample> & { name: string };

const folder = new URL('../../../fixtures/reply-text/', import.meta.url);

export const collection = (): Sample[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({ name: file.slice(0, -5), ...sample.parse(parse(readFileSync(new URL(file, folder), 'utf8'))) }));

/** The mail with the parts that are asked for: most programs send two, and a reader must manage with either. */
export const readSample = ({ subject, answer, text, html }: Sample, parts: 'both' | 'text' | 'html' = 'both'): Words =>
  readWords({
    subject,
    answer,
    ...(parts !== 'html' && text !== undefined && { text }),
    ...(parts !== 'text' && html !== undefined && { html }),
  });

/** What is wrong with the words that were read; undefined when nothing is. */
export const problemWith = ({ expect }: Sample, { text }: Words): string | undefined => {
  const got = plain(text);
  if (expect.text !== undefined && got !== plain(expect.text)) return `want ${short(expect.text)}, got ${short(text)}`;
  const lost = expect.contains?.find((part) => !got.includes(plain(part)));
  if (lost !== undefined) return `lost ${short(lost)}`;
  const left = expect.without.find((part) => got.includes(plain(part)));
  return left === undefined ? undefined : `left in ${short(left)}`;
};

const plain = (text: string): string => text.replaceAll(/[\s\u00a0]+/g, ' ').trim();
const short = (text: string): string => JSON.stringify(text.length > 160 ? `${text.slice(0, 157)}…` : text);
