import { groupBy } from '../../util/many.js';
import type { Spelling } from '../../util/sentence.js';
import { ANY_WAYS, type SubgraphEdge, type SubgraphNode } from '../picture/subgraph.js';
import { countWays } from './count-ways.js';
import { foldedBox, lineTo, summaryOf } from './folded-box.js';
import { neededLoops } from './needed-loops.js';
import { type Links, linksOf, type Picture, stubsOf } from './picture-links.js';
import { BOTTOM, type Section, sectionsOf, withBottom } from './sections.js';
import { type Cost, cheapestWay, costOf } from './told-way.js';

export interface SectionOptions {
  /** The number of paths drawn through a section, the shortest first. */
  readonly ways: number;
  /** Of several targets so many have a way of their own that is drawn; all, unless said otherwise. */
  readonly toldTargets?: number;
  /** Nodes that are always drawn. */
  readonly isProtected: (node: SubgraphNode) => boolean;
  readonly spelling: Spelling;
}

/** The least number of nodes that a box replaces: replacing fewer would save nothing. */
const LEAST_FOLDED = 2;

/**
 * Draws, between two nodes that all paths lead through, the shortest path and some independent
 * ones, and one box for the rest. Leaves out references that only lead back to such a node, unless
 * some objects of a group would have no holder without them.
 */
export function foldSections<P extends Picture>(picture: P, options: SectionOptions): P {
  const plain = linksOf(picture);
  const targets = picture.targets.filter((id) => plain.nodes.has(id));
  const links = withBottom(plain, targets);
  const cost = costOf(picture);
  const sections = sectionsOf(links, cost);
  if (sections.length === 0) return picture;
  const loops = neededLoops(picture, links, sections);
  const kept = new Set([...targets, ...loops.nodes]);
  for (const node of picture.nodes) if (options.isProtected(node)) kept.add(node.id);
  const boxes = sections.map((section) =>
    foldSection(links, section, { kept, cost, targets, ...mostOf(options) }),
  );
  return rebuild(picture, { kept, sections, boxes, loops, links, targets, options });
}

function mostOf({ ways, toldTargets }: SectionOptions): Pick<Folding, 'most' | 'told'> {
  return { most: ways, told: toldTargets ?? Number.POSITIVE_INFINITY };
}

interface Folding {
  readonly kept: Set<string>;
  readonly cost: Cost;
  readonly targets: readonly string[];
  readonly most: number;
  readonly told: number;
}

/** A section, and the part of it that is not drawn. */
interface Rest {
  readonly section: Section;
  readonly nodes: ReadonlySet<string>;
  readonly drawnWays: number;
}

function foldSection(links: Links, section: Section, folding: Folding): Rest {
  const { kept } = folding;
  const { lower, upper, between } = section;
  for (const end of [lower, upper]) if (end !== null && end !== BOTTOM) kept.add(end);
  const ways = chooseWays(links, section, folding);
  for (const way of ways) for (const id of way) kept.add(id);
  const left = [...between].filter((id) => !kept.has(id));
  if (left.length >= LEAST_FOLDED) {
    return { section, nodes: new Set(left), drawnWays: ways.length };
  }
  for (const id of left) kept.add(id);
  return { section, nodes: new Set(), drawnWays: ways.length };
}

/** Chooses paths through a section, each without its ends. */
function chooseWays(
  links: Links,
  { lower, upper, between }: Section,
  { cost, targets, most, told }: Folding,
): readonly (readonly string[])[] {
  const isEnd = (id: string) =>
    upper === null ? links.isEnd(id) && between.has(id) : id === upper;
  const inner = (way: readonly string[]) => way.slice(1).filter((id) => id !== upper);
  if (lower === BOTTOM && targets.length > 1) {
    const isOpen = (id: string) => between.has(id);
    return targets.slice(0, told).flatMap((target) => {
      const way = cheapestWay(links, target, { cost, isOpen, isEnd });
      return way === null ? [] : [inner(way)];
    });
  }
  const used = new Set<string>();
  const ways: (readonly string[])[] = [];
  const isOpen = (id: string) => between.has(id) && !used.has(id);
  const isFree = (id: string) => isEnd(id) && !used.has(id);
  for (let isDirectTaken = false; ways.length < most; ) {
    const skipsDirect = isDirectTaken;
    const way = cheapestWay(links, lower, { cost, isOpen, isEnd: isFree, skipsDirect });
    if (way === null) break;
    ways.push(inner(way));
    for (const id of inner(way)) used.add(id);
    // a single reference explains itself without another path, unless more are asked for
    if (way.length === 2 && upper !== null) {
      if (most <= USUAL_WAYS) break;
      isDirectTaken = true;
    }
  }
  return ways;
}

