import type { Meaning } from '../../engine/meaning.js';
import { type Holder, originOf } from '../../engine/references/holder.js';
import type { HeapGraph } from '../../graph/heap-graph.js';
import { OrdinalMap } from '../../graph/ordinal-map.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { labelOf } from '../../words/labels.js';
import { openShapeOf, shapeOf } from '../../words/shapes.js';
import { type Direction, type End, endKey, type Neighbour } from './neighbour.js';
import type { NamedReference } from './subject-of.js';

/** The content of a drawn node: an object, a paused frame, or several similar objects. */
export type Drawn = End | { readonly alike: readonly NodeOrdinal[] };

export type DrawnKey = string;

/** Neighbours that were left out of the picture, and the reason. */
export interface Cut {
  /** One for each pair of references; an object may occur more than once. */
  readonly neighbours: readonly Neighbour[];
  readonly reason: 'limit' | 'depth' | 'stop' | 'hide';
}

/** One arrow, from a holder to what it holds. */
export interface DrawnEdge {
  readonly from: DrawnKey;
  readonly to: DrawnKey;
  /** The reference, or one of those that the arrow stands for. */
  readonly reference: Holder;
  /** The meaning that all of them share. */
  readonly meaning: Meaning;
  /** The number of references it stands for. */
  readonly count: number;
}

/** The middle of a path that is too long to be drawn. */
export interface Gap {
  readonly below: DrawnKey;
  readonly above: DrawnKey;
  readonly nodes: readonly NodeOrdinal[];
}

/** The number of references drawn from one holder to one object. */
const MOST_PARALLEL = 50;
/**
 * The number of kinds of references drawn between two nodes if one of them stands for several
 * objects.
 */
const MOST_KINDS = 4;

/** The picture under construction: nodes, the references between them, and what was cut where. */
export class Drawing {
  readonly nodes = new Map<DrawnKey, Drawn>();
  readonly edges: DrawnEdge[] = [];
  readonly cuts = new Map<DrawnKey, Cut>();
  /** The gaps, by the node below them. */
  readonly gaps = new Map<DrawnKey, Gap>();
  readonly #direction: Direction;
  /** The index in `#keys` of the drawn node that an end is, or is part of. */
  readonly #places = new OrdinalMap();
  readonly #keys: DrawnKey[] = [];
  readonly #drawnPairs = new Set<string>();
  readonly #references = new Map<DrawnKey, DrawnEdge[]>();

  constructor(direction: Direction) {
    this.#direction = direction;
  }

  get size(): number {
    return this.nodes.size;
  }

  has(drawn: Drawn): boolean {
    return this.nodes.has(keyOf(drawn));
  }

  add(drawn: Drawn): void {
    const key = keyOf(drawn);
    this.nodes.set(key, drawn);
    const place = this.#keys.push(key) - 1;
    if ('alike' in drawn) for (const node of drawn.alike) this.#places.set(node, place);
    else this.#places.set(originOf({ from: drawn }), place);
  }

  /** The drawn node that an object is, or is part of. */
  at(end: End): Drawn | null {
    const key = this.#keyAt(end);
    return key === undefined ? null : (this.nodes.get(key) as Drawn);
  }

  #keyAt(end: End): DrawnKey | undefined {
    const place = this.#places.get(originOf({ from: end }));
    return place === undefined ? undefined : this.#keys[place];
  }

  /** Draws all references between two nodes; only once, however often the walk passes. */
  connect(neighbour: Drawn, links: readonly Neighbour[], node: Drawn): void {
    const [near, far] = [keyOf(node), keyOf(neighbour)];
    if (this.#drawnPairs.has(`${far} ${near}`)) return;
    this.#drawnPairs.add(`${far} ${near}`);
    const [from, to] = this.#direction === 'up' ? [far, near] : [near, far];
    const references = links.flatMap((link) => link.references);
    const isPlain = !('alike' in neighbour) && !('alike' in node);
    const arrows = withoutExcess(isPlain ? references.map(toArrow) : toCountedArrows(references));
    for (const arrow of arrows) this.#addEdge({ from, to, ...arrow });
  }

  /** The picture reduced to some of its nodes and some of the references between them. */
  withOnly(nodes: ReadonlySet<DrawnKey>, edges: readonly DrawnEdge[]): Drawing {
    const copy = new Drawing(this.#direction);
    for (const [key, node] of this.nodes) if (nodes.has(key)) copy.add(node);
    for (const edge of edges) {
      if (!nodes.has(edge.from) || !nodes.has(edge.to)) continue;
      const [far, near] = this.#direction === 'up' ? [edge.from, edge.to] : [edge.to, edge.from];
      copy.#drawnPairs.add(`${far} ${near}`);
      copy.#addEdge(edge);
    }
    for (const [key, cut] of this.cuts) if (nodes.has(key)) copy.cuts.set(key, cut);
    for (const [key, gap] of this.gaps) if (nodes.has(key)) copy.gaps.set(key, gap);
    return copy;
  }

  #addEdge(edge: DrawnEdge): void {
    const far = this.#direction === 'up' ? edge.from : edge.to;
    const known = this.#references.get(far) ?? [];
    this.#references.set(far, known);
    this.edges.push(edge);
    known.push(edge);
  }

  /** The references by which the walk has reached a node so far. */
  referencesOf(drawn: Drawn): readonly NamedReference[] {
    const edges = this.#references.get(keyOf(drawn)) ?? [];
    return edges.map(({ reference, meaning }) => ({ name: reference.name, meaning }));
  }

  isConnected(neighbour: Neighbour, node: Drawn): boolean {
    const key = this.#keyAt(neighbour.end);
    return key !== undefined && this.#drawnPairs.has(`${key} ${keyOf(node)}`);
  }

  /** Replaces the cut noted at that node before; without neighbours there is no cut. */
  cut(node: Drawn, { neighbours, reason }: Cut): void {
    const left = neighbours.filter((neighbour) => !this.isConnected(neighbour, node));
    if (left.length > 0) this.cuts.set(keyOf(node), { neighbours: left, reason });
    else this.cuts.delete(keyOf(node));
  }

  /** Records that the path continues from one node at another, which is drawn, too. */
  leaveOut(below: Drawn, above: Drawn, nodes: readonly NodeOrdinal[]): void {
    const gap = { below: keyOf(below), above: keyOf(above), nodes };
    this.gaps.set(gap.below, gap);
  }

  /** True if the path from a node continues beyond a gap. */
  hasGap(node: Drawn): boolean {
    return this.gaps.has(keyOf(node));
  }

  isCut(node: Drawn): boolean {
    return this.cuts.has(keyOf(node));
  }
}

