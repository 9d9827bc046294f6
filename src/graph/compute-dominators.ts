import type { Task } from '../util/second-thread.js';
import { DepthFirstTree } from './depth-first-tree.js';
import { type DominatorColumns, Dominators } from './dominators.js';
import { type EssentialGraph, essentialGraph } from './essential-graph.js';
import type { HeapGraph } from './heap-graph.js';
import { JOIN_FIELDS, Join, PAST_START, ROOT_JOIN } from './join-records.js';

/**
 * Immediate dominators over the edges that DevTools calls essential, by the semi-NCA algorithm:
 * like Lengauer and Tarjan's, with the last step replaced by a walk up the tree (Georgiadis,
 * "Linear-Time Algorithms for Dominators and Related Problems", 2005, section 2.3). Most objects
 * have one holder, which is their dominator; the algorithm works on the others (see
 * `DepthFirstTree`).
 */
export function computeDominators(graph: HeapGraph): Dominators {
  return new Dominators(findDominators(essentialGraph(graph)));
}

/** The same as `computeDominators`, for a second thread. */
export interface DominatorsTask extends Task, EssentialGraph {
  readonly kind: 'dominators';
}

/** The task; null if the columns are not shared. */
export function dominatorsTask(graph: HeapGraph): DominatorsTask | null {
  const essential = essentialGraph(graph);
  const { firstEdge, edgeTargets, edgeClasses } = essential;
  const isShared = [firstEdge, edgeTargets, edgeClasses].every(
    ({ buffer }) => buffer instanceof SharedArrayBuffer,
  );
  return isShared ? { kind: 'dominators', ...essential } : null;
}

export function findDominators(graph: EssentialGraph): DominatorColumns {
  const tree = new DepthFirstTree(graph);
  const { order, numbers, parents, joins, joinsEnd, starts } = tree;
  computeSemidominators(tree);
  const dominators = parents; // the parent is the dominator of a node with one holder
  let start = 0;
  for (let join = ROOT_JOIN; join < joinsEnd; join += JOIN_FIELDS) {
    const number = joins[join + Join.NUMBER];
    const semi = joins[join + Join.SEMI];
    let candidate = joins[join + Join.PARENT];
    while (candidate > semi) candidate = dominators[candidate];
    while (starts[start + 1] <= number) start++;
    const isPast = joins[join + Join.NEWEST] === PAST_START && candidate === starts[start];
    dominators[number] = isPast ? 0 : candidate;
    numbers[order[number]] = number;
  }
  return { order, numbers, dominators };
}

/** Semidominators of all joins, with path compression on an explicit stack. */
function computeSemidominators({ joins, joinsEnd, links, starts }: DepthFirstTree): void {
  const path = new Uint32Array(joinsEnd / JOIN_FIELDS);
  let start = starts.length - 1;
  for (let join = joinsEnd - JOIN_FIELDS; join > ROOT_JOIN; join -= JOIN_FIELDS) {
    while (starts[start] > joins[join + Join.NUMBER]) start--;
    // in the subtree of one of the root's children nothing is lower than that child
    const least = starts[start];
    let best = joins[join + Join.LOW];
    for (let link = joins[join + Join.LINK]; link !== 0 && best > least; link = links[link + 1]) {
      const candidate = lowestAbove(links[link], join, joins, path);
      if (candidate < best) best = candidate;
    }
    joins[join + Join.SEMI] = best;
    joins[join + Join.LOW] = best;
  }
}

/**
 * The lowest semidominator of the joins on the path upwards from one, stopping before `last` and
 * everything above it.
 */
function lowestAbove(from: number, last: number, joins: Uint32Array, path: Uint32Array): number {
  let length = 0;
  for (let at = from; joins[at + Join.ANCESTOR] > last; at = joins[at + Join.ANCESTOR]) {
    path[length++] = at;
  }
  while (length > 0) {
    const at = path[--length];
    const above = joins[at + Join.ANCESTOR];
    if (joins[above + Join.LOW] < joins[at + Join.LOW]) {
      joins[at + Join.LOW] = joins[above + Join.LOW];
    }
    joins[at + Join.ANCESTOR] = joins[above + Join.ANCESTOR];
  }
  return joins[from + Join.LOW];
}
