import { expect, test } from 'vitest';
import { reasonIn } from '../../../local/cli/synthesize.ts';

const at = (path: string): string => new URL(`../../../${path}`, import.meta.url).pathname;

test.each([
  [
    'a mistake in the desk, in its own words',
    `file://${at('desk/compile.ts')}:12\n  throw new DeskError(text);\n  ^\n\nDeskError: desk/policy.yaml:7 knows no channel "maill"\n    at compile (file:///x.ts:12:9)\n\nNode.js v24.21.0\n`,
    'DeskError: desk/policy.yaml:7 knows no channel "maill"',
  ],
  [
    'a plain error without its kind',
    'Error: There is no function receive-ticket\n    at get (file:///x.ts:1:1)\n',
    'There is no function receive-ticket',
  ],
  [
    'a file that cannot be parsed, with its place',
    `file://${at('infra/app.ts')}:3\nconst =\n\nSyntaxError: Unexpected token\n    at compile\n`,
    'infra/app.ts:3: SyntaxError: Unexpected token',
  ],
  ['nothing but silence', '', 'it said nothing'],
])('a failed synthesis tells of %s', (_, output, expected) => {
  expect(reasonIn(output)).toBe(expected);
});
