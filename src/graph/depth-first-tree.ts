import { prefault } from '../util/prefault.js';
import { EdgeClass } from './edge-class.js';
import { countHolders, type EssentialGraph, HolderFlag } from './essential-graph.js';
import { JOIN_FIELDS, Join, PAST_START, ROOT_JOIN } from './join-records.js';

/** The stack frame of a vertex that is being visited. */
const Frame = {
  NUMBER: 0,
  /** The next edge to visit, and the end of the edges. */
  EDGE: 1,
  END: 2,
  /** The nearest join on the path up, the vertex included. */
  NEAREST: 3,
} as const;
const FRAME_FIELDS = 4;
const FIRST_STACK = FRAME_FIELDS << 10;

/** More flags of a node: user roots reach it; other remaining nodes hold it; a search met it. */
const OWNED = 4;
const HELD_BY_REST = 8;
const SEEN = 16;

/**
 * Numbers a heap depth first along the edges that DevTools calls essential, and records on the way
 * what semidominators need, so that no index of incoming edges is built.
 *
 * Edges to a larger number, or from a vertex whose path up meets that of the target, give a
 * candidate at once. The remaining paths come from further joins: these are linked to the target. A
 * vertex with a single holder adds nothing to the path it is on, so the link is from the nearest
 * join above it, once for all vertices it stands for, and only if it can give a lower candidate
 * than the known one.
 *
 * Edges from outside to nodes that user roots reach (which they own) do not count, so that a
 * debugger's handles never dominate the program's objects: owned nodes are numbered first, and
 * later vertices leave the numbers below a limit alone. The holder of an orphan is not in the file
 * although the orphan is alive, so the root stands for it. Source: DevTools `markPageOwnedNodes`,
 * `computeIsEssentialEdge`.
 */
export class DepthFirstTree {
  /** Node ordinals in preorder; index 0 is the root; length nodeCount. */
  readonly order: Uint32Array;
  /** Preorder number of the parent, by preorder number; 0 for the root. */
  readonly parents: Uint32Array;
  /** By node ordinal: the record of a join, or another node's preorder number; 0 until reached. */
  readonly numbers: Uint32Array;
  /** Preorder numbers of those children of the root that the search started from, ascending. */
  readonly starts: number[] = [];
  /** Records of joins. */
  joins: Uint32Array;
  joinsEnd = ROOT_JOIN + JOIN_FIELDS;
  /** Pairs: a join, and the index of the next one that is linked to the same; 0 for none. */
  readonly links: Uint32Array;

  readonly #graph: EssentialGraph;
  readonly #flags: Uint8Array;
  #stack: Uint32Array = new Uint32Array(FIRST_STACK);
  #count = 1;
  #linksEnd = 2;
  /** Nodes reached by edges that mean owning but not holding. */
  readonly #skipped: number[] = [];

  constructor(graph: EssentialGraph) {
    const { flags, joins, furtherEdges } = countHolders(graph);
    this.#graph = graph;
    this.#flags = flags;
    this.order = new Uint32Array(graph.nodeCount);
    this.parents = new Uint32Array(graph.nodeCount);
    this.numbers = prefault(new Uint32Array(graph.nodeCount));
    this.joins = prefault(new Uint32Array(this.joinsEnd + joins * JOIN_FIELDS));
    // the maximum: pages that are not touched cost nothing
    this.links = new Uint32Array(2 * (furtherEdges + 1));
    this.order[0] = graph.root;
    this.numbers[graph.root] = ROOT_JOIN;
    flags[graph.root] |= HolderFlag.JOIN;
    // 0 as soon as an edge leads to it
    this.joins[ROOT_JOIN + Join.LOW] = 1;
    this.#numberAll();
  }

  #numberAll(): void {
    const { nodeCount, root, firstEdge, edgeTargets, userEdges } = this.#graph;
    const count = firstEdge[root + 1] - firstEdge[root];
    const rootEdges = Array.from({ length: count }, (_, i) => firstEdge[root] + i);
    this.#follow(userEdges, 0);
    const owned = this.#findOwned();
    if (owned.length > 0) {
      const isOwned = (edge: number) => (this.#flags[edgeTargets[edge]] & OWNED) !== 0;
      this.#follow(rootEdges.filter(isOwned), 0);
      this.#numberRest(owned, 0);
    }
    const ownedEnd = this.#count;
    this.#follow(rootEdges, ownedEnd);
    if (this.#count < nodeCount) {
      const rest: number[] = [];
      for (let node = 0; node < nodeCount; node++) if (this.numbers[node] === 0) rest.push(node);
      this.#numberRest(rest, ownedEnd);
    }
    this.#findPastStarts(ownedEnd);
  }

