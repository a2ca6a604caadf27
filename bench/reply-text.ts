import { readWords } from '../domain/mail/reply-text/read-words.ts';
import { collection, readSample } from '../test/domain/mail/reply-text/collection.ts';
import type { Figure } from './figure.ts';

const MEGABYTE = 1_000_000;
/** Just under what is still read as a tree of HTML: the dearest that can be sent. */
const HTML_LETTERS = 149_000;
const HTML_SIGNS = 5900;

const filled = (unit: string, letters = MEGABYTE): string => unit.repeat(Math.floor(letters / unit.length));

const html = (unit: string): string => {
  const signs = unit.split(/[<&]/).length - 1;
  return unit.repeat(Math.min(Math.floor(HTML_LETTERS / unit.length), Math.floor(HTML_SIGNS / Math.max(signs, 0.01))));
};

const nested = (tag: string, depth: number, inside: string): string =>
  `<${tag}>`.repeat(depth) + inside + `</${tag}>`.repeat(depth);

/** Bodies made to be slow: patterns that look back, structures that nest, lists that never end. */
const hostileTexts: Record<string, string> = {
  'a megabyte of >': filled('>'),
  'half a million lines of >': filled('>\n'),
  'a line of spaces': filled(' '),
  'a line of underscores': filled('_'),
  'On On On': filled('On '),
  'broken attributions': filled('On 4 May 2027, at 09:12, A <a@b.example\n'),
  'long lines that end with a colon': filled(`x 2027 ${'a'.repeat(380)}:\n`),
  'short lines that end with a colon': filled('a:\n'),
  'lines of colons': filled(`${':'.repeat(399)}\n`),
  'headers without end': filled('From: a\nTo: b\n'),
  'signatures without end': filled('Sent from my iPhone\n'),
  'notices without end': filled('confidential intended solely in error prohibited\n\n'),
  'rules without end': filled('-- \n'),
  'names with dots before an @': filled(`${'a.'.repeat(190)}@:\n`),
  'quotes and answers in turn': filled('> q\na\n'),
};

const hostileHtml: Record<string, string> = {
  '100,000 nested blockquotes': '<blockquote>'.repeat(100_000),
  '100,000 nested blockquotes, closed': nested('blockquote', 100_000, 'x'),
  'a megabyte of <': filled('<'),
  'a megabyte of unclosed style': filled('<style>'),
  'a megabyte of entities': filled('&amp;'),
  'nested deep with many lines': nested('blockquote', 75, 'w<br>'.repeat(2500)),
  'unclosed paragraphs': html('<p>a'),
  'unclosed blockquotes': html('<blockquote>'),
  'nested tables': html('<table><tr><td>'),
  'a row of cells': `<table><tr>${html('<td>a')}`,
  'a list without end': `<ol>${html('<li>a')}`,
  'quotes side by side': html('<div class="gmail_attr">On 2027 a@b.example wrote:</div><blockquote>a</blockquote>'),
  'coloured words': html('<span style="color:red;background-color:#fff">a</span>'),
  'a style without end': `<p style="${filled('a:b;', HTML_LETTERS)}">x</p>`,
  'attributes without end': `<p ${filled('a=b ', HTML_LETTERS)}>x`,
};

const ROUNDS = 5;

/** The middle of five, in milliseconds of the processor: the machine does other things too. */
const milliseconds = (work: () => unknown): number => {
  const times = Array.from({ length: ROUNDS }, () => {
    const from = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1000;
  });
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
};

const slowest = (bodies: Record<string, string>, read: (body: string) => unknown): { name: string; ms: number } =>
  Object.entries(bodies)
    .map(([name, body]) => ({ name, ms: milliseconds(() => read(body)) }))
    .reduce((worst, next) => (next.ms > worst.ms ? next : worst));

/** How long it takes to read the words of a mail: of any in the collection, and of the worst anybody thought of. */
export const replyText = async (): Promise<Figure[]> => {
  const samples = collection();
  for (const sample of samples) readSample(sample);
  const usual = slowest(Object.fromEntries(samples.map(({ name }) => [name, name])), (name) =>
    samples.filter((sample) => sample.name === name).map((sample) => readSample(sample)),
  );
  const text = slowest(hostileTexts, (body) => readWords({ text: body, answer: true }));
  const first = slowest(hostileTexts, (body) => readWords({ text: body, answer: false }));
  const rich = slowest(hostileHtml, (body) => readWords({ html: body, answer: true }));
  const line = (what: string, { name, ms }: { name: string; ms: number }, target: number): Figure => ({
    what: `${what} (${name})`,
    value: ms,
    unit: 'ms',
    target,
  });
  return [
    line('words of the slowest mail of the collection', usual, 50),
    line('slowest hostile text, as an answer', text, 100),
    line('slowest hostile text, as a first mail', first, 100),
    line('slowest hostile HTML', rich, 100),
  ];
};
