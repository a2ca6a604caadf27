import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  ClockBehind,
  ConcurrentChange,
  LaterCycleWaits,
  NotTriagedYet,
  OutsideHours,
  QuestionOpen,
  TicketNotFound,
} from '../../domain/errors.ts';

const folder = new URL('../../workflows/', import.meta.url);

/** Names in `ErrorEquals` of all machines that neither AWS nor a signal gives. */
const caughtByName = (): string[] => {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.asl.json'))
    .flatMap((file) => [...readFileSync(new URL(file, folder), 'utf8').matchAll(/"ErrorEquals": \[([^\]]*)\]/g)])
    .flatMap(([, list = '']) => [...list.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name));
  const ofAws = /\.|Exception$|Error$|Exceeded$/;
  const signals = ['TicketPaused', 'TicketOnHold', 'LookAgain', 'RungDue', 'GoOnAnew'];
  return [...new Set(names)].filter((name) => !ofAws.test(name) && !signals.includes(name)).sort();
};

test('every error that a workflow catches by name is thrown by that name', () => {
  const thrown = [
    new ClockBehind('T-7K2M9Q'),
    new ConcurrentChange('T-7K2M9Q'),
    new LaterCycleWaits('T-7K2M9Q'),
    new OutsideHours('T-7K2M9Q'),
    new QuestionOpen('T-7K2M9Q'),
    new NotTriagedYet('T-7K2M9Q'),
  ]
    .map(({ name }) => name)
    .sort();

  expect(caughtByName()).toEqual(thrown);
  expect(new TicketNotFound('T-7K2M9Q').name).toBe('TicketNotFound');
});