  /** Follows edges of the root. @param limit smaller numbers are owned by others. */
  #follow(rootEdges: readonly number[], limit: number): void {
    const { edgeTargets, edgeClasses } = this.#graph;
    for (const edge of rootEdges) {
      const target = edgeTargets[edge];
      const isEssential = (edgeClasses[edge] & EdgeClass.ESSENTIAL) !== 0;
      if (!isEssential) this.#skip(edge);
      else if (this.numbers[target] === 0) this.#descend(target, limit);
      else if ((this.#flags[target] & HolderFlag.JOIN) !== 0) this.#holdByRoot(target);
    }
  }

  /** Lets the root hold a join that has been reached. */
  #holdByRoot(reached: number): void {
    this.joins[this.numbers[reached] + Join.LOW] = 0;
  }

  /** Numbers what is reachable from a node, which becomes a child of the root. */
  #descend(first: number, limit: number): void {
    const { firstEdge, edgeTargets, edgeClasses } = this.#graph;
    const { order, numbers, parents, joins } = this;
    const flags = this.#flags;
    const start = this.#count;
    this.starts.push(start);
    let [count, stack] = [start, this.#stack];
    let [node, parent, top, nearest] = [first, 0, 0, ROOT_JOIN];
    enter: for (;;) {
      let v = count++;
      order[v] = node;
      parents[v] = parent;
      numbers[node] = v;
      if ((flags[node] & HolderFlag.JOIN) !== 0) nearest = this.#addJoin(node, v, nearest, top);
      let edge = firstEdge[node];
      let end = firstEdge[node + 1];
      if (top === stack.length) stack = this.#growStack();
      stack[top + Frame.NUMBER] = v;
      stack[top + Frame.END] = end;
      stack[top + Frame.NEAREST] = nearest;
      for (;;) {
        for (; edge < end; edge++) {
          if ((edgeClasses[edge] & EdgeClass.ESSENTIAL) === 0) {
            this.#skip(edge);
            continue;
          }
          const target = edgeTargets[edge];
          const join = numbers[target];
          if (join === 0) {
            stack[top + Frame.EDGE] = edge + 1;
            top += FRAME_FIELDS;
            parent = v;
            node = target;
            continue enter;
          }
          // reached a second time, so it is a join
          const w = joins[join + Join.NUMBER];
          const low = joins[join + Join.LOW];
          if (w > v) {
            if (v >= low) continue;
            joins[join + Join.LOW] = v;
            joins[join + Join.LEVEL] = top;
          } else if (low > start) this.#lookBack(join, nearest, top);
          // within a tree nothing is lower than its start; the root holds what a later tree leads
          // to
          else if (w < start && w >= limit) joins[join + Join.LOW] = 0;
        }
        if (top === 0) break enter;
        top -= FRAME_FIELDS;
        v = stack[top + Frame.NUMBER];
        edge = stack[top + Frame.EDGE];
        end = stack[top + Frame.END];
        nearest = stack[top + Frame.NEAREST];
      }
    }
    this.#count = count;
  }

