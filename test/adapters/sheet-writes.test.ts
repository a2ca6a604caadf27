import { expect, test } from 'vitest';
import { sheetWrites } from '../../adapters/dynamo/sheet-writes.ts';
import { emptySheet } from '../../domain/contact/governor.ts';
import { mondayAt9 } from '../support/builders.ts';

const sheet = emptySheet('01KAR5Z7J0000000000000000A');
const moved = (cause: Error) => new Error('moved', { cause });
const conditionsOf = (version: number) =>
  sheetWrites(
    { before: { ...sheet, version }, after: { ...sheet, version: version + 1 } },
    mondayAt9,
    'desk',
    moved,
  ).map(({ write }) => write.Put?.ConditionExpression);

test('a sheet that did not change is not written', () => {
  expect(sheetWrites({ before: sheet, after: sheet }, mondayAt9, 'desk', moved)).toEqual([]);
  expect(sheetWrites(undefined, mondayAt9, 'desk', moved)).toEqual([]);
});

test('the first sheet of a person is written if there is none, a later one if it is still the one that was read', () => {
  expect(conditionsOf(0)).toEqual(['attribute_not_exists(PK)']);
  expect(conditionsOf(3)).toEqual(['version = :version']);
});
