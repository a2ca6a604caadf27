import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommonJs } from '../../../local/lambda/worker/common-js.ts';

const CODE = `#!/usr/bin/env node
let runs = 0;
const never = () => [1, 2, 3].map((n) => n * 2).filter((n) => n > 2).reduce((a, b) => a + b, 0);
exports.count = () => { runs += 1; return { runs, sum: never(), file: __filename, path: require('node:path').sep }; };`;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'careline-code-'));
  file = join(folder, 'index.js');
  writeFileSync(file, CODE);
});
afterEach(() => rmSync(folder, { recursive: true }));

const count = (exports: unknown): unknown =>
  typeof exports === 'object' && exports !== null && 'count' in exports && typeof exports.count === 'function'
    ? exports.count()
    : undefined;

describe('code that is run as require runs it', () => {
  test('knows its file and what Node.js has', () => {
    const { exports } = runCommonJs(file, undefined);

    expect(count(exports)).toEqual({ runs: 1, sum: 10, file, path: '/' });
  });

  test('begins anew with what was compiled before, without a value of the run before', () => {
    const first = runCommonJs(file, undefined);
    count(first.exports);

    const second = runCommonJs(file, first.compiled());

    expect(count(second.exports)).toMatchObject({ runs: 1 });
  });

  test('takes no harm from what was compiled of other code', () => {
    const other = runCommonJs(file, undefined).compiled();
    writeFileSync(file, CODE.replace('runs += 1', 'runs += 200'));

    expect(count(runCommonJs(file, other).exports)).toMatchObject({ runs: 200 });
  });

  test('an error tells the line and column of the file', () => {
    writeFileSync(file, 'throw new Error("no");');

    const thrown = (() => {
      try {
        return runCommonJs(file, undefined).exports;
      } catch (error) {
        return error;
      }
    })();

    expect(thrown instanceof Error && thrown.stack).toContain(`${file}:1:7`);
  });
});
