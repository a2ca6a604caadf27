const SVG = 'http://www.w3.org/2000/svg';

const svg = (name, attributes, ...children) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const path = (points) => {
  const [first, ...rest] = points;
  let d = `M${first.x},${first.y}`;
  for (let at = 0; at < rest.length - 1; at += 1) {
    const middle = { x: (rest[at].x + rest[at + 1].x) / 2, y: (rest[at].y + rest[at + 1].y) / 2 };
    d += ` Q${rest[at].x},${rest[at].y} ${middle.x},${middle.y}`;
  }
  const last = rest.at(-1);
  return `${d} L${last.x},${last.y}`;
};

/** One tip for each look of a way: a tip takes no colour from the line it ends. */
const tips = () =>
  svg(
    'defs',
    {},
    ...['tip', 'tip-walked'].map((id) =>
      svg(
        'marker',
        {
          id,
          viewBox: '0 0 8 8',
          refX: 7,
          refY: 4,
          markerWidth: 9,
          markerHeight: 9,
          markerUnits: 'userSpaceOnUse',
          orient: 'auto-start-reverse',
        },
        svg('path', { d: 'M0,0 L8,4 L0,8 z' }),
      ),
    ),
  );

/** A small machine stands in the middle of its stage, and is not blown up until it fills it. */
const viewBox = ({ width, height }) => {
  const [w, h] = [Math.max(width, 460), Math.max(height, 340)];
  return `${(width - w) / 2} ${(height - h) / 2} ${w} ${h}`;
};

const LEADING = 16;
const label = ({ x, y, lines }) =>
  svg(
    'text',
    {},
    ...lines.map((line, at) =>
      svg('tspan', { x, y: y + (at - (lines.length - 1) / 2) * LEADING }, at + 1 < lines.length ? `${line} ` : line),
    ),
  );

let drawn;
/** Draws a machine with the states an execution visited, and the one it stands in. */
export const drawGraph = (graph, visited, execution) => {
  const stage = document.querySelector('#graph');
  const key = JSON.stringify([execution?.name, execution?.status, visited]);
  if (drawn === key) return;
  drawn = key;
  if (!graph) {
    stage.replaceChildren('Choose an execution to see where it stands.');
    return;
  }
  const seen = new Set(visited);
  const walked = new Set(visited.slice(1).map((to, at) => `${visited[at]}→${to}`));
  const here = visited.at(-1);
  const mark = (id) => {
    if (id === here && execution.status === 'RUNNING') return 'here';
    if (id === here && execution.status !== 'SUCCEEDED') return 'broke';
    return seen.has(id) ? 'visited' : '';
  };
  const shown = graph.edges.filter(({ from, to, kind }) => kind !== 'net' || walked.has(`${from}→${to}`));
  const ways = shown.map(({ from, to, kind, points }) => {
    const taken = walked.has(`${from}→${to}`);
    return svg('path', {
      class: `way ${kind} ${taken ? 'walked' : ''}`,
      d: path(points),
      'marker-end': taken ? 'url(#tip-walked)' : 'url(#tip)',
    });
  });
  const boxes = graph.nodes.map((node) => {
    const { id, type, x, y, width, height } = node;
    return svg(
      'g',
      { class: mark(id) },
      svg('title', {}, `${id} (${type})`),
      svg('rect', { class: 'box', x: x - width / 2, y: y - height / 2, width, height, rx: type === 'Choice' ? 22 : 9 }),
      label(node),
    );
  });
  stage.setAttribute('aria-label', `${execution.machine}: ${visited.join(', then ')}`);
  stage.replaceChildren(svg('svg', { viewBox: viewBox(graph) }, tips(), ...ways, ...boxes));
};
