import { expect, test } from 'vitest';
import { sourceOf } from '../../desk/compile/source.ts';

const said = (text: string) => sourceOf(text, 'desk/policy.yaml').mistakes.map(({ line, what }) => `${line}: ${what}`);

test('every name that stands twice is told, each at the line of the second', () => {
  const twice = 'this name stands twice in one list; take one of the two out, or join them';

  expect(said('a: 1\nb: 2\na: 3\nb: 4\n')).toEqual([`3: ${twice}`, `4: ${twice}`]);
});

test('a tab is told where it stands, and what follows from it is not', () => {
  expect(said('a:\n  b: 1\nc:\n\td: 1\n\te: 2\n')).toEqual(['4: this line is indented by a tab; write blanks']);
});

test('a value that nobody said before is told by its name', () => {
  expect(said('a: &hours 1\nb: *hours\nc: *hors\n')).toEqual([
    '3: "*hors" stands for nothing; write "&hors" where it is said first, or the value itself',
  ]);
});

test('a second document in the file is told where it begins', () => {
  expect(said('a: 1\n---\nb: 2\n')).toEqual(['2: a second document begins here; take the line "---" out']);
});

test('of what else is no YAML the first is told, with where to look', () => {
  const [first, ...rest] = said('a: 1\n  b: 2\n c: 3\n');

  expect(first).toMatch(/^\d: this is not YAML: .+; mend this line, or the one above it$/);
  expect(rest).toEqual([]);
});
