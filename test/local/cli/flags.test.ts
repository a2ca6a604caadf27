import { describe, expect, test } from 'vitest';
import { readFlags } from '../../../local/cli/flags.ts';
import { Refusal } from '../../../local/cli/refusal.ts';

describe('the flags', () => {
  test('without any, the desk keeps its data and ticks as the system does', () => {
    expect(readFlags([])).toEqual({
      http: 8080,
      aws: 4566,
      smtp: 2525,
      data: '.local/data',
      clock: undefined,
      speed: 1,
      threads: 10,
      team: true,
      quiet: false,
      synth: true,
      assembly: 'cdk.out',
    });
  });

  test('--memory keeps nothing, --clock and --speed set the time, --no-… switches off', () => {
    const flags = readFlags(['--memory', '--clock', '2026-11-22T09:00:00Z', '--speed', '0', '--no-team', '--no-synth']);

    expect(flags).toMatchObject({
      data: undefined,
      clock: Date.parse('2026-11-22T09:00:00Z'),
      speed: 0,
      team: false,
      synth: false,
    });
  });

  test('--help asks for nothing else', () => {
    expect(readFlags(['--help'])).toBeUndefined();
  });

  test.each([
    [['--http', 'many'], '--http takes a port'],
    [['--aws', '70000'], '--aws takes a port'],
    [['--speed=-1'], '--speed takes a number'],
    [['--threads', '0'], '--threads takes a whole number'],
    [['--clock', 'noon'], '--clock takes "system" or an ISO 8601 instant'],
    [['--memory', '--data', 'x'], 'exclude each other'],
    [['--colour'], '--colour'],
  ])('%j is refused by name', (args, why) => {
    expect(() => readFlags(args)).toThrow(Refusal);
    expect(() => readFlags(args)).toThrow(why);
  });
});
