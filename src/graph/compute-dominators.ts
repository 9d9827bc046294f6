import { EdgeClass } from './edge-class.js';
import type { HeapGraph } from './heap-graph.js';
import type { EdgeOrdinal } from './ordinals.js';
import { EdgeType } from './types.js';
import { isDocumentTrees } from './user-roots.js';

/** In `numbers`: not reached yet. */
const NONE = 0xffff_ffff;

/**
 * Immediate dominators over the edges DevTools calls essential, by the semi-NCA algorithm: like
 * Lengauer and Tarjan's, with the last step replaced by a walk up the tree (Georgiadis, "Linear-Time
 * Algorithms for Dominators and Related Problems", 2005, section 2.3). What holds an orphan is not in
 * the file although the orphan is alive, so the root stands for it, as in DevTools.
 *
 * @returns ordinal of the immediate dominator by node ordinal, the root's is itself; length nodeCount.
 */
export function computeDominators(graph: HeapGraph): Uint32Array {
  const isEssential = essentialEdges(graph);
  const scratch = { a: new Uint32Array(graph.nodeCount), b: new Uint32Array(graph.nodeCount) };
  const { order, numbers, parents } = numberDepthFirst(graph, isEssential, scratch);
  const { firstHolder, holders } = numberedHolders(graph, isEssential, order, numbers);
  const ancestors = parents.slice();
  const path = numbers; // no longer needed
  const semi = computeSemidominators({ ancestors, firstHolder, holders, path }, scratch);
  const dominators = ancestors; // neither are they
  dominators[graph.root] = graph.root;
  const idom = parents; // the walk below only reads entries it has already finished
  for (let w = 1; w < order.length; w++) {
    let candidate = idom[w];
    while (candidate > semi[w]) candidate = idom[candidate];
    idom[w] = candidate;
    dominators[order[w]] = order[candidate];
  }
  return dominators;
}

/** Room that one step after the other uses; each of length nodeCount. */
interface Scratch {
  readonly a: Uint32Array;
  readonly b: Uint32Array;
}

/**
 * Which edges count for dominators: retaining, not the table's half of a WeakMap entry, and, where
 * the file has user roots, not leading from outside into what those reach, so that a debugger's
 * handles never dominate the program's objects.
 *
 * @returns 1 for essential, by edge ordinal. Source: DevTools `computeIsEssentialEdge`.
 */
function essentialEdges(graph: HeapGraph): Uint8Array {
  const { firstEdge, edgeTargets, edgeTypes } = graph.tables;
  const owned = pageOwnedNodes(graph);
  const essential = new Uint8Array(graph.edgeCount);
  for (let node = 0; node < graph.nodeCount; node++) {
    const mayEnter = node === graph.root || owned[node] === 1;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      const bits = graph.edgeClasses[edge];
      // no bits at all: weak, or taken out of the graph
      if (bits === 0 || edgeTargets[edge] === node) continue;
      if (edgeTypes[edge] === EdgeType.shortcut && node !== graph.root) continue;
      if ((bits & EdgeClass.TABLE_HALF) !== 0) continue;
      if (mayEnter || owned[edgeTargets[edge]] === 0) essential[edge] = 1;
    }
  }
  return essential;
}

/** What the root's shortcuts and document trees reach without weak edges. Source: DevTools `markPageOwnedNodes`. */
function pageOwnedNodes(graph: HeapGraph): Uint8Array {
  const { firstEdge, edgeTargets, edgeTypes } = graph.tables;
  const owned = new Uint8Array(graph.nodeCount);
  const stack: number[] = [];
  for (let e = graph.firstEdge(graph.root); e < graph.endEdge(graph.root); e++) {
    const node = graph.targetOf(e as EdgeOrdinal);
    if (owned[node] === 1 || graph.edgeClasses[e] === 0) continue;
    if (edgeTypes[e] !== EdgeType.shortcut && !isDocumentTrees(graph, node)) continue;
    owned[node] = 1;
    stack.push(node);
  }
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      const target = edgeTargets[edge];
      if (owned[target] === 1 || graph.edgeClasses[edge] === 0) continue;
      owned[target] = 1;
      stack.push(target);
    }
  }
  return owned;
}

interface DepthFirstNumbers {
  /** Node ordinals in preorder; index 0 is the root; length nodeCount. */
  readonly order: Uint32Array;
  /** Preorder number by node ordinal. */
  readonly numbers: Uint32Array;
  /** Preorder number of the DFS parent, by preorder number; 0 for the root. */
  readonly parents: Uint32Array;
}

