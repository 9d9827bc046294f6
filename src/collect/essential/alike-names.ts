import type { Meaning, NodeMeaning } from '../../engine/meaning.js';
import { formatCount } from '../../util/format-count.js';
import { groupBy, lowest } from '../../util/many.js';
import { labelOf } from '../../words/labels.js';
import { nodeLabel, nodeName } from '../../words/node-labels.js';
import { shapeOf } from '../../words/shapes.js';
import type { Share, SubgraphEdge, SubgraphNode } from '../picture/subgraph.js';
import { type Picture, stubsOf } from './picture-links.js';

/** The number of ids kept of objects that are drawn as one. */
const NAMED_MEMBERS = 20;
const LEAST_ALIKE = 2;

/**
 * Draws nodes as one if they differ only in the numbers of their names, or in the file among
 * several of the same name, and hold the same things in the same way; then the nodes that hold
 * those, and so on.
 */
export function mergeAlikeNames<P extends Picture>(
  picture: P,
  isProtected: (node: SubgraphNode) => boolean,
): P {
  let merged = picture;
  // each round merges at least two nodes, so it ends
  for (;;) {
    const groups = alikeGroups(merged, isProtected);
    if (groups.length === 0) return merged;
    merged = join(merged, groups);
  }
}

function alikeGroups(
  picture: Picture,
  isProtected: (node: SubgraphNode) => boolean,
): readonly (readonly SubgraphNode[])[] {
  const stubs = stubsOf(picture);
  const leaving = groupBy(picture.edges, ({ from }) => from);
  const entering = groupBy(picture.edges, ({ to }) => to);
  const targets = new Set(picture.targets);
  const candidates = picture.nodes.filter((node) => {
    const hasStub = (entering.get(node.id) ?? []).some(({ from }) => stubs.has(from));
    return node.role !== 'more' && !targets.has(node.id) && !isProtected(node) && !hasStub;
  });
  const groups = groupBy(candidates, (node) => {
    const held = (leaving.get(node.id) ?? []).map(
      (edge) => `${edge.to} ${edge.weak} ${openLabel(edge)}`,
    );
    return JSON.stringify([
      node.type,
      node.role,
      withoutNumbers(node.name),
      [...new Set(held)].sort(),
    ]);
  });
  return [...groups.values()].filter((group) => group.length >= LEAST_ALIKE && isOfOneKind(group));
}

/**
 * True if the nodes may be merged: the walk kept objects of one class apart on purpose if different
 * ones hold them, unless only numbers differ.
 */
function isOfOneKind(group: readonly SubgraphNode[]): boolean {
  const names = new Set(group.map(({ name }) => name));
  return names.size > 1 || group.every(({ role }) => role === 'root');
}

function withoutNumbers(text: string): string {
  return text.replace(/\d+/g, '*');
}

function join<P extends Picture>(picture: P, groups: readonly (readonly SubgraphNode[])[]): P {
  const joined = new Map<string, string>();
  const nodes = new Map(picture.nodes.map((node) => [node.id, node]));
  for (const group of groups) {
    const one = joinNodes(group);
    for (const { id } of group) {
      joined.set(id, one.id);
      nodes.delete(id);
    }
    nodes.set(one.id, one);
  }
  const isJoined = ({ from, to }: SubgraphEdge) => joined.has(from) || joined.has(to);
  const ends = picture.edges.filter(isJoined).map((edge) => ({
    ...edge,
    from: joined.get(edge.from) ?? edge.from,
    to: joined.get(edge.to) ?? edge.to,
  }));
  const arrows = groupBy(ends, (edge) =>
    JSON.stringify([edge.from, edge.to, edge.weak, openLabel(edge)]),
  );
  const same = picture.edges.filter((edge) => !isJoined(edge));
  const edges = [...same, ...[...arrows.values()].map(joinEdges)];
  return { ...picture, nodes: [...nodes.values()].map((node) => markAgain(node, edges)), edges };
}

