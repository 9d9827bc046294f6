import type { NodeOrdinal } from '../../graph/ordinals.js';
import { type Drawn, type DrawnKey, keyOf, nodesOf } from '../walk/drawing.js';
import type { Neighbour } from '../walk/neighbour.js';
import { keepsAlive } from '../walk/rank-holders.js';
import { UnitLinks } from '../walk/unit-links.js';
import { type Holding, holdingOf } from '../walk/walk-ways.js';
import type { Walked } from '../walk/walked.js';
import type { OwnReferences } from './own-references.js';

/** By what one drawn node holds the objects of another. */
export interface HolderLinks {
  /** The references that may be why those live. */
  readonly kept: readonly Neighbour[];
  /** True if there are others, which are the held objects' own. */
  readonly hasOwn: boolean;
  /** Objects that are held by what is kept, and not weakly. */
  readonly members: number;
}

/** The known facts about the holders of one drawn node. */
export interface Survey {
  /** By the holder. */
  readonly links: ReadonlyMap<DrawnKey, HolderLinks>;
  /** Holders that keep alive and have no arrow to the node. */
  readonly missing: ReadonlyMap<Holding, Missing>;
}

interface Missing {
  /** One of the objects that it holds. */
  readonly member: NodeOrdinal;
  readonly references: number;
}

interface Found {
  readonly unit: UnitLinks;
  hasKept: boolean;
  hasOwn: boolean;
  members: number;
}

/** Looks up the holders of each of a node's objects once, however many arrows there are. */
export function surveyHolders(
  { neighbours, drawing }: Pick<Walked, 'neighbours' | 'drawing'>,
  search: OwnReferences,
  held: Drawn,
): Survey {
  const found = new Map<DrawnKey, Found>();
  const missing = new Map<Holding, Missing>();
  for (const member of nodesOf(held)) {
    for (const neighbour of neighbours.of(member)) {
      const holder = drawing.isConnected(neighbour, held) ? drawing.at(neighbour.end) : null;
      if (holder === null) {
        if (keepsAlive(neighbour)) noteMissing(missing, neighbour, member);
        continue;
      }
      const links = found.get(keyOf(holder)) ?? linksOf(holder);
      found.set(keyOf(holder), links);
      const isStrong = neighbour.references.some(({ weak }) => !weak);
      if (isStrong && isOwn(search, member, neighbour)) links.hasOwn = true;
      else {
        links.unit.add(neighbour, member);
        links.hasKept = true;
        if (isStrong) links.members += 1;
      }
    }
  }
  const links = new Map([...found].map(([key, one]) => [key, finished(one)]));
  return { links, missing };
}

function noteMissing(
  missing: Map<Holding, Missing>,
  neighbour: Neighbour,
  member: NodeOrdinal,
): void {
  const holding = holdingOf(neighbour);
  const strong = neighbour.references.filter(({ weak }) => !weak).length;
  const references = strong + (missing.get(holding)?.references ?? 0);
  missing.set(holding, { member, references });
}

function linksOf(holder: Drawn): Found {
  const unit = new UnitLinks(holder, { keepsAll: false });
  return { unit, hasKept: false, hasOwn: false, members: 0 };
}

function finished({ unit, hasKept, hasOwn, members }: Found): HolderLinks {
  return { kept: hasKept ? unit.finish().links : [], hasOwn, members };
}

function isOwn(search: OwnReferences, member: NodeOrdinal, { end }: Neighbour): boolean {
  return 'node' in end && search.isOwn(member, end.node);
}
