import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';

const machine = z.object({ States: z.record(z.string(), z.unknown()) });
const page = readFileSync('workflows/README.md', 'utf8').replaceAll(/\s+/g, ' ');

test.each(globSync('workflows/*.asl.json'))('the page of whoever is on call explains every state of %s', (file) => {
  const { States } = machine.parse(JSON.parse(readFileSync(file, 'utf8')));

  const unexplained = Object.keys(States).filter((state) => !page.includes(state));

  expect(page).toContain(`## ${basename(file, '.asl.json')} (`);
  expect(unexplained).toEqual([]);
});