type Arrow = Pick<DrawnEdge, 'reference' | 'meaning' | 'count'>;

function toArrow(reference: Holder): Arrow {
  return { reference, meaning: reference.meaning, count: 1 + (reference.more ?? 0) };
}

/**
 * One arrow for all references of one kind; many properties of one object count as one kind, too.
 */
function toCountedArrows(references: readonly Holder[]): readonly Arrow[] {
  const arrows = countByShape(references, shapeOf);
  return arrows.length > MOST_KINDS ? countByShape(references, openShapeOf) : arrows;
}

function countByShape(
  references: readonly Holder[],
  toShape: (meaning: Meaning) => Meaning,
): readonly Arrow[] {
  const arrows = new Map<string, Arrow & { readonly label: string }>();
  for (const reference of references) {
    const { meaning, weak } = reference;
    const shape = toShape(meaning);
    const key = `${weak} ${labelOf(shape)}`;
    const label = labelOf(meaning);
    const known = arrows.get(key);
    const all = 1 + (reference.more ?? 0);
    if (known === undefined) arrows.set(key, { reference, meaning, label, count: all });
    else {
      const common = known.label === label ? {} : { meaning: shape, label: labelOf(shape) };
      arrows.set(key, { ...known, ...common, count: known.count + all });
    }
  }
  return [...arrows.values()].sort((a, b) => b.count - a.count);
}

/**
 * Drops references beyond what can be read: an array can hold one object a million times. A single
 * one then stands for the rest.
 */
function withoutExcess(arrows: readonly Arrow[]): readonly Arrow[] {
  const excess = arrows.slice(MOST_PARALLEL);
  const [last] = excess;
  if (last === undefined) return arrows;
  const reference = { ...last.reference, name: '' };
  const count = excess.reduce((sum, arrow) => sum + arrow.count, 0);
  const isPlain = excess.every((arrow) => arrow.reference.more !== undefined || arrow.count === 1);
  const meaning: Meaning = { kind: 'excess', count: isPlain ? count : excess.length };
  return [...arrows.slice(0, MOST_PARALLEL), { reference, meaning, count: isPlain ? 1 : count }];
}

export function keyOf(drawn: Drawn): DrawnKey {
  return 'alike' in drawn ? `alike:${drawn.alike[0]}` : String(endKey(drawn));
}

/** The objects, or the frame, that a drawn node stands for. */
export function endsOf(drawn: Drawn): readonly End[] {
  return 'alike' in drawn ? drawn.alike.map((node) => ({ node })) : [drawn];
}

/** The number of objects that a drawn node stands for. */
export function objectCountOf(drawn: Drawn): number {
  return 'alike' in drawn ? drawn.alike.length : 1;
}

/** The first object of a drawn node, or its frame. */
export function firstEndOf(drawn: Drawn): End {
  return 'alike' in drawn ? { node: drawn.alike[0] as NodeOrdinal } : drawn;
}

/** The objects of the heap that a drawn node stands for. */
export function nodesOf(drawn: Drawn): readonly NodeOrdinal[] {
  if ('alike' in drawn) return drawn.alike;
  return 'node' in drawn ? [drawn.node] : [];
}

/** The id of a drawn node in the answer: `@5`, `many:@5` for several, `frame:0`. */
export function idOf({ graph }: { readonly graph: HeapGraph }, drawn: Drawn): string {
  if ('frame' in drawn) return `frame:${drawn.frame}`;
  const id = `@${graph.idOf(nodesOf(drawn)[0] as NodeOrdinal)}`;
  return 'alike' in drawn ? `many:${id}` : id;
}
