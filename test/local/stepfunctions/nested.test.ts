import { expect, test } from 'vitest';
import { FUNCTION_ARN, nested, run } from './machines.ts';

const work = { Type: 'Task', Resource: FUNCTION_ARN, Arguments: '{% $states.input %}' };

test('a Map runs its processor on each item, in any order, and keeps the order of the items', async () => {
  const states = {
    Each: {
      Type: 'Map',
      Items: '{% $states.input.list %}',
      ItemSelector: { at: '{% $states.context.Map.Item.Index %}', it: '{% $states.context.Map.Item.Value %}' },
      ItemProcessor: nested({
        Add: { Type: 'Pass', Output: '{% $states.input.at * 10 + $states.input.it %}', End: true },
      }),
      End: true,
    },
  };

  const { output } = await run(states, { list: [3, 2, 1] });

  expect(output).toEqual([3, 12, 21]);
});

test('no more iterations run at once than MaxConcurrency', async () => {
  const each = (MaxConcurrency: number) => ({
    Each: {
      Type: 'Map',
      Items: [1, 2, 3, 4, 5],
      MaxConcurrency,
      ItemProcessor: nested({ Hold: { Type: 'Wait', Seconds: 10, End: true } }),
      End: true,
    },
  });
  const at = await run(each(2));

  const held = [at.events.filter((type) => type === 'WaitStateEntered').length];
  for (const step of ['PT10S', 'PT10S']) {
    await at.advance(step);
    held.push(at.events.filter((type) => type === 'WaitStateEntered').length);
  }
  await at.advance('PT10S');

  expect(held).toEqual([2, 4, 5]);
  expect(at.status).toBe('SUCCEEDED');
});

test('inner scopes read outer variables and keep their own', async () => {
  const states = {
    Outer: { Type: 'Pass', Assign: { base: 100 }, Next: 'Each' },
    Each: {
      Type: 'Map',
      Items: [1, 2],
      ItemProcessor: nested({
        Note: { Type: 'Pass', Assign: { mine: '{% $base + $states.input %}' }, Next: 'Tell' },
        Tell: { Type: 'Pass', Output: '{% $mine %}', End: true },
      }),
      Next: 'After',
    },
    After: { Type: 'Pass', Output: { each: '{% $states.input %}', leaked: '{% $exists($mine) %}' }, End: true },
  };

  const { output } = await run(states);

  expect(output).toEqual({ each: [101, 102], leaked: false });
});

test('a failed iteration fails the Map and gives up the others', async () => {
  const states = {
    Each: {
      Type: 'Map',
      Items: ['slow', 'bad'],
      ItemProcessor: nested({
        Which: {
          Type: 'Choice',
          Choices: [{ Condition: "{% $states.input = 'bad' %}", Next: 'Bad' }],
          Default: 'Slow',
        },
        Slow: { Type: 'Wait', Seconds: 60, End: true },
        Bad: { Type: 'Fail', Error: 'Bad', Cause: 'item' },
      }),
      Catch: [{ ErrorEquals: ['Bad'], Next: 'Caught' }],
      End: true,
    },
    Caught: { Type: 'Succeed' },
  };

  const { output, events } = await run(states);

  expect(output).toEqual({ Error: 'Bad', Cause: 'item' });
  expect(events.slice(events.indexOf('FailStateEntered'))).toEqual([
    'FailStateEntered',
    'MapIterationFailed',
    'WaitStateAborted',
    'MapIterationAborted',
    'MapStateFailed',
    'MapStateExited',
    'SucceedStateEntered',
    'SucceedStateExited',
    'ExecutionSucceeded',
  ]);
});

test('a failed Map is retried as a whole', async () => {
  const states = {
    Each: {
      Type: 'Map',
      Items: [1, 2],
      MaxConcurrency: 1,
      ItemProcessor: nested({ Work: { ...work, End: true } }),
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 5 }],
      End: true,
    },
  };
  const at = await run(
    states,
    {},
    { Work: [{ returns: 'a' }, { throws: { error: 'Busy' } }, { returns: 'b' }, { returns: 'c' }] },
  );

  await at.advance('PT5S');

  expect(at.output).toEqual(['b', 'c']);
  expect(at.calls('Work')).toEqual([1, 2, 1, 2]);
});

test.each([
  [{ ToleratedFailureCount: 1 }, 'SUCCEEDED'],
  [{ ToleratedFailurePercentage: 50 }, 'SUCCEEDED'],
  [{ ToleratedFailurePercentage: 49 }, 'FAILED'],
  [{ ToleratedFailureCount: '{% $states.input.many - 2 %}' }, 'FAILED'],
])('with %j one failure of two is %s', async (tolerated, expected) => {
  const states = {
    Each: {
      Type: 'Map',
      Items: [1, 2],
      ...tolerated,
      ItemProcessor: nested({ Work: { ...work, End: true } }),
      End: true,
    },
  };

  const { status, error } = await run(states, { many: 2 }, { Work: [{ throws: { error: 'Bad' } }, { returns: 'ok' }] });

  expect(status).toBe(expected);
  expect(error).toBe(expected === 'FAILED' ? 'States.ExceedToleratedFailureThreshold' : undefined);
});

test('Parallel gives each branch its arguments and collects their outputs in order', async () => {
  const states = {
    Both: {
      Type: 'Parallel',
      Arguments: { n: '{% $states.input.n + 1 %}' },
      Branches: [
        nested({ Slow: { Type: 'Wait', Seconds: 5, Output: 'slow', End: true } }),
        nested({ Quick: { Type: 'Pass', Output: '{% $states.input.n %}', End: true } }),
      ],
      Assign: { both: '{% $states.result %}' },
      End: true,
    },
  };
  const at = await run(states, { n: 1 });

  await at.advance('PT5S');

  expect(at.output).toEqual(['slow', 2]);
  expect(at.variables).toEqual({ both: ['slow', 2] });
  expect(at.events).toContain('ParallelStateSucceeded');
});

test('a failed branch fails the Parallel and aborts the others', async () => {
  const states = {
    Both: {
      Type: 'Parallel',
      Branches: [
        nested({ Slow: { Type: 'Wait', Seconds: 5, End: true } }),
        nested({ Bad: { Type: 'Fail', Error: 'Bad' } }),
      ],
      End: true,
    },
  };

  const { error, events } = await run(states);

  expect(error).toBe('Bad');
  expect(events.slice(-3)).toEqual(['WaitStateAborted', 'ParallelStateFailed', 'ExecutionFailed']);
});

test('a Map inside a Parallel inside a Map knows its place', async () => {
  const states = {
    Outer: {
      Type: 'Map',
      Items: ['a', 'b'],
      ItemProcessor: nested({
        Both: {
          Type: 'Parallel',
          Branches: [
            nested({
              Inner: {
                Type: 'Map',
                Items: [1, 2],
                ItemProcessor: nested({
                  Deep: { Type: 'Pass', Output: '{% $states.context.Map.Item.Value %}', End: true },
                }),
                End: true,
              },
            }),
            nested({ Outside: { Type: 'Pass', Output: '{% $states.context.Map.Item.Value %}', End: true } }),
          ],
          End: true,
        },
      }),
      End: true,
    },
  };

  const { output } = await run(states);

  expect(output).toEqual([
    [[1, 2], 'a'],
    [[1, 2], 'b'],
  ]);
});
