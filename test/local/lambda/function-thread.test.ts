import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../local/kernel/clock.ts';
import { FunctionThread } from '../../../local/lambda/function-thread.ts';
import { writeWorkerCode } from '../../../local/lambda/worker-code.ts';
import { START } from './world.ts';

const CODE = `let runs = 0;
const deep = () => { ${Array.from({ length: 200 }, (_, n) => `const a${n} = { n: ${n}, text: 'word ${n}' };`).join(' ')} return [a0, a199]; };
exports.handler = async (event) => { runs += 1; if (event.deep) deep(); return runs; };`;
/** After which a thread tells what it has compiled. */
const EVENTS = 8;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'careline-thread-'));
  writeFileSync(join(folder, 'index.js'), CODE);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The results of a thread's first events, and what it has compiled by then. */
const live = async (compiled: Uint8Array | undefined, event: object, teaches = true) => {
  let learnt: Uint8Array | undefined;
  const start = {
    ...{ cells: new VirtualClock(START, 0).cells, codeDirectory: folder, compiled, teaches },
    ...{
      handler: 'index.handler',
      runtime: 'nodejs24.x',
      functionName: 'f',
      memoryMb: 128,
      logGroup: 'g',
      logStream: 's',
      logLevel: 'INFO',
    },
    logFormat: 'JSON' as const,
  };
  const thread = new FunctionThread(writeWorkerCode(folder), start, {}, (code) => {
    learnt = code;
  });
  const invoke = {
    requestId: 'r-1',
    event: JSON.stringify(event),
    invokedFunctionArn: 'arn',
    clientContext: undefined,
  };
  const results: unknown[] = [];
  // One more than it takes: what the thread tells after an event is heard before the result of the next.
  for (let n = 0; n <= EVENTS; n += 1) {
    const { result } = await thread.run({ invoke, timeoutSeconds: 5, kill: false, log: () => {} });
    results.push(result.kind === 'returned' ? result.text : result.error);
  }
  await thread.end();
  return { results, learnt };
};

describe('a new thread of a function', () => {
  test('begins with what the one before it has compiled, and with none of its values', async () => {
    const shallow = await live(undefined, {});
    const before = await live(undefined, { deep: true });

    const after = await live(before.learnt, {});

    expect(after.results.slice(0, 2)).toEqual(['1', '2']);
    expect(before.learnt?.length).toBeGreaterThan(shallow.learnt?.length ?? 0);
    expect(after.learnt?.length).toBeGreaterThan(shallow.learnt?.length ?? 0);
  });

  test('says nothing of what it has compiled when enough is known', async () => {
    const { results, learnt } = await live(undefined, {}, false);

    expect(results).toHaveLength(EVENTS + 1);
    expect(learnt).toBeUndefined();
  });
});
