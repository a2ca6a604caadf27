import { expect, test } from 'vitest';
import { targetInput } from '../../../local/events/transform.ts';

const event = { source: 'desk', detail: { id: 'T-"1"', n: 3, tags: ['a', 'b'] } };
const rule = { arn: 'arn:rule', name: 'r', ingestionTime: '2026-11-22T09:00:00Z' };
const paths = {
  id: '$.detail.id',
  n: '$.detail.n',
  tags: '$.detail.tags',
  second: '$.detail.tags[1]',
  none: '$.detail.x',
};

const transformed = (InputTemplate: string) =>
  targetInput(event, { InputTransformer: { InputPathsMap: paths, InputTemplate } }, rule);

test('without a choice a target gets the event, with one a constant or a part', () => {
  expect(JSON.parse(targetInput(event, {}, rule))).toEqual(event);
  expect(targetInput(event, { Input: '{"a":1}' }, rule)).toBe('{"a":1}');
  expect(targetInput(event, { InputPath: '$.detail.tags' }, rule)).toBe('["a","b"]');
});

test('a template is filled with values that stay valid JSON', () => {
  const body = transformed(
    '{"id": <id>, "quoted": "<id>", "n": <n>, "tags": <tags>, "in": "ticket <id> of <aws.events.rule-name>", "second": <second>}',
  );

  expect(JSON.parse(body)).toEqual({
    id: 'T-"1"',
    quoted: 'T-"1"',
    n: 3,
    tags: ['a', 'b'],
    in: 'ticket T-"1" of r',
    second: 'b',
  });
});

test('a template of text is filled with bare values', () => {
  expect(transformed('Ticket <id> has <n>')).toBe('Ticket T-"1" has 3');
});
