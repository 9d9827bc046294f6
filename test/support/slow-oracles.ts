import type { HeapGraph } from '../../src/graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../src/graph/ordinals.js';

/**
 * The graph algorithms again, written directly from their definitions and with words instead of
 * bits, to compare the fast ones with. Some take cubic time: for heaps of a few dozen nodes.
 */
interface Arrow {
  readonly from: number;
  readonly to: number;
  readonly type: string;
  readonly name: string;
}

const SYSTEM = 100_000_000;
const PAIR =
  /^\d+( \/ part of key \(.* @\d+\) -> value \(.* @\d+\) pair in WeakMap \(table @(\d+)\))$/s;

function arrowsOf(graph: HeapGraph): readonly Arrow[] {
  return Array.from({ length: graph.edgeCount }, (_, e) => {
    const edge = e as EdgeOrdinal;
    const from = graph.ownerOf(edge);
    const type = graph.edgeTypeNameOf(edge);
    return { from, to: graph.targetOf(edge), type, name: graph.edgeNameOf(edge) };
  });
}

/**
 * Distances by definition: the smallest numbers for which a node is one step further than the
 * nearest node that points to it, and a WeakMap value one step further than the later one of key
 * and table.
 *
 * @returns by node ordinal, -1 if unreachable.
 */
export function slowDistances(graph: HeapGraph): number[] {
  const arrows = arrowsOf(graph).filter(({ type }) => type !== 'weak');
  const distances: number[] = Array(graph.nodeCount).fill(Number.POSITIVE_INFINITY);
  const settle = () => {
    const frozen = distances.map((distance) => distance < Number.POSITIVE_INFINITY);
    for (let changed = true; changed; ) {
      changed = false;
      for (const { to, from } of steps(arrows, distances)) {
        if (frozen[to] || distances[to]! <= from + 1) continue;
        distances[to] = from + 1;
        changed = true;
      }
    }
  };
  const userRoots = arrowsOf(graph)
    .filter(({ from }) => from === graph.root)
    .filter(({ to }) => graph.typeNameOf(to as NodeOrdinal) !== 'synthetic');
  for (const { to } of userRoots) distances[to] = 1;
  // distances of this phase settle among themselves; the starts stay
  settle();
  if (distances[graph.root] === Number.POSITIVE_INFINITY) {
    distances[graph.root] = userRoots.length > 0 ? SYSTEM : 0;
  }
  settle();
  return distances.map((distance) => (distance === Number.POSITIVE_INFINITY ? -1 : distance));
}

/**
 * Each step to a node with the distance at which it starts; the two halves of a pair are one step.
 */
function steps(arrows: readonly Arrow[], distances: readonly number[]) {
  const plain = arrows.filter((arrow) => !isHalf(arrow));
  const halves = arrows.filter(isHalf);
  const pairs = halves.flatMap((half, i) => {
    const other = halves.slice(i + 1).find(({ name }) => pairOf(name) === pairOf(half.name));
    return other === undefined ? [] : [[half, other] as const];
  });
  return [
    ...plain.map(({ from, to }) => ({ to, from: distances[from]! })),
    ...pairs.map(([a, b]) => ({
      to: a.to,
      from: Math.max(distances[a.from]!, distances[b.from]!),
    })),
  ];
}

function isHalf({ type, name }: Arrow): boolean {
  return type === 'internal' && PAIR.test(name);
}

function pairOf(name: string): string | undefined {
  return PAIR.exec(name)?.[1];
}

/** Edges that count for dominators, as pairs of ordinals; rules as in DevTools. */
function essentialArrows(graph: HeapGraph): readonly Arrow[] {
  const arrows = arrowsOf(graph);
  const owned = new Set<number>();
  for (const { from, to, type } of arrows) {
    if (from === graph.root && type === 'shortcut') owned.add(to);
  }
  for (const node of owned) {
    for (const { from, to, type } of arrows) if (from === node && type !== 'weak') owned.add(to);
  }
  const essential = arrows.filter(({ from, to, type, name }) => {
    if (type === 'weak' || from === to) return false;
    const table = type === 'internal' ? PAIR.exec(name)?.[2] : undefined;
    if (table === String(graph.idOf(from as NodeOrdinal))) return false;
    if (from === graph.root) return true;
    return type !== 'shortcut' && (owned.has(from) || !owned.has(to));
  });
  return [...essential, ...rootArrowsToOrphans(graph, essential)];
}

/**
 * Arrows from the root to orphans: their holders are unknown, so the root stands for them, first
 * for those that nothing points to.
 */
function rootArrowsToOrphans(graph: HeapGraph, arrows: readonly Arrow[]): readonly Arrow[] {
  const held = new Set(arrows.map(({ to }) => to));
  const all = Array.from({ length: graph.nodeCount }, (_, node) => node);
  const added: Arrow[] = all
    .filter((node) => node !== graph.root && !held.has(node))
    .map((to) => ({ from: graph.root, to, type: 'property', name: 'orphan' }));
  const reached = reachedWithout(graph, [...arrows, ...added], null);
  const circles = all
    .filter((node) => !reached.has(node))
    .map((to) => ({ from: graph.root, to, type: 'property', name: 'circle' }));
  return [...added, ...circles];
}

function reachedWithout(
  graph: HeapGraph,
  arrows: readonly Arrow[],
  removed: number | null,
): ReadonlySet<number> {
  const reached = new Set<number>();
  if (removed !== graph.root) reached.add(graph.root);
  for (const node of reached) {
    for (const { from, to } of arrows) if (from === node && to !== removed) reached.add(to);
  }
  return reached;
}

/**
 * Removes every node in turn and finds what becomes unreachable: that is what it dominates.
 *
 * @returns for each node the set of nodes that it dominates, including itself.
 */
function dominatedSets(graph: HeapGraph): ReadonlySet<number>[] {
  const arrows = essentialArrows(graph);
  return Array.from({ length: graph.nodeCount }, (_, removed) => {
    const left = reachedWithout(graph, arrows, removed);
    const gone = Array.from({ length: graph.nodeCount }, (_, n) => n).filter((n) => !left.has(n));
    return new Set(gone);
  });
}

/**
 * Immediate dominator by node ordinal: of all dominators of a node, the one that dominates least.
 */
export function slowDominators(graph: HeapGraph): number[] {
  const sets = dominatedSets(graph);
  return sets.map((_, node) => {
    if (node === graph.root) return node;
    const dominators = [...sets.keys()].filter((d) => d !== node && sets[d]!.has(node));
    return dominators.reduce((best, d) => (sets[d]!.size < sets[best]!.size ? d : best));
  });
}

/** Bytes that are freed if a node is removed, by node ordinal. */
export function slowRetainedSizes(graph: HeapGraph): number[] {
  return dominatedSets(graph).map((gone) =>
    [...gone].reduce((sum, node) => sum + graph.selfSizeOf(node as NodeOrdinal), 0),
  );
}