/** The default number of paths; more have to be asked for. */
export const USUAL_WAYS = 3;

interface Rebuilding {
  readonly kept: ReadonlySet<string>;
  readonly sections: readonly Section[];
  readonly boxes: readonly Rest[];
  readonly loops: ReturnType<typeof neededLoops>;
  readonly links: Links;
  readonly targets: readonly string[];
  readonly options: SectionOptions;
}

function rebuild<P extends Picture>(picture: P, parts: Rebuilding): P {
  const { kept, boxes, links, targets, options } = parts;
  const stubs = stubsOf(picture);
  const weak = weakEnds(picture);
  const cutAt = groupBy(
    picture.edges.filter(({ from, to }) => stubs.has(from) || stubs.has(to)),
    ({ from, to }) => (stubs.has(from) ? to : from),
  );
  const isKept = (id: string) => kept.has(id) || weak.has(id);
  const stubsKept = new Set(
    [...cutAt].flatMap(([id, edges]) =>
      isKept(id) ? edges.map(({ from, to }) => (stubs.has(from) ? from : to)) : [],
    ),
  );
  const nodes = picture.nodes.filter(({ id }) => isKept(id) || stubsKept.has(id));
  const drawn = new Set(nodes.map(({ id }) => id));
  const isForward = forwardEdges(parts);
  const edges = picture.edges.filter(
    (edge) => drawn.has(edge.from) && drawn.has(edge.to) && (edge.weak || isForward(edge)),
  );
  const places = new Map(picture.nodes.map(({ id }, place) => [id, place]));
  const more: SubgraphNode[] = [];
  const lines: SubgraphEdge[] = [];
  for (const { section, nodes: rest, drawnWays } of boxes) {
    if (rest.size === 0) continue;
    const { lower, upper } = section;
    const stood = inOrder(rest, places).map((place) => picture.nodes[place] as SubgraphNode);
    const cut = [...rest].flatMap((id) => cutAt.get(id) ?? []);
    const cutNodes = cut.flatMap(
      ({ from, to }) => links.nodes.get(stubs.has(from) ? from : to) ?? [],
    );
    const ways = countWays(links, section);
    const id = `between:${upper ?? 'roots'}-${lower || 'targets'}`;
    const omitted = {
      ...summaryOf([...stood, ...cutNodes]),
      ways: ways >= ANY_WAYS ? ways : Math.max(0, ways - drawnWays),
    };
    more.push(foldedBox({ id, reason: 'between', spelling: options.spelling }, omitted));
    if (upper !== null) lines.push(lineTo(upper, id));
    const below = lower === BOTTOM ? targets : [lower];
    const isHeld = (end: string) =>
      lower !== BOTTOM || links.holdersOf(end).some((h) => rest.has(h));
    for (const end of below.filter(isHeld)) lines.push(lineTo(id, end));
  }
  return { ...picture, nodes: [...nodes, ...more], edges: [...edges, ...lines] };
}

function inOrder(ids: ReadonlySet<string>, places: ReadonlyMap<string, number>): readonly number[] {
  return [...ids].flatMap((id) => places.get(id) ?? []).sort((a, b) => a - b);
}

/**
 * The nodes at either end of a weak reference: weak references were asked for, so these nodes stay
 * even if nothing else connects them.
 */
function weakEnds({ edges }: Picture): ReadonlySet<string> {
  return new Set(edges.filter(({ weak }) => weak).flatMap(({ from, to }) => [from, to]));
}

/**
 * Selects arrows that lead down, or along a loop without which some objects would have no holder.
 */
function forwardEdges({ sections, loops, links }: Rebuilding): (edge: SubgraphEdge) => boolean {
  const sectionAbove = new Map(sections.map((section) => [section.lower, section]));
  const sectionOf = new Map(
    sections.flatMap((section) => [...section.between].map((id) => [id, section] as const)),
  );
  /** Protected, and on no path. */
  const isLoose = (id: string) =>
    !sectionOf.has(id) && !sectionAbove.has(id) && !loops.nodes.has(id) && !links.isEnd(id);
  return ({ from, to, type }) => {
    if (type === 'more' || from === to || loops.pairs.has(`${from} ${to}`)) return true;
    if (isLoose(from) || isLoose(to)) return true;
    const section = sectionOf.get(to) ?? sectionAbove.get(to);
    return section !== undefined && (section.between.has(from) || from === section.upper);
  };
}
