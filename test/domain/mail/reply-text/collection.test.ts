import { expect, test } from 'vitest';
import { collection, problemWith, readSample } from './collection.ts';

const samples = collection();

test('the collection holds answers of many programs in many languages', () => {
  const programs = new Set(samples.map(({ client }) => client));
  const languages = new Set(samples.map(({ language }) => language));

  expect(samples.length).toBeGreaterThanOrEqual(150);
  expect(programs.size).toBeGreaterThanOrEqual(15);
  expect(languages.size).toBeGreaterThanOrEqual(14);
});

test.each(samples)('$name is read as its writer meant it', (sample) => {
  expect(problemWith(sample, readSample(sample))).toBeUndefined();
});

test.each(samples.filter(({ text, html }) => text !== undefined && html !== undefined))(
  '$name is read the same from either of its parts',
  (sample) => {
    expect(problemWith(sample, readSample(sample, 'text'))).toBeUndefined();
    expect(problemWith(sample, readSample(sample, 'html'))).toBeUndefined();
  },
);
