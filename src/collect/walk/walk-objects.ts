import type { HeapView } from '../../engine/heap-view.js';
import { OrdinalSet } from '../../graph/ordinal-map.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import type { CollectOptions } from '../../question/walk-options.js';
import { ChosenWays, type LikeHolderGraph, type NodeTest, type UpwardWays } from './chosen-ways.js';
import { Drawing, type Drawn, type DrawnKey, keyOf, nodesOf } from './drawing.js';
import { endsOfLongWay } from './long-way.js';
import type { Direction, Neighbour } from './neighbour.js';
import { keepsAlive } from './rank-holders.js';
import type { Unit } from './unit-links.js';
import { Alike, nearestUnit } from './walk-alike.js';
import { WalkEnds } from './walk-ends.js';
import { Neighbours } from './walk-neighbours.js';
import { findPaths } from './walk-paths.js';
import { endAt, type Holding, holdingOf, nodeAt, type Way, WaysToRoots } from './walk-ways.js';
import { wayToHidden } from './way-to-hidden.js';
import { WaysAround } from './ways-around.js';

export interface Limits {
  depth: boolean;
  fanIn: boolean;
  nodes: boolean;
}

export interface WalkPlan {
  readonly direction: Direction;
  /**
   * Draw similar objects as one node wherever there are several, not only where there are too many.
   */
  readonly isTight: boolean;
}

/**
 * The least number of objects of one class that are drawn as one node if they are neighbours of one
 * object …
 */
const LEAST_ALIKE = 3;
/** … and if they are neighbours of several objects that are drawn as one node themselves. */
const LEAST_ALIKE_OF_MANY = 2;

/** The steps that make up a walk, and the picture they produce. */
export class ObjectWalk {
  readonly drawing: Drawing;
  readonly limits: Limits = { depth: false, fanIn: false, nodes: false };
  readonly neighbours: Neighbours;
  /** Paths for objects that are drawn as one, chosen for all of them. */
  readonly ways: ChosenWays;
  /** Objects that all requested paths lead through. */
  readonly dominators = new Set<NodeOrdinal>();
  readonly targets: readonly Drawn[];
  readonly #options: CollectOptions;
  readonly #plan: WalkPlan;
  readonly #alike: Alike;
  readonly #around: WaysAround;
  readonly #graph: LikeHolderGraph;
  readonly #nearest: WaysToRoots;
  readonly #ends: WalkEnds;
  readonly #targetNodes: NodeTest;
  /** Steps of long paths, which are drawn whatever the number of nodes. */
  #folded = 0;
  /** Nodes whose neighbours were all examined. */
  readonly #expanded = new Set<DrawnKey>();

