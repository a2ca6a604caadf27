import { expect, test } from 'vitest';
import {
  advanced,
  beginErasure,
  type ErasureRequest,
  LATECOMERS_MS,
  restsMs,
} from '../../../domain/privacy/request.ts';
import { mondayAt9 } from '../../support/builders.ts';

const begun = beginErasure({
  id: '01JERASURE',
  customers: ['01JA', '01JB'],
  identities: ['9f86'],
  by: 'agent:lina',
  at: mondayAt9,
});

/** The steps to the end, when each is done in one part. */
const toTheEnd = (): ErasureRequest[] => {
  const all = [begun];
  for (let now = begun; now.state === 'running' && all.length < 20; all.push(now))
    now = advanced(now, { erased: { tickets: 1 } }, mondayAt9);
  return all;
};

test('an erasure goes through every step twice, and rests once, before it looks again', () => {
  const all = toTheEnd();

  const steps = all.filter(({ state }) => state === 'running').map(({ pass, step }) => `${pass} ${step}`);
  const rests = all.slice(1).map((after, index) => restsMs(all[index] ?? after, after));
  expect(steps).toEqual([
    '1 customer',
    '1 tickets',
    '1 elsewhere',
    '1 parked',
    '2 customer',
    '2 tickets',
    '2 elsewhere',
    '2 parked',
  ]);
  expect(rests.filter((ms) => ms > 0)).toEqual([LATECOMERS_MS]);
  expect(rests[3]).toBe(LATECOMERS_MS);
  expect(all.at(-1)).toMatchObject({ state: 'done', doneAt: mondayAt9, erased: { tickets: 8 }, version: 9 });
});

test('a step with more to do goes on where it was, and its place is forgotten when it is through', () => {
  const place = { customer: 1, next: '2026-11-23T08:00:00.000Z#T-7K2M9Q' };
  const atTickets = advanced(begun, { erased: {} }, mondayAt9);

  const more = advanced(atTickets, { place, erased: { messages: 2 } }, mondayAt9);
  const through = advanced(more, { erased: { messages: 1, files: 1 } }, mondayAt9);

  expect(more).toMatchObject({ step: 'tickets', place, version: 3 });
  expect(through).toMatchObject({ step: 'elsewhere', erased: { tickets: 0, messages: 3, files: 1, mails: 0 } });
  expect(through.place).toBeUndefined();
});

test('what is kept of a request are ids, hashes and counts', () => {
  const kept = toTheEnd().at(-1);

  expect(Object.keys(kept ?? {}).toSorted()).toEqual(
    [
      'at',
      'by',
      'customers',
      'doneAt',
      'erased',
      'id',
      'identities',
      'kind',
      'pass',
      'state',
      'step',
      'version',
    ].toSorted(),
  );
});
