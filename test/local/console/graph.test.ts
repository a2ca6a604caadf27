import { expect, test } from 'vitest';
import { drawMachine, type Graph } from '../../../local/console/graph.ts';

const names = Array.from({ length: 9 }, (_, index) => `Wait For Customer Number ${index}`);

const aChain = (): Graph =>
  drawMachine(
    JSON.stringify({
      States: Object.fromEntries(
        names.map((name, index) => [
          name,
          names[index + 1] ? { Type: 'Task', Next: names[index + 1] } : { Type: 'Succeed' },
        ]),
      ),
    }),
  );

const aFan = (): Graph =>
  drawMachine(
    JSON.stringify({
      States: {
        'Who Waits?': { Type: 'Choice', Choices: names.map((Next) => ({ Next })) },
        ...Object.fromEntries(names.map((name) => [name, { Type: 'Succeed' }])),
      },
    }),
  );

test('a tall machine has its names on one line, a wide one on two, and each name is whole', () => {
  const [tall, wide] = [aChain(), aFan()];

  expect(new Set(tall.nodes.map(({ lines }) => lines.length))).toEqual(new Set([1]));
  expect(wide.nodes.filter(({ lines }) => lines.length === 2).map(({ lines }) => lines.join(' '))).toEqual(names);
});

test('a machine is drawn within its own size', () => {
  const { width, height, nodes } = aFan();

  for (const { x, y, width: w, height: h } of nodes) {
    expect(x - w / 2).toBeGreaterThanOrEqual(0);
    expect(x + w / 2).toBeLessThanOrEqual(width);
    expect(y + h / 2).toBeLessThanOrEqual(height);
  }
});
