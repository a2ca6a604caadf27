import dagre from '@dagrejs/dagre';

/** A state of a machine, laid out; x and y are its centre in pixels. */
export interface GraphNode {
  id: string;
  type: string;
  /** Its name as it is written into its box. */
  lines: string[];
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * A way from one state to the next. `net` is a catch of AWS faults or of everything: most states have one, so it is drawn
 * only where an execution fell into it.
 */
export interface GraphEdge {
  from: string;
  to: string;
  kind: 'next' | 'choice' | 'catch' | 'net';
  points: Array<{ x: number; y: number }>;
}

export interface Graph {
  width: number;
  height: number;
  nodes: GraphNode[];
  edges: GraphEdge[];
}

interface DefinedState {
  Type: string;
  Next?: string;
  Default?: string;
  Choices?: Array<{ Next: string }>;
  Catch?: Array<{ Next: string; ErrorEquals: string[] }>;
  End?: boolean;
}

const MARGIN = 8;
/** About what the console gives a machine: what is larger is drawn smaller. */
const STAGE = { width: 560, height: 400 };
/** Characters that stand on one line, where names may stand on two. */
const ONE_LINE = 12;
/** About the advance of one character at 13 px, and the padding of a box. */
const widthOf = (lines: string[]): number => Math.max(80, ...lines.map((line) => line.length * 7.1 + 20));

/** Parted where the longer line is the shortest. */
const linesOf = (name: string): string[] => {
  const words = name.split(' ');
  if (name.length <= ONE_LINE || words.length < 2) return [name];
  const parted = words.slice(1).map((_, at) => [words.slice(0, at + 1).join(' '), words.slice(at + 1).join(' ')]);
  const longest = (lines: string[]): number => Math.max(...lines.map((line) => line.length));
  return parted.reduce((best, lines) => (longest(lines) < longest(best) ? lines : best));
};

/** How a name is written into a box, and the height of the box. */
interface Lettering {
  lines: (name: string) => string[];
  height: number;
}

const ON_ONE_LINE: Lettering = { lines: (name) => [name], height: 32 };
const ON_TWO_LINES: Lettering = { lines: linesOf, height: 42 };

/**
 * Lays out a machine from the top down, as the Step Functions console draws it. `definition` is ASL text. A wide machine
 * has its names on two lines, a tall one on one: in whichever way its letters are the larger.
 */
export const drawMachine = (definition: string): Graph => {
  const { States: states } = JSON.parse(definition) as { States: Record<string, DefinedState> };
  const [one, two] = [layOut(states, ON_ONE_LINE), layOut(states, ON_TWO_LINES)];
  return scaleOf(one) < scaleOf(two) ? two : one;
};

const scaleOf = ({ width, height }: Graph): number => Math.min(STAGE.width / width, STAGE.height / height);

const layOut = (states: Record<string, DefinedState>, { lines, height: boxHeight }: Lettering): Graph => {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 12, edgesep: 8, ranksep: 28, marginx: 8, marginy: 12 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const name of Object.keys(states)) graph.setNode(name, { width: widthOf(lines(name)), height: boxHeight });
  const nets: Array<{ from: string; to: string }> = [];
  for (const [from, state] of Object.entries(states)) {
    for (const { to, kind } of waysOut(state)) {
      // A state that catches into itself waits on; an arrow to itself would say nothing.
      if (to === from) continue;
      if (kind === 'net') nets.push({ from, to });
      else graph.setEdge(from, to, { kind, weight: kind === 'next' ? 8 : 1 }, `${kind}:${to}`);
    }
  }
  dagre.layout(graph);
  const { width, height } = extent(graph);
  return {
    width,
    height,
    nodes: graph.nodes().map((id: string) => {
      const { x, y, width: w, height: h } = graph.node(id);
      return {
        id,
        type: states[id]?.Type ?? '',
        lines: lines(id),
        x: x ?? 0,
        y: y ?? 0,
        width: w ?? 0,
        height: h ?? 0,
      };
    }),
    edges: [
      ...nets.map(({ from, to }) => ({ from, to, kind: 'net' as const, points: [from, to].map(centreOf(graph)) })),
      ...graph.edges().map((edge: { v: string; w: string }) => {
        const { kind, points } = graph.edge(edge) as { kind: GraphEdge['kind']; points: GraphEdge['points'] };
        return { from: edge.v, to: edge.w, kind, points };
      }),
    ],
  };
};

/** The layout's own size leaves out the bends of its ways. */
const extent = (graph: InstanceType<typeof dagre.graphlib.Graph>): { width: number; height: number } => {
  const { width = 0, height = 0 } = graph.graph();
  const points: GraphEdge['points'] = graph
    .edges()
    .flatMap((edge: { v: string; w: string }) => graph.edge(edge).points ?? []);
  const left = Math.min(0, ...points.map(({ x }) => x - MARGIN));
  if (left < 0) {
    for (const id of graph.nodes()) graph.node(id).x = (graph.node(id).x ?? 0) - left;
    for (const point of new Set(points)) point.x -= left;
  }
  return {
    width: Math.max(width - left, ...points.map(({ x }) => x + MARGIN)),
    height: Math.max(height, ...points.map(({ y }) => y + MARGIN)),
  };
};

const centreOf =
  (graph: InstanceType<typeof dagre.graphlib.Graph>) =>
  (id: string): { x: number; y: number } => {
    const { x = 0, y = 0 } = graph.node(id);
    return { x, y };
  };

/** A named signal or a timeout is a way somebody planned; an error of an AWS service, or any error, is not. */
const isNet = (errors: string[]): boolean => errors.every((error) => error.includes('.') && error !== 'States.Timeout');

const waysOut = (state: DefinedState): Array<{ to: string; kind: GraphEdge['kind'] }> => {
  const ways = [
    ...(state.Next ? [{ to: state.Next, kind: 'next' as const }] : []),
    ...(state.Choices ?? []).map(({ Next }) => ({ to: Next, kind: 'choice' as const })),
    ...(state.Default ? [{ to: state.Default, kind: 'choice' as const }] : []),
    ...(state.Catch ?? []).map(({ Next, ErrorEquals }) => ({
      to: Next,
      kind: isNet(ErrorEquals) ? ('net' as const) : ('catch' as const),
    })),
  ];
  return ways.filter(({ to, kind }, at) => ways.findIndex((way) => way.to === to && way.kind === kind) === at);
};
