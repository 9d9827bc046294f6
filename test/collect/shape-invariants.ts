import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { type Answer, drawnNodes, holdersDrawn, isRoot } from './answer.js';

const ROLES = ['target', 'holder', 'root', 'more'];

export function* repeatable(subgraph: Subgraph, again: Subgraph): Iterable<string> {
  const text = JSON.stringify(subgraph);
  if (text !== JSON.stringify(again)) yield 'a second run answers something else';
  if (!isPlain(subgraph)) yield 'there is something in it that JSON does not carry';
}

/** True if a value survives JSON unchanged: no undefined, NaN, typed array or class instance. */
function isPlain(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every(isPlain);
}

export function* wellFormed({ view, targets, subgraph, nodes, options }: Answer): Iterable<string> {
  if (nodes.size !== subgraph.nodes.length) yield 'two nodes have one id';
  for (const { from, to } of subgraph.edges) {
    if (!nodes.has(from) || !nodes.has(to)) yield `${from} -> ${to} leads out of the picture`;
  }
  const edges = subgraph.edges.map(({ from, to, label, weak }) => `${from} ${to} ${weak} ${label}`);
  if (!options.internals && new Set(edges).size !== edges.length) yield 'an edge is drawn twice';
  // a part of a realm may be drawn as another part, its global object
  const ids = targets.map((node, at) => {
    const own = `@${view.graph.idOf(node)}`;
    const parts = view.facts.realms.ofPart(node)?.aliases ?? [];
    const drawn = subgraph.targets[at] ?? own;
    return parts.some((part) => `@${view.graph.idOf(part)}` === drawn) ? drawn : own;
  });
  if (ids.join() !== subgraph.targets.join()) yield 'the targets are not the ones asked for';
  for (const { id, role, retainedSize, type, dominator } of subgraph.nodes) {
    if ((role === 'target') !== ids.includes(id)) yield `${id} has the role ${role}`;
    const hasSize = role !== 'more' && type !== 'root' && type !== 'frame';
    if ((retainedSize !== null) !== ((options.retained || dominator === true) && hasSize)) {
      yield `${id} has the retained size ${retainedSize}`;
    }
  }
}

/** The words for a node that nothing in the file holds. */
export const SAYS_UNHELD = /(no holder recorded|only held weakly)$/;

/** The stack comes last: it is gone with the call. */
const STACK = ['(Stack roots)', '(Handle scope)'];

export function* sorted({ subgraph: { nodes, edges } }: Answer): Iterable<string> {
  const number = (id: string) => Number(/\d+/.exec(id)?.[0] ?? 0);
  const nodeKeys = nodes.map(({ depth, role, id, is }) => {
    const isStack = is?.kind === 'root-group' && STACK.includes(is.name);
    return [depth, ROLES.indexOf(role), Number(isStack), number(id)];
  });
  const place = new Map(nodes.map(({ id }, index) => [id, index]));
  const edgeKeys = edges.map(({ from, to, count = 1 }) => {
    return [place.get(to) ?? -1, -count, place.get(from) ?? -1];
  });
  if (!isAscending(nodeKeys)) yield 'nodes are not sorted';
  if (!isAscending(edgeKeys)) yield 'edges are not sorted';
  const parallel = edges.filter((edge, i) => {
    const before = edges[i - 1];
    const isParallel = before?.from === edge.from && before.to === edge.to;
    return isParallel && before.count === edge.count && before.label > edge.label;
  });
  if (parallel.length > 0) yield `parallel edges are not sorted: ${parallel[0].label}`;
}

function isAscending(rows: readonly (readonly number[])[]): boolean {
  return rows.every((row, i) => {
    const before = rows[i - 1] ?? row;
    const column = row.findIndex((value, at) => value !== before[at]);
    return column < 0 || row[column] > before[column];
  });
}

export function* depthsRight({ subgraph, into, nodes }: Answer): Iterable<string> {
  const depths = new Map(subgraph.targets.map((id) => [id, 0]));
  for (const [id, depth] of depths) {
    for (const { from } of into.get(id) ?? []) if (!depths.has(from)) depths.set(from, depth + 1);
  }
  for (const [id, { depth }] of nodes) {
    if (!depths.has(id)) yield `${id} is not connected with a target`;
    else if (depths.get(id) !== depth) yield `${id} has depth ${depth}, not ${depths.get(id)}`;
  }
}

export function* withinLimits(answer: Answer): Iterable<string> {
  const { options, targets } = answer;
  const size = drawnNodes(answer).length;
  if (size > Math.max(options.maxNodes, targets.length)) yield `${size} nodes are drawn`;
  for (const { id } of drawnNodes(answer)) {
    const holders = new Set(holdersDrawn(answer, id)).size;
    if (holders > options.fanIn) yield `${id} has ${holders} holders`;
  }
}

export function* connected(answer: Answer): Iterable<string> {
  for (const node of drawnNodes(answer)) {
    const isHeld = answer.into.has(node.id);
    if (isRoot(answer, node)) {
      if (isHeld && node.role !== 'target') yield `${node.id} is a root and has holders`;
    } else if (isHeld === SAYS_UNHELD.test(node.preview)) {
      yield `${node.id} ${isHeld ? 'has' : 'has no'} holder and says "${node.preview}"`;
    }
  }
}

/**
 * Checks that from every node the picture leads up to a root, a cut, or a node that nothing in the
 * file holds.
 */
export function* chainsEnd(answer: Answer): Iterable<string> {
  const { subgraph, outOf } = answer;
  const ends = subgraph.nodes.filter((node) => {
    const isSaid = SAYS_UNHELD.test(node.preview) || node.preview.endsWith('unreachable');
    return node.role === 'more' || isRoot(answer, node) || isSaid;
  });
  const good = new Set(ends.map(({ id }) => id));
  for (const id of good) for (const { to } of outOf.get(id) ?? []) good.add(to);
  for (const { id, name } of subgraph.nodes) if (!good.has(id)) yield `${id} ${name} leads nowhere`;
}
