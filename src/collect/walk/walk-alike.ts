import { classPlaceKey } from '../../engine/classes/class-place.js';
import { describeNode, isRootNode } from '../../engine/describe-node.js';
import type { HeapView } from '../../engine/heap-view.js';
import type { Meaning } from '../../engine/meaning.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { labelOf } from '../../words/labels.js';
import { nodeName } from '../../words/node-labels.js';
import { openShapeOf, shapeOf } from '../../words/shapes.js';
import {
  type Drawing,
  type Drawn,
  type DrawnKey,
  keyOf,
  nodesOf,
  objectCountOf,
} from './drawing.js';
import { endKey, type Neighbour } from './neighbour.js';
import { bestOf, type Unit, UnitLinks } from './unit-links.js';
import type { Neighbours } from './walk-neighbours.js';

export interface AlikeRules {
  /** Up to this many neighbours are drawn individually. */
  readonly over: number;
  /** Fewer than this many are not worth merging into one node. */
  readonly least: number;
}

/**
 * For a node that stands for at least this many objects, the units are kept instead of found again.
 */
const LEAST_KEPT = 1000;
const NO_MARKS: ReadonlySet<string> = new Set();

/** Finds the neighbours of drawn nodes, and which of them are similar enough for one node. */
export class Alike {
  readonly #view: HeapView;
  readonly #drawing: Drawing;
  readonly #neighbours: Neighbours;
  /** Marks that keep a neighbour apart from others of its class, such as a matching pattern. */
  readonly #marksOf: (neighbour: Neighbour) => string;
  readonly #isMarked: boolean;
  /** The last requested node: it is often drawn in full soon after its path to a root. */
  #latest: { readonly node: Drawn; readonly units: readonly Unit[] } | null = null;

  constructor(
    view: HeapView,
    drawing: Drawing,
    neighbours: Neighbours,
    marksOf: ((neighbour: Neighbour) => string) | null,
  ) {
    this.#view = view;
    this.#drawing = drawing;
    this.#neighbours = neighbours;
    this.#marksOf = marksOf ?? (() => '');
    this.#isMarked = marksOf !== null;
  }

  /**
   * The neighbours of a drawn node one by one; those in the picture as the nodes they are drawn as.
   */
  unitsOf(node: Drawn): readonly Unit[] {
    if (this.#latest?.node === node && this.#latest.units.every((unit) => this.#isAsDrawn(unit))) {
      return this.#latest.units;
    }
    const units = this.#findUnits(node);
    // other units are faster to find again than to keep
    const isLong = objectCountOf(node) >= LEAST_KEPT && units.length < LEAST_KEPT;
    this.#latest = isLong ? { node, units } : null;
    return units;
  }

