import { describe, expect, test } from 'vitest';
import { compileEventPattern } from '../../../local/lambda/event-pattern.ts';

const fits = (pattern: unknown, event: unknown): boolean => compileEventPattern(pattern)(event);

describe('an event pattern', () => {
  test.each([
    ['a literal that is listed', { source: ['aws.ses', 'careline'] }, { source: 'careline' }, true],
    ['a literal that is not listed', { source: ['aws.ses'] }, { source: 'careline' }, false],
    ['a number and its text are different', { n: [1] }, { n: '1' }, false],
    ['null where the event says null', { a: [null] }, { a: null }, true],
    ['null where the event says nothing', { a: [null] }, {}, false],
    ['a prefix', { a: [{ prefix: 'T-' }] }, { a: 'T-7K2M9Q' }, true],
    ['a prefix ignoring case', { a: [{ prefix: { 'equals-ignore-case': 't-' } }] }, { a: 'T-7' }, true],
    ['a suffix', { a: [{ suffix: '.png' }] }, { a: 'cat.jpg' }, false],
    ['equality ignoring case', { a: [{ 'equals-ignore-case': 'ALICE' }] }, { a: 'alice' }, true],
    ['a wildcard', { a: [{ wildcard: 'dir/*.p?g' }] }, { a: 'dir/cat.p?g' }, true],
    ['a wildcard that means an asterisk', { a: [{ wildcard: 'x\\*y' }] }, { a: 'xzy' }, false],
    ['a number in a range', { n: [{ numeric: ['>', 0, '<=', 5] }] }, { n: 5 }, true],
    ['a number outside a range', { n: [{ numeric: ['>', 0, '<=', 5] }] }, { n: 0 }, false],
    ['a text is no number', { n: [{ numeric: ['=', 5] }] }, { n: '5' }, false],
    ['an address within a block', { ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.0.0.255' }, true],
    ['an address outside a block', { ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.0.1.1' }, false],
    ['a field that exists', { a: [{ exists: true }] }, { a: 0 }, true],
    ['a field that must not exist', { a: [{ exists: false }] }, { a: null }, false],
    ['a missing field below a missing object', { d: { a: [{ exists: false }] } }, {}, true],
    ['anything but a list', { a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'z' }, true],
    ['anything but one that is there', { a: [{ 'anything-but': 'x' }] }, { a: 'x' }, false],
    ['anything but a prefix', { a: [{ 'anything-but': { prefix: 'init' } }] }, { a: 'initial' }, false],
    ['anything but needs the field', { a: [{ 'anything-but': 'x' }] }, {}, false],
    ['one of an array in the event', { a: ['y'] }, { a: ['x', 'y'] }, true],
    ['every field of a nested object', { d: { a: [1], b: [2] } }, { d: { a: 1, b: 3 } }, false],
    ['one element of an array of objects', { d: { a: [1], b: [2] } }, { d: [{ a: 1 }, { a: 1, b: 2 }] }, true],
    ['fields scattered over elements', { d: { a: [1], b: [2] } }, { d: [{ a: 1 }, { b: 2 }] }, false],
    ['either way of $or', { $or: [{ a: [1] }, { b: [2] }], c: [3] }, { b: 2, c: 3 }, true],
    ['neither way of $or', { $or: [{ a: [1] }, { b: [2] }], c: [3] }, { a: 2, c: 3 }, false],
  ])('%s', (_title, pattern, event, expected) => {
    expect(fits(pattern, event)).toBe(expected);
  });

  test('reads its JSON text as it reads the object', () => {
    expect(fits('{"a":[{"exists":true}]}', { a: 1 })).toBe(true);
  });

  test.each([
    ['no JSON', '{'],
    ['an array at the top', []],
    ['an empty object', {}],
    ['an empty list', { a: [] }],
    ['a bare value', { a: 'x' }],
    ['an unknown comparison', { a: [{ sounds: 'like' }] }],
    ['two comparisons in one', { a: [{ prefix: 'x', suffix: 'y' }] }],
    ['an unknown numeric operator', { a: [{ numeric: ['!', 1] }] }],
    ['a prefix of no text', { a: [{ prefix: 1 }] }],
    ['exists with a text', { a: [{ exists: 'yes' }] }],
    ['an $or with a single way', { $or: [{ a: [1] }] }],
  ])('is refused by name: %s', (_title, pattern) => {
    expect(() => compileEventPattern(pattern)).toThrow(
      expect.objectContaining({ code: 'InvalidEventPatternException' }),
    );
  });
});
