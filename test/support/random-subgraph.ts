import type {
  NodeRole,
  Subgraph,
  SubgraphEdge,
  SubgraphNode,
} from '../../src/collect/picture/subgraph.js';
import { HOSTILE_STRINGS } from '../report/hostile-strings.js';
import { seededRandom } from './random-heap.js';

const ROLES: readonly NodeRole[] = ['holder', 'holder', 'holder', 'root', 'more', 'target'];
const LONG = 'long "\\N" <b> `x` {{tree}} \u202e 日本 '.repeat(3000);

/**
 * An answer of 1 to 14 nodes: any text anywhere, cycles, self and parallel references, weak ones,
 * several targets, unreachable nodes, cuts, sizes that are missing or huge.
 */
export function randomSubgraph(seed: number): Subgraph {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const text = () => randomText(random);
  const count = 1 + below(14);
  const nodes = Array.from({ length: count }, (_, index) => randomNode(index, { below, text }));
  const edges = Array.from({ length: below(2 * count) }, (): SubgraphEdge => {
    const [from, to] = [`@${below(count)}`, `@${below(count)}`];
    return { from, to, type: 'property', name: text(), label: text(), weak: below(5) === 0 };
  });
  return {
    schema: 'showbackref/graph@1',
    command: 'backrefs',
    source: { kind: 'snapshot', nodeCount: below(1e9), edgeCount: below(1e9), producer: text() },
    targets: nodes.filter(({ role }) => role === 'target').map(({ id }) => id),
    nodes,
    edges,
    limits: { depth: below(2) === 0, fanIn: below(2) === 0, nodes: below(2) === 0 },
    masked: below(3),
  };
}

interface Choices {
  readonly below: (limit: number) => number;
  readonly text: () => string;
}

function randomNode(index: number, { below, text }: Choices): SubgraphNode {
  const role = index === 0 ? 'target' : (ROLES[below(ROLES.length)] ?? 'holder');
  const maybe = <T>(value: T) => (below(3) === 0 ? null : value);
  const classes = Array.from({ length: 1 + below(3) }, () => ({ name: text(), count: below(99) }));
  return {
    id: `@${index}`,
    type: text(),
    name: text(),
    label: text(),
    preview: below(3) === 0 ? '' : text(),
    location: maybe(text()),
    shallowSize: maybe(below(1e9)),
    retainedSize: maybe(below(2 ** 40)),
    distance: maybe(below(20)),
    depth: role === 'target' ? 0 : 1 + below(12),
    role,
    omitted: role === 'more' ? { count: below(999), classes } : null,
    ...(below(6) === 0 ? { highlighted: true } : {}),
  };
}

/** A hostile text, two of them, or any UTF-16 units, well-formed or not. */
export function randomText(random: () => number): string {
  const below = (limit: number) => Math.floor(random() * limit);
  const hostile = () => HOSTILE_STRINGS[below(HOSTILE_STRINGS.length)] ?? '';
  const kind = below(1000);
  if (kind === 0) return LONG;
  if (kind < 250) return hostile() + hostile();
  if (kind < 750) return hostile();
  const most = kind < 875 ? 0x80 : 0x10000;
  return String.fromCharCode(...Array.from({ length: below(40) }, () => below(most)));
}
