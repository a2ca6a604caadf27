import { collection, problemWith, readSample } from '../test/domain/mail/reply-text/collection.ts';

/**
 * Prints how many mails of the collection are read right, by mail program and by language: as they came, and with each
 * part alone. Exit code 1 when one is not.
 */
const wrong: string[] = [];
const tally = new Map<string, { right: number; all: number }>();

const count = (row: string, right: boolean): void => {
  const line = tally.get(row) ?? { right: 0, all: 0 };
  line.all += 1;
  if (right) line.right += 1;
  tally.set(row, line);
};

for (const sample of collection()) {
  const parts = [
    'both' as const,
    ...(sample.text !== undefined && sample.html !== undefined ? (['text', 'html'] as const) : []),
  ];
  for (const part of parts) {
    const problem = problemWith(sample, readSample(sample, part));
    if (problem !== undefined) wrong.push(`  ${sample.name}${part === 'both' ? '' : ` (${part} alone)`}: ${problem}`);
    count(`1 ${part === 'both' ? 'mails as they came' : `${part} alone`}`, problem === undefined);
    if (part !== 'both') continue;
    count(`2 ${sample.client}`, problem === undefined);
    count(`3 ${sample.language}`, problem === undefined);
  }
}

for (const [row, { right, all }] of [...tally].sort(([a], [b]) => a.localeCompare(b))) {
  process.stdout.write(`${row.slice(2).padEnd(24)} ${String(right).padStart(4)}/${all}\n`);
}
if (wrong.length > 0) process.stdout.write(`\nnot right:\n${wrong.join('\n')}\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;
