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

const arrow = () =>
  svg(
    'defs',
    {},
    svg(
      'marker',
      {
        id: 'tip',
        viewBox: '0 0 8 8',
        refX: 7,
        refY: 4,
        markerWidth: 7,
        markerHeight: 7,
        orient: 'auto-start-reverse',
      },
      svg('path', { d: 'M0,0 L8,4 L0,8 z', fill: 'currentColor', opacity: 0.55 }),
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
  const ways = shown.map(({ from, to, kind, points }) =>
    svg('path', {
      class: `way ${kind} ${walked.has(`${from}→${to}`) ? 'walked' : ''}`,
      d: path(points),
      'marker-end': 'url(#tip)',
    }),
  );
  const boxes = graph.nodes.map(({ id, type, x, y, width, height }) =>
    svg(
      'g',
      { class: mark(id) },
      svg('title', {}, `${id} (${type})`),
      svg('rect', { class: 'box', x: x - width / 2, y: y - height / 2, width, height, rx: type === 'Choice' ? 19 : 9 }),
      svg('text', { x, y }, id),
    ),
  );
  stage.setAttribute('aria-label', `${execution.machine}: ${visited.join(', then ')}`);
  stage.replaceChildren(svg('svg', { viewBox: `0 0 ${graph.width} ${graph.height}` }, arrow(), ...ways, ...boxes));
};