function numberDepthFirst(
  graph: HeapGraph,
  isEssential: Uint8Array,
  // a path of the DFS visits a node once, so nodeCount entries are enough
  { a: stack, b: nextEdge }: Scratch,
): DepthFirstNumbers {
  const { firstEdge, edgeTargets } = graph.tables;
  const order = new Uint32Array(graph.nodeCount);
  const numbers = new Uint32Array(graph.nodeCount).fill(NONE);
  const parents = new Uint32Array(graph.nodeCount);
  let depth = 0;
  let count = 0;
  const enter = (node: number, parent: number) => {
    numbers[node] = count;
    order[count] = node;
    parents[count++] = parent;
    stack[depth] = node;
    nextEdge[depth++] = firstEdge[node];
  };
  const descend = () => {
    while (depth > 0) {
      const node = stack[depth - 1];
      const end = firstEdge[node + 1];
      let edge = nextEdge[depth - 1];
      while (edge < end && (isEssential[edge] === 0 || numbers[edgeTargets[edge]] !== NONE)) edge++;
      nextEdge[depth - 1] = edge + 1;
      if (edge >= end) depth--;
      else enter(edgeTargets[edge], numbers[node]);
    }
  };
  enter(graph.root, 0);
  descend();
  if (count === graph.nodeCount) return { order, numbers, parents };
  for (const orphan of nodesWithoutHolder(graph, isEssential)) {
    if (numbers[orphan] !== NONE) continue;
    enter(orphan, 0);
    descend();
  }
  // what is left holds itself in circles; where it is entered from outside nobody knows, so anywhere
  for (let node = 0; node < graph.nodeCount; node++) {
    if (numbers[node] === NONE) enter(node, 0);
  }
  return { order, numbers, parents };
}

function nodesWithoutHolder(graph: HeapGraph, isEssential: Uint8Array): readonly number[] {
  const { edgeTargets } = graph.tables;
  const held = new Uint8Array(graph.nodeCount);
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (isEssential[edge] === 1) held[edgeTargets[edge]] = 1;
  }
  const found: number[] = [];
  for (let node = 0; node < graph.nodeCount; node++) if (held[node] === 0) found.push(node);
  return found;
}

/** The reverse index in preorder numbers, essential edges only. */
function numberedHolders(
  graph: HeapGraph,
  isEssential: Uint8Array,
  order: Uint32Array,
  numbers: Uint32Array,
): { readonly firstHolder: Uint32Array; readonly holders: Uint32Array } {
  const { firstEdge, edgeTargets } = graph.tables;
  const firstHolder = new Uint32Array(order.length + 1);
  let total = 0;
  for (let v = 0; v < order.length; v++) {
    const node = order[v];
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      if (isEssential[edge] === 0) continue;
      firstHolder[numbers[edgeTargets[edge]]]++;
      total++;
    }
  }
  for (let w = 0, sum = 0; w <= order.length; w++) {
    sum += firstHolder[w];
    firstHolder[w] = sum;
  }
  const holders = new Uint32Array(total);
  for (let v = 0; v < order.length; v++) {
    const node = order[v];
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      if (isEssential[edge] === 1) holders[--firstHolder[numbers[edgeTargets[edge]]]] = v;
    }
  }
  return { firstHolder, holders };
}

interface Numbered {
  /** The DFS parents, by preorder number; overwritten. */
  readonly ancestors: Uint32Array;
  readonly firstHolder: Uint32Array;
  readonly holders: Uint32Array;
  /** Room for a path, length nodeCount. */
  readonly path: Uint32Array;
}

/** Semidominators by preorder number, with path compression on an explicit stack. */
function computeSemidominators(
  { ancestors, firstHolder, holders, path }: Numbered,
  { a: semi, b: label }: Scratch,
): Uint32Array {
  for (let v = 0; v < semi.length; v++) semi[v] = v;
  label.set(semi);
  for (let w = semi.length - 1; w > 0; w--) {
    let best = ancestors[w]; // still its parent: only vertices above w were compressed
    for (let i = firstHolder[w]; i < firstHolder[w + 1]; i++) {
      const v = holders[i];
      // v <= w is not linked yet (vertices above w are): it stands for itself
      const candidate = v <= w ? v : semi[compress(v, w, ancestors, label, semi, path)];
      if (candidate < best) best = candidate;
    }
    semi[w] = best;
  }
  return semi;
}

/** The vertex with the smallest semidominator on the path from v up to, not including, `last`'s ancestors. */
function compress(
  v: number,
  last: number,
  ancestor: Uint32Array,
  label: Uint32Array,
  semi: Uint32Array,
  path: Uint32Array,
): number {
  let length = 0;
  for (let u = v; ancestor[u] > last; u = ancestor[u]) path[length++] = u;
  for (let i = length - 1; i >= 0; i--) {
    const u = path[i];
    const above = ancestor[u];
    if (semi[label[above]] < semi[label[u]]) label[u] = label[above];
    ancestor[u] = ancestor[above];
  }
  return label[v];
}