  /** True if the neighbour would still be found on its own, not as part of another drawn node. */
  #isAsDrawn({ drawn }: Unit): boolean {
    if ('alike' in drawn) return true;
    const now = this.#drawing.at(drawn);
    return now === null || !('alike' in now);
  }

  #findUnits(node: Drawn): readonly Unit[] {
    const found = new Map<DrawnKey, UnitLinks>();
    for (const member of nodesOf(node)) {
      for (const neighbour of this.#neighbours.of(member)) {
        const drawn = this.#drawing.at(neighbour.end) ?? neighbour.end;
        const key = keyOf(drawn);
        const unit = found.get(key) ?? new UnitLinks(drawn, { keepsAll: this.#isMarked });
        found.set(key, unit);
        unit.add(neighbour, member);
      }
    }
    return Array.from(found.values(), (unit) => unit.finish()).sort(compareUnits);
  }

  /**
   * Merges neighbours of one class that are held, or hold, in the same way. If this leaves too
   * many, properties count as the same way whatever their names: the object is used as a table.
   */
  merge(units: readonly Unit[], { over, least }: AlikeRules): readonly Unit[] {
    if (units.length <= over) return units;
    const merged = this.#mergeBy(units, least, shapeOf);
    return merged.length <= over ? merged : this.#mergeBy(merged, least, openShapeOf);
  }

  #mergeBy(
    units: readonly Unit[],
    least: number,
    toShape: (meaning: Meaning) => Meaning,
  ): readonly Unit[] {
    const groups = new Map<string, Unit[]>();
    for (const [index, unit] of units.entries()) {
      const key = this.#likenessOfUnit(unit, toShape) ?? `alone ${index}`;
      const group = groups.get(key) ?? [];
      groups.set(key, group);
      group.push(unit);
    }
    const size = (group: readonly Unit[]) =>
      group.reduce((sum, { drawn }) => sum + objectCountOf(drawn), 0);
    return [...groups.values()]
      .flatMap((group) => (size(group) < least ? group : [this.#join(group)]))
      .sort(compareUnits);
  }

  /** The likeness of a holder and how it holds: holders with the same likeness are drawn as one. */
  likenessOf(neighbour: Neighbour): string {
    const { end } = neighbour;
    if ('frame' in end || isRootNode(this.#view, end.node)) return `root ${endKey(end)}`;
    return this.#likenessOf(end.node, [neighbour], shapeOf);
  }

  /** The likeness of a unit; null if it is drawn already, and for roots, which are never merged. */
  #likenessOfUnit(unit: Unit, toShape: (meaning: Meaning) => Meaning): string | null {
    const [node] = nodesOf(unit.drawn);
    if (node === undefined || this.#drawing.has(unit.drawn) || isRootNode(this.#view, node)) {
      return null;
    }
    return this.#likenessOf(node, unit.links, toShape);
  }

  #likenessOf(
    node: NodeOrdinal,
    links: readonly Neighbour[],
    toShape: (meaning: Meaning) => Meaning,
  ): string {
    const { type, is, location } = describeNode(this.#view, node);
    // files of the same name may be in different folders
    const place = classPlaceKey(this.#view.facts, node) || location;
    const shapes = new Set<string>();
    for (const { references } of links) {
      for (const { meaning, weak } of references) {
        shapes.add(`${weak} ${labelOf(toShape(meaning))}`);
      }
    }
    const marks = this.#isMarked ? new Set(links.map(this.#marksOf)) : NO_MARKS;
    return keyOfTexts([type, nodeName(is), place ?? '', ...sorted(shapes), '', ...sorted(marks)]);
  }

  #join(units: readonly Unit[]): Unit {
    const [only] = units;
    if (only !== undefined && units.length === 1) return only;
    const { graph } = this.#view;
    const alike = units.flatMap(({ drawn }) => nodesOf(drawn));
    const links = units.flatMap((unit) => unit.links);
    return {
      drawn: { alike: alike.sort((a, b) => graph.idOf(a) - graph.idOf(b)) },
      links,
      covers: units.reduce((sum, unit) => sum + unit.covers, 0),
      rank: bestOf(units.map((unit) => unit.rank)),
    };
  }
}

/** A key for several texts that no other texts produce. */
function keyOfTexts(texts: readonly string[]): string {
  let key = '';
  for (const text of texts) key += `${text.length} ${text}`;
  return key;
}

function sorted(texts: ReadonlySet<string>): readonly string[] {
  const list = [...texts];
  return list.length < 2 ? list : list.sort();
}

/**
 * The neighbour nearest to a root, the first if several are; null when none of them leads to one.
 */
export function nearestUnit(
  units: readonly Unit[],
  leads: (neighbour: Neighbour) => boolean,
): Unit | null {
  let best: { unit: Unit; distance: number } | null = null;
  for (const unit of units) {
    for (const link of unit.links) {
      if (!leads(link) || (best !== null && link.distance >= best.distance)) continue;
      best = { unit, distance: link.distance };
    }
  }
  return best?.unit ?? null;
}

function compareUnits(a: Unit, b: Unit): number {
  const [x, y] = [a.rank, b.rank];
  return (
    x.tier - y.tier ||
    b.covers - a.covers ||
    x.distance - y.distance ||
    y.size - x.size ||
    x.id - y.id
  );
}
