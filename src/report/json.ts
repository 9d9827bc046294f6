import type {
  PictureLimits,
  Subgraph,
  SubgraphEdge,
  SubgraphNode,
  Through,
} from '../collect/picture/subgraph.js';
import { escapeInvisible } from '../util/show-invisible.js';
import { cutValue } from '../util/truncate.js';
import { compactJson } from './budget/compact-json.js';
import type { Abridged } from './budget/fit-graph.js';

/** How the document is written. */
interface JsonOptions {
  /** Of a picture that does not have all there is: without blanks, empty fields, and what labels were made from. */
  readonly abridged?: Abridged;
}

/**
 * The `showbackref/graph@1` document: these keys in this order whatever else the collector
 * provides, two spaces, a final newline. Invisible characters are JSON escapes, so the text is safe
 * to print and still parses to the exact strings of the heap.
 */
export function toJson(subgraph: Subgraph, { abridged }: JsonOptions = {}): string {
  const document = graphDocument(subgraph);
  if (abridged === undefined) return `${escapeInvisible(JSON.stringify(document, cutValue, 2))}\n`;
  const { next } = abridged;
  return compactJson({
    ...document,
    nodes: document.nodes.map(({ is: _is, ...node }) => filled(node)),
    edges: document.edges.map(({ means: _means, ...edge }) => filled(edge)),
    ...(next.length > 0 && { next }),
  });
}

/** Without fields that are null, empty or false. */
function filled(record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => Boolean(value)));
}

function graphDocument(subgraph: Subgraph) {
  const { schema, command, source, targets, nodes, edges, limits, masked } = subgraph;
  const { patterns, cut, sourceMaps, left, unmatched, budget } = subgraph;
  const { kind, nodeCount, edgeCount, producer, rootless } = source;
  return {
    schema,
    command,
    source: { kind, nodeCount, edgeCount, producer, ...(rootless ? { rootless } : {}) },
    targets,
    nodes: nodes.map(nodeRecord),
    edges: edges.map(edgeRecord),
    limits: limitsRecord(limits),
    masked,
    ...(patterns === undefined ? {} : { patterns }),
    ...(cut === undefined ? {} : { cut }),
    ...(sourceMaps === undefined ? {} : { sourceMaps }),
    ...(left === undefined ? {} : { left }),
    ...(unmatched === undefined ? {} : { unmatched }),
    ...(budget === undefined ? {} : { budget }),
  };
}

function limitsRecord(limits: PictureLimits): PictureLimits {
  const { depth, fanIn, nodes, hide, stop, targets, harmless, prototypes, onlyPrototypes } = limits;
  return {
    ...{ depth, fanIn, nodes },
    ...(hide ? { hide } : {}),
    ...(stop ? { stop } : {}),
    ...(targets ? { targets } : {}),
    ...(harmless === undefined ? {} : { harmless }),
    ...(prototypes === undefined ? {} : { prototypes }),
    ...(onlyPrototypes === undefined ? {} : { onlyPrototypes }),
  };
}

function nodeRecord(node: SubgraphNode): SubgraphNode {
  return {
    id: node.id,
    type: node.type,
    name: node.name,
    label: node.label,
    preview: node.preview,
    location: node.location,
    shallowSize: node.shallowSize,
    retainedSize: node.retainedSize,
    distance: node.distance,
    depth: node.depth,
    role: node.role,
    omitted: node.omitted,
    ...(node.highlighted ? { highlighted: true } : {}),
    ...(node.count === undefined ? {} : { count: node.count, members: node.members ?? [] }),
    ...(node.dominator ? { dominator: true } : {}),
    ...(node.is === undefined ? {} : { is: node.is }),
    ...(node.code === undefined ? {} : { code: node.code }),
    ...(node.state === undefined ? {} : { state: node.state }),
    ...(node.unreachable === undefined ? {} : { unreachable: node.unreachable }),
    ...(node.holds === undefined ? {} : { holds: node.holds }),
  };
}

function edgeRecord(edge: SubgraphEdge): SubgraphEdge {
  const { from, to, type, name, label, weak, count, means, holds, through } = edge;
  return {
    ...{ from, to, type, name, label, weak },
    ...(count === undefined ? {} : { count }),
    ...(means === undefined ? {} : { means }),
    ...(holds === undefined ? {} : { holds }),
    ...(through === undefined ? {} : { through: rowRecord(through) }),
  };
}

function rowRecord({ nodes, edges }: Through): Through {
  return { nodes: nodes.map(nodeRecord), edges: edges.map(edgeRecord) };
}