  constructor(view: HeapView, targets: readonly Drawn[], options: CollectOptions, plan: WalkPlan) {
    this.#options = options;
    this.#plan = plan;
    this.targets = targets;
    const targetNodes = new OrdinalSet();
    for (const target of targets) for (const node of nodesOf(target)) targetNodes.add(node);
    this.#targetNodes = targetNodes;
    this.neighbours = new Neighbours(view, options, plan.direction);
    this.drawing = new Drawing(plan.direction);
    this.#ends = new WalkEnds(view, options, {
      targets: this.#targetNodes,
      neighbours: this.neighbours,
      drawing: this.drawing,
    });
    const hasMarks = options.stop.length > 0 || options.highlight.length > 0;
    const marksOf = hasMarks ? (n: Neighbour) => this.#ends.marksOf(n) : null;
    this.#alike = new Alike(view, this.drawing, this.neighbours, marksOf);
    this.#graph = {
      holdersOf: (node) => this.neighbours.of(node),
      isReachable: (node) => view.rootDistances.of(node) >= 0,
      isEnd: (neighbour) => this.#ends.isEnd(neighbour),
      isEndAt: (holding) => this.#ends.isEndAt(holding),
      likenessOf: (neighbour) => this.#alike.likenessOf(neighbour),
      distanceOf: (node) => view.rootDistances.of(node),
    };
    this.#nearest = new WaysToRoots(this.#graph);
    this.ways = new ChosenWays(this.#graph, this.#nearest);
    this.#around = new WaysAround(this.#graph, this.ways, this.#targetNodes);
    for (const target of targets) this.drawing.add(target);
  }

  /** Draws the neighbours of the targets, their neighbours, and so on to the requested depth. */
  expandToDepth(): void {
    let level: readonly Drawn[] = this.targets;
    const reached = new Set<DrawnKey>(level.map(keyOf));
    for (let depth = 0; depth < this.#options.depth && level.length > 0; depth++) {
      const next: Drawn[] = [];
      for (const node of level) {
        if (!this.#isOpen(node)) continue;
        for (const neighbour of this.#expand(node)) {
          if (reached.has(keyOf(neighbour))) continue;
          reached.add(keyOf(neighbour));
          next.push(neighbour);
        }
      }
      level = next;
    }
  }

  /** The nodes whose neighbours are not all drawn; grows while it is iterated. */
  *unfinished(): Iterable<Drawn> {
    for (const node of this.drawing.nodes.values()) {
      if (!('frame' in node) && !this.#expanded.has(keyOf(node))) yield node;
    }
  }

  /** Draws the requested paths from a target to roots. */
  drawPaths(target: Drawn): void {
    const { paths } = this.#options;
    if ('node' in target && paths > 1) {
      const found = findPaths(this.#graph, this.#nearest, target.node, paths);
      for (const node of found.dominators) this.dominators.add(node);
      for (const path of found.paths) this.#drawWay(target, path);
      return;
    }
    const way = 'node' in target ? this.#nearest.wayFrom(target.node) : null;
    const isCut = way !== null && endsOfLongWay(way, this.#wayLimits) !== null;
    // its rounds will be folded, so it fits beside everything drawn
    if (way !== null && way.length >= this.#options.maxNodes / 2 && this.#wayLimits.isFolded)
      this.#folded += way.length;
    if (isCut) this.#drawWay(target, way);
    else this.#continueToRoot(target, 0, this.ways);
  }

  /**
   * If no path to a root remains except through holders removed by `--hide`: draws the path up to
   * there.
   */
  drawToHidden(target: Drawn): void {
    const [start] = nodesOf(target);
    if (start === undefined || this.#options.hide.length === 0 || this.#leadsToRoot(target)) return;
    const way = wayToHidden(start, this.#graph, (node) => this.neighbours.hiddenOf(node));
    const last = way === null ? null : this.#drawPath(target, way);
    if (last !== null) this.#noteHidden(last);
  }

  get #wayLimits(): { readonly maxNodes: number; readonly isFolded: boolean } {
    const { maxNodes, everything, internals } = this.#options;
    const isFolded = !everything && !internals && this.#plan.direction === 'up';
    return { maxNodes, isFolded };
  }

  /** Draws a whole path, or its two ends: a list may have a million objects. */
  #drawWay(target: Drawn, way: Way): void {
    const ends = endsOfLongWay(way, this.#wayLimits);
    if (ends === null) {
      this.#drawPath(target, way);
      return;
    }
    this.limits.nodes = true;
    const below = this.#drawPath(target, ends.low);
    const [first, ...last] = ends.high as [Holding, ...Holding[]];
    const end = endAt(first);
    const above = this.drawing.at(end) ?? end;
    if (below === null || !this.#tryAdd(above)) return;
    this.drawing.leaveOut(below, above, ends.middle.map(nodeAt));
    this.#drawPath(above, last);
  }

  /**
   * Draws the shortest path to a root from a node some steps away from a target, until it meets the
   * drawn part.
   */
  #continueToRoot(start: Drawn, from: number, ways: UpwardWays): void {
    let level: readonly Drawn[] = [start];
    for (let steps = from; level.length > 0; steps++) {
      level = level.flatMap((node) =>
        this.#isOpen(node) ? this.#stepToRoot(node, steps, ways) : [],
      );
    }
  }

  /** Completes a node beyond the depth: draws its path to a root, or notes what is not shown. */
  finish(node: Drawn): void {
    if (this.#ends.isRoot(node) || this.drawing.hasGap(node)) return;
    if (this.#ends.isStopped(node)) this.cutAll(node, 'stop');
    else if (this.#options.toRoots && this.#leadsToRoot(node))
      this.#continueToRoot(node, this.#options.depth, this.#around);
    else this.cutAll(node, 'depth');
    this.#noteHidden(node);
  }

  /** Notes that the walk did not go past a node. */
  cutStopped(node: Drawn): void {
    if (!this.#ends.isRoot(node) && this.#ends.isStopped(node)) this.cutAll(node, 'stop');
  }

  cutAll(node: Drawn, reason: 'stop' | 'depth' | 'limit'): void {
    const neighbours = nodesOf(node).flatMap((member) => this.neighbours.of(member));
    this.drawing.cut(node, { neighbours, reason });
  }

  noteDepthLimit(): void {
    for (const node of this.drawing.nodes.values()) {
      if ('frame' in node || this.#expanded.has(keyOf(node)) || !this.#isOpen(node)) continue;
      const isShown = (neighbour: Neighbour) => this.drawing.isConnected(neighbour, node);
      const isWhole = nodesOf(node).every((member) => this.neighbours.of(member).every(isShown));
      if (!isWhole) this.limits.depth = true;
    }
  }

  /** Draws the neighbours of a node, within the limits; returns those that it drew. */
  #expand(node: Drawn): readonly Drawn[] {
    this.#expanded.add(keyOf(node));
    const units = this.#unitsWithin(node);
    const kept = this.#keepBest(units, node);
    if (kept.size < units.length) this.limits.fanIn = true;
    const drawn: Drawn[] = [];
    const omitted = units.filter((unit) => !kept.has(unit));
    for (const unit of kept) {
      if (this.#tryDraw(unit, node)) drawn.push(unit.drawn);
      else omitted.push(unit);
    }
    const neighbours = omitted.flatMap(({ links }) => links);
    this.drawing.cut(node, { neighbours, reason: 'limit' });
    this.#noteHidden(node);
    return drawn;
  }

  /** The neighbours of a node that is drawn in full, with similar ones merged. */
  #unitsWithin(node: Drawn): readonly Unit[] {
    const units = this.#alike.unitsOf(node);
    if (!this.#options.group) return units;
    if ('alike' in node) return this.#alike.merge(units, { over: 0, least: LEAST_ALIKE_OF_MANY });
    const over = this.#plan.isTight ? 0 : this.#options.fanIn;
    return this.#alike.merge(units, { over, least: LEAST_ALIKE });
  }

  /** Draws the next holders on the path to a root; returns those from which it continues. */
  #stepToRoot(node: Drawn, steps: number, ways: UpwardWays): readonly Drawn[] {
    if ('alike' in node && this.#options.group) ways.choose(node.alike);
    const next = new OrdinalSet();
    for (const member of nodesOf(node)) {
      const holding = ways.holdingAfter(member);
      if (holding !== null) next.add(holding);
    }
    const isNext = (neighbour: Neighbour) => next.has(holdingOf(neighbour));
    const units = this.#unitsToward(node, isNext, steps);
    const goesOn: Drawn[] = [];
    const left: Unit[] = units.slice(this.#options.fanIn);
    if (left.length > 0) this.limits.fanIn = true;
    for (const unit of units.slice(0, this.#options.fanIn)) {
      const isMet = this.drawing.has(unit.drawn);
      if (!this.#tryDraw(unit, node)) left.push(unit);
      else if (!isMet && !('frame' in unit.drawn)) goesOn.push(unit.drawn);
    }
    if (left.length > 0) this.cutAll(node, 'limit');
    return goesOn;
  }

  #unitsToward(
    node: Drawn,
    isNext: (neighbour: Neighbour) => boolean,
    steps: number,
  ): readonly Unit[] {
    // draw a node that will be drawn in full later in the same way now
    if (steps < this.#options.depth) {
      return this.#unitsWithin(node).filter(({ links }) => links.some(isNext));
    }
    const units = this.#alike.unitsOf(node).filter(({ links }) => links.some(isNext));
    if (!this.#options.group || !('alike' in node)) return units;
    return this.#alike.merge(units, { over: 0, least: LEAST_ALIKE_OF_MANY });
  }

  /** Returns the last node of the path; null if there was no room for all of it. */
  #drawPath(target: Drawn, path: Way): Drawn | null {
    let node = target;
    for (const holding of path) {
      const isNext = (neighbour: Neighbour) => holdingOf(neighbour) === holding;
      const unit = this.#alike.unitsOf(node).find(({ links }) => links.some(isNext));
      if (unit === undefined) return null;
      if (!this.#tryDraw(unit, node)) {
        this.cutAll(node, 'limit');
        return null;
      }
      node = unit.drawn;
    }
    return node;
  }

  #tryDraw({ drawn, links }: Unit, node: Drawn): boolean {
    if (!this.#tryAdd(drawn)) return false;
    this.drawing.connect(drawn, links, node);
    return true;
  }

  #tryAdd(drawn: Drawn): boolean {
    if (this.drawing.has(drawn)) return true;
    if (this.drawing.size - this.#folded >= this.#options.maxNodes) {
      this.limits.nodes = true;
      return false;
    }
    this.drawing.add(drawn);
    return true;
  }

  #leadsToRoot(node: Drawn): boolean {
    return nodesOf(node).some((member) => this.#nearest.leadsToRoot(member));
  }

  /**
   * Notes hidden holders: if --hide removed the path to a root, or everything held, the picture
   * must not look as if there were none.
   */
  #noteHidden(node: Drawn): void {
    if (this.drawing.isCut(node)) return;
    const hidden = nodesOf(node).flatMap((member) => this.neighbours.hiddenOf(member));
    if (hidden.length === 0) return;
    const goesOn =
      this.#plan.direction === 'down'
        ? this.#alike.unitsOf(node).length > 0
        : this.#leadsToRoot(node);
    if (goesOn) return;
    this.drawing.cut(node, { neighbours: hidden, reason: 'hide' });
  }

  #isOpen(node: Drawn): boolean {
    return !this.#ends.isRoot(node) && !this.#ends.isStopped(node) && !this.drawing.hasGap(node);
  }

  /**
   * The first units, including those that are already drawn or lead to a root by the shortest path.
   */
  #keepBest(units: readonly Unit[], node: Drawn): ReadonlySet<Unit> {
    const isDrawn = ({ links }: Unit) => links.some((link) => this.drawing.isConnected(link, node));
    const nearest = nearestUnit(units, keepsAlive);
    const drawn = units.filter(isDrawn);
    const first = drawn.length > 0 || nearest === null ? drawn : [nearest];
    const kept = new Set(first);
    for (const unit of units) {
      if (kept.size >= this.#options.fanIn) break;
      kept.add(unit);
    }
    return kept;
  }
}
