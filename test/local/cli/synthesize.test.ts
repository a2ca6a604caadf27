import { expect, test } from 'vitest';
import { DeskMistakes } from '../../../desk/compile/mistakes.ts';
import { reasonIn } from '../../../local/cli/synthesize.ts';

/** More than fits into the end of an output. */
const MISTAKES = [7, 12].map((line) => ({
  file: 'desk/policy.yaml',
  line,
  what: `knows no channel "${'maill'.repeat(80)}"`,
}));

const at = (path: string): string => new URL(`../../../${path}`, import.meta.url).pathname;

test.each([
  [
    'every mistake in the desk, in its own words',
    `file://${at('desk/compile.ts')}:12\n  throw new DeskMistakes(text);\n  ^\n\n${new DeskMistakes(MISTAKES).stack}\n\nNode.js v24.21.0\n`,
    MISTAKES.map(({ file, line, what }) => `${file}:${line}: ${what}`).join('\n'),
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