/** Updates which share an object holds of others that have become one node. */
function markAgain(node: SubgraphNode, edges: readonly SubgraphEdge[]): SubgraphNode {
  if (node.holds === undefined) return node;
  const { holds: _, ...unmarked } = node;
  const shares = edges.flatMap(({ from, holds }) => (from === node.id && holds ? [holds] : []));
  const [most] = shares.sort((a, b) => b.count - a.count);
  return most === undefined ? unmarked : { ...unmarked, holds: most };
}

function joinNodes(group: readonly SubgraphNode[]): SubgraphNode {
  const [first] = group as [SubgraphNode];
  const ids = group.flatMap(({ id, members }) => members ?? [id]);
  const count = group.reduce((sum, node) => sum + (node.count ?? 1), 0);
  const id = first.id.startsWith('many:') ? first.id : `many:${first.id}`;
  const is = first.is && openName(first.is, group);
  const same = <K extends 'preview' | 'location'>(key: K) =>
    group.every((node) => node[key] === first[key]);
  const sizes = group.map(({ shallowSize }) => shallowSize);
  const size = sizes.every((one) => one !== null) ? sizes.reduce((sum, one) => sum + one, 0) : null;
  return {
    ...first,
    id,
    count,
    members: ids.slice(0, NAMED_MEMBERS),
    ...(is === undefined
      ? { label: `${first.name} x ${formatCount(count)}` }
      : { is, name: nodeName(is), label: nodeLabel(is, id, count) }),
    preview: same('preview') ? first.preview : '',
    location: same('location') ? first.location : null,
    shallowSize: size,
    retainedSize: null,
    distance: leastOf(group.flatMap(({ distance }) => distance ?? [])),
  };
}

function leastOf(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : lowest(numbers);
}

/** `validate*` for `validate99` and `validate107`. */
function openName(is: NodeMeaning, group: readonly SubgraphNode[]): NodeMeaning {
  const names = new Set(group.map(({ name }) => name));
  if (names.size === 1) return is;
  switch (is.kind) {
    case 'object':
      return { ...is, name: withoutNumbers(is.name) };
    case 'function':
      return { ...is, name: is.name && withoutNumbers(is.name) };
    case 'scope':
      return { ...is, of: is.of && withoutNumbers(is.of) };
    case 'module':
      return { ...is, file: is.file && withoutNumbers(is.file) };
    default:
      return is;
  }
}

function joinEdges(edges: readonly SubgraphEdge[]): SubgraphEdge {
  const [first] = edges as [SubgraphEdge];
  if (edges.length === 1) return first;
  const count = edges.reduce((sum, edge) => sum + (edge.count ?? 1), 0);
  const { holds: _, ...arrow } = first;
  const shares = edges.flatMap(({ holds }) => holds ?? []);
  const holds = shares.length === edges.length ? { holds: sumOf(shares) } : {};
  if (edges.every(({ label }) => label === first.label)) return { ...arrow, count, ...holds };
  const means = first.means && openMeaning(first.means);
  return { ...arrow, count, ...(means && { means, label: labelOf(means) }), ...holds };
}

function sumOf(shares: readonly Share[]): Share {
  const add = (sum: Share, { count, of }: Share) => ({ count: sum.count + count, of: sum.of + of });
  return shares.reduce(add);
}

/** The common part of references that differ only in numbers. */
function openMeaning(meaning: Meaning): Meaning {
  const shape = shapeOf(meaning);
  if (shape.kind === 'variable') return { ...shape, name: withoutNumbers(shape.name) };
  if (shape.kind !== 'property' || shape.name === null) return shape;
  const isIdentifier = labelOf(shape).startsWith('.') && { isIdentifier: true as const };
  return { ...shape, name: withoutNumbers(shape.name), ...isIdentifier };
}

/** A label in which the parts that differ between similar references are left open. */
function openLabel({ means, label }: SubgraphEdge): string {
  return withoutNumbers(means === undefined ? label : labelOf(shapeOf(means)));
}