  /** Adds a join. @returns the record. */
  #addJoin(node: number, v: number, nearest: number, top: number): number {
    const { joins, joinsEnd: join } = this;
    const parent = this.parents[v];
    joins[join + Join.NUMBER] = v;
    joins[join + Join.LOW] = parent;
    // the parent's frame; a child of the root has no parent frame, and its LOW is as low as
    // possible
    joins[join + Join.LEVEL] = top - FRAME_FIELDS;
    joins[join + Join.ANCESTOR] = nearest;
    joins[join + Join.PARENT] = parent;
    this.numbers[node] = join;
    this.joinsEnd = join + JOIN_FIELDS;
    return join;
  }

  /** Handles an edge from the top vertex, or its nearest join, to a join with a smaller number. */
  #lookBack(join: number, nearest: number, top: number): void {
    const { joins, links } = this;
    const stack = this.#stack;
    if (nearest === join || nearest === joins[join + Join.NEWEST]) return;
    if (nearest > join) {
      const link = this.#linksEnd;
      links[link] = nearest;
      links[link + 1] = joins[join + Join.LINK];
      joins[join + Join.LINK] = link;
      joins[join + Join.NEWEST] = nearest;
      this.#linksEnd = link + 2;
    }
    const low = joins[join + Join.LOW];
    const level = joins[join + Join.LEVEL];
    // while LOW is on the stack, it is the last vertex that both paths share
    if (level <= top && stack[level + Frame.NUMBER] === low) return;
    const meeting = this.#lastUpTo(joins[join + Join.NUMBER], top);
    if (stack[meeting + Frame.NUMBER] >= low) return;
    joins[join + Join.LOW] = stack[meeting + Frame.NUMBER];
    joins[join + Join.LEVEL] = meeting;
  }

  /** The frame with the largest number up to `w`, between those of first and last frame. */
  #lastUpTo(w: number, top: number): number {
    const stack = this.#stack;
    let low = 0;
    let high = top / FRAME_FIELDS;
    while (low + 1 < high) {
      const middle = (low + high) >>> 1;
      if (stack[middle * FRAME_FIELDS + Frame.NUMBER] <= w) low = middle;
      else high = middle;
    }
    return low * FRAME_FIELDS;
  }

  #growStack(): Uint32Array {
    const grown = new Uint32Array(2 * this.#stack.length);
    grown.set(this.#stack);
    this.#stack = grown;
    return grown;
  }

  /**
   * Skips an edge that does not hold its target; but unless it is weak, the owner of the one owns
   * the other.
   */
  #skip(edge: number): void {
    const { root, edgeTargets, edgeClasses } = this.#graph;
    if (edgeClasses[edge] === 0) return;
    const target = edgeTargets[edge];
    if (target === root) this.#holdByRoot(root);
    else if (this.numbers[target] === 0) this.#skipped.push(target);
  }

  /** Further nodes that user roots own: few, since the roots hold nearly all of them. */
  #findOwned(): readonly number[] {
    const { root, firstEdge, edgeTargets, edgeClasses } = this.#graph;
    const found: number[] = [];
    const add = (node: number) => {
      const isKnown = this.numbers[node] !== 0 && node !== root;
      if (isKnown || (this.#flags[node] & OWNED) !== 0) return;
      this.#flags[node] |= OWNED;
      found.push(node);
    };
    for (const node of this.#skipped) add(node);
    if (this.joins[ROOT_JOIN + Join.LOW] === 0) add(root);
    for (const node of found) {
      for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
        if (edgeClasses[edge] !== 0) add(edgeTargets[edge]);
      }
    }
    return found.filter((node) => node !== root);
  }

  /** Numbers those of some nodes that no numbered node holds, with the root as their holder. */
  #numberRest(nodes: readonly number[], limit: number): void {
    const { numbers, order } = this;
    const flags = this.#flags;
    const rest = nodes.filter((node) => numbers[node] === 0);
    this.#makeJoins(rest);
    for (const node of rest) {
      this.#eachHeld(node, (target) => {
        if (numbers[target] === 0) flags[target] |= HELD_BY_REST;
      });
    }
    for (const node of rest) {
      if (numbers[node] === 0 && (flags[node] & HELD_BY_REST) === 0) this.#descend(node, limit);
    }
    // the remaining nodes hold each other in cycles; the entry from outside is unknown, so start
    // anywhere
    const circles = rest.filter((node) => numbers[node] === 0);
    for (const node of circles) {
      this.#eachHeld(node, (target) => {
        const isReached = numbers[target] !== 0;
        if (isReached && this.joins[numbers[target] + Join.NUMBER] >= limit)
          this.#holdByRoot(target);
      });
    }
    for (const node of circles) {
      order[this.#count] = node;
      this.#addJoin(node, this.#count++, ROOT_JOIN, 0);
    }
  }

  /**
   * Makes joins of nodes that can be reached though nothing holds them, because edges were counted
   * that do not count.
   */
  #makeJoins(nodes: readonly number[]): void {
    const others = nodes.filter((node) => (this.#flags[node] & HolderFlag.JOIN) === 0);
    for (const node of others) this.#flags[node] |= HolderFlag.JOIN;
    const grown = new Uint32Array(this.joins.length + others.length * JOIN_FIELDS);
    grown.set(this.joins);
    this.joins = grown;
  }

  /**
   * Finds nodes that can be reached past the starts of trees. The records do not show this: they
   * treat a start as the lowest possible. Nothing to do unless something outside holds a node
   * within a tree.
   */
  #findPastStarts(ownedEnd: number): void {
    const { firstEdge, edgeTargets, edgeClasses } = this.#graph;
    const { numbers, order, parents, joins } = this;
    const flags = this.#flags;
    const pending: number[] = [];
    for (let join = ROOT_JOIN + JOIN_FIELDS; join < this.joinsEnd; join += JOIN_FIELDS) {
      const isStart = joins[join + Join.PARENT] === 0;
      if (joins[join + Join.LOW] === 0 && !isStart) pending.push(joins[join + Join.NUMBER]);
    }
    for (let v = pending.pop(); v !== undefined; v = pending.pop()) {
      const node = order[v];
      for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
        const target = edgeTargets[edge];
        const isSeen = (flags[target] & SEEN) !== 0;
        if (isSeen || (edgeClasses[edge] & EdgeClass.ESSENTIAL) === 0) continue;
        const isJoin = (flags[target] & HolderFlag.JOIN) !== 0;
        const w = isJoin ? joins[numbers[target] + Join.NUMBER] : numbers[target];
        if (parents[w] === 0 || (w < ownedEnd && v >= ownedEnd)) continue;
        flags[target] |= SEEN;
        if (isJoin) joins[numbers[target] + Join.NEWEST] = PAST_START;
        pending.push(w);
      }
    }
  }

  #eachHeld(node: number, work: (target: number) => void): void {
    const { firstEdge, edgeTargets, edgeClasses } = this.#graph;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      if ((edgeClasses[edge] & EdgeClass.ESSENTIAL) !== 0) work(edgeTargets[edge]);
    }
  }
}
