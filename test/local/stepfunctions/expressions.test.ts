import { expect, test } from 'vitest';
import { run } from './machines.ts';

const evaluate = async (expression: string, input: Parameters<typeof run>[1] = {}) =>
  run({ Pass: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } }, input);

test.each([
  ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
  ['$partition([7], 4)', [[7]]],
  ['$range(0, 10, 5)', [0, 5, 10]],
  ['$range(3, -3, -3)', [3, 0, -3]],
  ['$range(4, 6, 8)', 4],
  ['$parse(\'{"a": [1]}\')', { a: [1] }],
  ["$hash('abc', 'SHA-1')", 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['$random(7) = $random(7)', true],
  ['$length($uuid())', 36],
])('%s is what AWS adds to JSONata', async (expression, expected) => {
  const { status, output } = await evaluate(expression);

  expect(status).toBe('SUCCEEDED');
  expect(output).toEqual(expected);
});

test('$now and $millis read the runtime’s clock', async () => {
  const { output } = await evaluate("{'now': $now(), 'day': $now('[Y0001]-[M01]-[D01]'), 'ms': $millis()}");

  expect(output).toEqual({
    now: '2026-11-23T09:00:00.000Z',
    day: '2026-11-23',
    ms: Date.parse('2026-11-23T09:00:00Z'),
  });
});

test('$eval is not there, as on AWS', async () => {
  const { error, cause } = await evaluate("$eval('1')");

  expect(error).toBe('States.QueryEvaluationError');
  expect(cause).toContain('threw an error during evaluation. T1006');
});

test('an error of an expression names its code and the field by its path', async () => {
  const states = { Sum: { Type: 'Pass', Output: { deep: { sum: "{% 1 + 'a' %}" } }, End: true } };

  const { cause, events } = await run(states);

  expect(cause).toBe(
    "An error occurred while executing the state 'Sum' (entered at the event id #2). The JSONata expression '1 + 'a'' specified for the field 'Output/deep/sum' threw an error during evaluation. T2002: The right side of the \"+\" operator must evaluate to a number",
  );
  expect(events).toEqual(['ExecutionStarted', 'PassStateEntered', 'EvaluationFailed', 'ExecutionFailed']);
});

test.each([
  ['$missing', 'returned nothing (undefined).'],
  ['function($x){ $x }', 'returned an unsupported result type.'],
  ["{'f': $sum}", 'returned an unsupported result type.'],
])('%s is no result', async (expression, why) => {
  const { error, cause } = await evaluate(expression);

  expect(error).toBe('States.QueryEvaluationError');
  expect(cause).toContain(why);
});

test('only a whole string is an expression', async () => {
  const states = { Pass: { Type: 'Pass', Output: ['a {% 1 %}', '$x', '{% 1 %}', '{%2%}'], End: true } };

  const { output } = await run(states);

  expect(output).toEqual(['a {% 1 %}', '$x', 1, 2]);
});

test('Assign and Output read the variables as they were, and the context object says where one stands', async () => {
  const states = {
    First: { Type: 'Pass', Assign: { a: 1 }, Next: 'Second' },
    Second: {
      Type: 'Pass',
      Assign: { a: '{% $a + 1 %}', b: '{% $a %}' },
      Output: ['{% $a %}', '{% $states.context.State.Name %}', '{% $states.context.Execution.Name %}'],
      Next: 'Third',
    },
    Third: { Type: 'Pass', Output: { was: '{% $states.input %}', a: '{% $a %}', b: '{% $b %}' }, End: true },
  };

  const { output, variables } = await run(states);

  expect(output).toEqual({ was: [1, 'Second', 'machine-test'], a: 2, b: 1 });
  expect(variables).toEqual({ a: 2, b: 1 });
});

test('an output over 256 KiB fails the execution of a Pass', async () => {
  const { error, cause } = await evaluate("$join($range(1, 30000, 1) ~> $map(function() { '0123456789' }))");

  expect(error).toBe('States.DataLimitExceeded');
  expect(cause).toContain("The state/task 'Pass' returned a result with a size exceeding the maximum number of bytes");
});
