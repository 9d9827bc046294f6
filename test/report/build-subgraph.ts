import type {
  NodeRole,
  Subgraph,
  SubgraphEdge,
  SubgraphNode,
} from '../../src/collect/picture/subgraph.js';
import { meaningFrom, nodeMeaningFrom } from '../support/notation.js';

/** A node in which all fields that a test does not need are filled in. */
export function node(label: string, fields: Partial<SubgraphNode> = {}): SubgraphNode {
  const id = fields.id ?? label.split(' ').at(-1) ?? label;
  const role: NodeRole = fields.role ?? 'holder';
  const isHeapObject = role === 'target' || role === 'holder';
  const is = nodeMeaningFrom({
    id,
    label: fields.label ?? label,
    type: fields.type ?? 'object',
    role,
  });
  return {
    id,
    type: 'object',
    name: label.split(' ')[0] ?? '',
    label,
    preview: '',
    location: null,
    shallowSize: isHeapObject ? 16 : null,
    retainedSize: null,
    distance: isHeapObject ? 3 : null,
    depth: role === 'target' ? 0 : 1,
    role,
    omitted: null,
    ...(is && { is }),
    ...fields,
  };
}

/** `from` holds `to` by `label`. */
export function edge(
  from: string,
  to: string,
  label: string,
  fields: Partial<SubgraphEdge> = {},
): SubgraphEdge {
  const made = { from, to, ...rawReference(label), label, weak: false, ...fields };
  return from.startsWith('more:') ? made : { means: meaningFrom(made), ...made };
}

/** The type and name V8 gives to a reference that is labelled so. */
function rawReference(label: string): Pick<SubgraphEdge, 'type' | 'name'> {
  if (label.startsWith('.')) return { type: 'property', name: label.slice(1) };
  const index = /^\[(\d+)\]$/.exec(label)?.[1];
  if (index !== undefined) return { type: 'element', name: index };
  return { type: /^\w+$/.test(label) ? 'context' : 'internal', name: label };
}

export function subgraph(
  nodes: readonly SubgraphNode[],
  edges: readonly SubgraphEdge[],
  fields: Partial<Subgraph> = {},
): Subgraph {
  return {
    schema: 'showbackref/graph@1',
    command: 'backrefs',
    source: { kind: 'snapshot', nodeCount: 51234, edgeCount: 212345, producer: 'Node.js v20.20.2' },
    targets: nodes.filter(({ role }) => role === 'target').map(({ id }) => id),
    nodes,
    edges,
    limits: { depth: false, fanIn: false, nodes: false },
    masked: 0,
    ...fields,
  };
}

/**
 * The seed: `const x=[1]; const y=[x,[x],{a:x}]; debugger;`
 *
 *     frame ──y──▶ @125 ──[1]──▶ @127 ──[0]──┐
 *       │           │ └───[2]──▶ @129 ──.a───┤
 *       x          [0]                       ▼
 *       └───────────┴─────────────────────▶ @123
 */
export function seedSubgraph(): Subgraph {
  return subgraph(
    [
      node('Array @123', { role: 'target', preview: '1 element', location: 'seed.js:2:11' }),
      node('module seed.js:4', { id: 'frame:0', type: 'frame', role: 'root' }),
      node('Array @125', { preview: '3 elements', location: 'seed.js:3:11', shallowSize: 40 }),
      node('Array @127', { preview: '1 element' }),
      node('Object @129', { preview: '{a}', shallowSize: 28 }),
    ],
    [
      edge('frame:0', '@123', 'x'),
      edge('@125', '@123', '[0]'),
      edge('@127', '@123', '[0]'),
      edge('@129', '@123', '.a'),
      edge('frame:0', '@125', 'y'),
      edge('@125', '@127', '[1]'),
      edge('@125', '@129', '[2]'),
    ],
  );
}

/**
 * One of everything: two parallel references, a cycle (@3 and @5 hold each other), a weak
 * reference, a highlighted node, a cut, masked text, a retained size, depth beyond the greys.
 */
export function richSubgraph(): Subgraph {
  const chain = [5, 6, 7, 8].map((depth) => node(`Link @${depth}1`, { depth }));
  return subgraph(
    [
      node('Session @1', {
        role: 'target',
        preview: '{id, user, …}',
        location: 'src/session.js:12:5',
        retainedSize: 1234567,
      }),
      node('Map @3', { preview: '12 entries', highlighted: true }),
      node('onData() @5', { type: 'closure', name: 'onData', location: 'app.js:3:7' }),
      node('37 more: 30 Array, 7 Closure', {
        id: 'more:@1',
        type: 'more',
        role: 'more',
        omitted: {
          count: 37,
          classes: [
            { name: 'Array', count: 30 },
            { name: 'Closure', count: 7 },
          ],
        },
      }),
      ...chain,
      node('globalThis.cache', { id: 'root:0', type: 'root', role: 'root', depth: 9 }),
    ],
    [
      edge('@3', '@1', 'Map["k"] →'),
      edge('@3', '@1', 'Map["l"] →'),
      edge('@5', '@1', 'session', { weak: true }),
      edge('more:@1', '@1', ''),
      edge('@5', '@3', '.cache'),
      edge('@3', '@5', 'listener "data"'),
      edge('@51', '@5', '.next'),
      edge('@61', '@51', '.next'),
      edge('@71', '@61', '.next'),
      edge('@81', '@71', '.next'),
      edge('root:0', '@81', '.cache'),
    ],
    { limits: { depth: true, fanIn: true, nodes: false }, masked: 2 },
  );
}

/** `nodes` nodes and `edges` edges, the same on every run; node 0 is the target. */
export function generatedSubgraph(nodes: number, edges: number): Subgraph {
  const next = pseudoRandom(7);
  const made = [node('Target @0', { role: 'target' })];
  const references: SubgraphEdge[] = [];
  for (let i = 1; i < nodes; i++) {
    const held = made[Math.floor(next() * Math.max(1, i / 2))] ?? made[0]!;
    made.push(node(`Session @${i}`, { preview: '{id, user, …}', depth: held.depth + 1 }));
    references.push(edge(`@${i}`, held.id, `.prev${i}`));
  }
  while (references.length < edges) {
    const from = 1 + Math.floor(next() * (nodes - 1));
    references.push(edge(`@${from}`, `@${Math.floor(next() * from * 0.9)}`, `.x${from}`));
  }
  return subgraph(made, references);
}

function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}
