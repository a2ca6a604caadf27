import type { Edit } from './edit.ts';

const API_KEY = new RegExp(
  `(?<![A-Za-z0-9_-])(?:${[
    // AWS access keys
    '(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Z0-9])',
    // JSON Web Tokens
    'eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*)?',
    // Stripe
    '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}',
    'whsec_[A-Za-z0-9+/=]{16,}',
    // GitHub, GitLab, npm
    'gh[pousr]_[A-Za-z0-9]{20,}',
    'github_pat_[A-Za-z0-9_]{20,}',
    'glpat-[A-Za-z0-9_-]{16,}',
    'npm_[A-Za-z0-9]{30,}',
    // Slack
    'xox[abeoprs]-[A-Za-z0-9-]{10,}',
    // Google
    'AIza[A-Za-z0-9_-]{30,}',
    'ya29\\.[A-Za-z0-9_-]{20,}',
    // SendGrid, DigitalOcean, Shopify, Hugging Face, OpenAI and its kin
    'SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}',
    'do[opr]_v1_[a-f0-9]{32,}',
    'shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32,}',
    'hf_[A-Za-z0-9]{30,}',
    'sk-[A-Za-z0-9_-]{20,}',
  ].join('|')})`,
  'g',
);

/** `https://name:password@host`: the password. */
const URL_PASSWORD = /:\/\/[^\s/:@<>"']{0,128}:([^\s/@<>"']{1,256})@/g;

const AUTHORIZATION = /(?<![A-Za-z])(?:bearer|basic)\s{1,4}([A-Za-z0-9._~+/-]{16,}={0,2})/gi;

const PEM_BEGINS = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const PEM_ENDS = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

/** Keys and tokens that are known by how they are written, whatever stands around them. */
export const issuedKeys = (text: string): Edit[] => [
  ...[...text.matchAll(API_KEY)].map((match) => hidden(match.index, match[0], 'api-key')),
  ...[...text.matchAll(URL_PASSWORD)].flatMap((match) => inside(match, 'password')),
  ...[...text.matchAll(AUTHORIZATION)].flatMap((match) => inside(match, 'api-key')),
  ...privateKeys(text),
];

const hidden = (start: number, found: string, kind: Edit['kind']): Edit => ({
  start,
  end: start + found.length,
  by: '*'.repeat(Math.min(found.length, 4)),
  kind,
});

const inside = (match: RegExpExecArray, kind: Edit['kind']): Edit[] => {
  const [whole, secret = ''] = match;
  if (/^\*+$/.test(secret) || (kind === 'api-key' && !/\d/.test(secret))) return [];
  return [hidden(match.index + whole.lastIndexOf(secret), secret, kind)];
};

/** From the line that begins a private key to the one that ends it; one that was cut off ends where its letters do. */
const privateKeys = (text: string): Edit[] => {
  const edits: Edit[] = [];
  let done = 0;
  let moreEnds = true;
  for (const begin of text.matchAll(PEM_BEGINS)) {
    if (begin.index < done) continue;
    const from = begin.index + begin[0].length;
    PEM_ENDS.lastIndex = from;
    const end: RegExpExecArray | null = moreEnds ? PEM_ENDS.exec(text) : null;
    moreEnds = end !== null;
    const to = end === null ? from + lettersFrom(text, from) : end.index;
    if (to > from && text.slice(from, to) !== '****') edits.push(hidden(from, text.slice(from, to), 'private-key'));
    done = to;
  }
  return edits;
};

const LETTERS = /[A-Za-z0-9+/=\s\\]*/y;

const lettersFrom = (text: string, from: number): number => {
  LETTERS.lastIndex = from;
  return LETTERS.exec(text)?.[0].trimEnd().length ?? 0;
};
