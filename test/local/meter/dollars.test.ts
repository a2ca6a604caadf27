import { expect, test } from 'vitest';
import { dollarsOf } from '../../../local/meter/dollars.ts';
import { Meter } from '../../../local/meter/meter.ts';

test('a reading is priced by the list prices, function time by memory', () => {
  const meter = new Meter();
  meter.invocation('triage', { ms: 1000, cpuMs: 20, error: false });
  meter.transition('escalation', 'STANDARD', 1000);
  meter.transition('intake', 'EXPRESS', 1_000_000);
  meter.dynamodb(1_000_000, 2_000_000);
  for (let n = 0; n < 1000; n += 1) meter.mail();
  meter.http();
  meter.call('sqs', 'SendMessage');
  meter.call('events', 'PutEvents');

  const dollars = dollarsOf(meter.read(), () => 1024);

  expect(dollars.transitions).toBeCloseTo(0.025, 9);
  expect(dollars.express).toBeCloseTo(1.104, 3);
  expect(dollars.dynamodb).toBeCloseTo(0.125 + 1.25, 9);
  expect(dollars.mail).toBeCloseTo(0.1, 9);
  expect(dollars.functions).toBeCloseTo(0.0000002 + 0.0000133334, 12);
  expect(dollars.http).toBeCloseTo(0.000001, 12);
  expect(dollars.queues).toBeCloseTo(0.0000004, 12);
  expect(dollars.events).toBeCloseTo(0.000001, 12);
});

test('a reset begins again and leaves an earlier reading alone', () => {
  const meter = new Meter();
  meter.invocation('triage', { ms: 5, cpuMs: 0, error: true });
  const before = meter.read();

  meter.reset();

  expect(before.functions).toEqual({ triage: { invocations: 1, errors: 1, ms: 5, cpuMs: 0 } });
  expect(meter.read().functions).toEqual({});
});
