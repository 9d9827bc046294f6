import type { Subgraph, SubgraphNode } from '../../collect/picture/subgraph.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { NodeType } from '../../graph/types.js';
import { runningSentence } from '../../words/leak-words.js';
import {
  chainTo,
  heldBelow,
  nodeOf,
  type SuspectHeap,
  shortened,
  wayUp,
} from '../leaks/suspect-heap.js';

/** How far below an object its code is looked for. */
const CODE_DEPTH = 3;
const MOST_LOOKED_AT = 8;

/** Objects that live because they are open or running. */
export interface Running {
  /** The name of their kind: `open MessagePort`. */
  readonly by: SubgraphNode;
  /** Where code is that is called for the newest; null where none is known. */
  readonly location: string | null;
  /** The same without folders and column. */
  readonly place: string | null;
  readonly sentence: string;
}

/** Describes objects that Node.js keeps while they are open or running; null for all others. */
export function findRunning(
  at: SuspectHeap,
  { holder, items }: { readonly holder: NodeOrdinal; readonly items: readonly NodeOrdinal[] },
): Running | null {
  const [newest] = items;
  const { graph } = at.facts;
  if (newest === undefined || graph.typeOf(holder) !== NodeType.synthetic) return null;
  // the other end of a connection may have no code of its own
  const looked = items.slice(0, MOST_LOOKED_AT);
  const codes = looked.map((item) => ownCodeIn(heldBelow(at, item, CODE_DEPTH)));
  const found = codes.findIndex((code) => code !== undefined);
  const code = codes[found];
  const way = chainTo(at, items[found] ?? newest);
  const by = wayUp(way, way.targets[0]).find(({ is }) => is?.kind === 'handle');
  if (by === undefined) return null;
  const location = code?.location ?? null;
  return {
    by,
    location,
    place: location === null ? null : shortened(location),
    sentence: runningSentence({
      object: nodeOf(way, way.targets[0])?.label ?? '',
      what: by.label,
      code: code?.label ?? null,
      place: location === null ? null : location.replace(/:\d+$/, ''),
    }),
  };
}

/** The nearest function of a program's own files. */
function ownCodeIn({ nodes }: Subgraph): SubgraphNode | undefined {
  const functions = nodes.filter(({ is, location }) => {
    return is?.kind === 'function' && location !== null && !location.startsWith('node:');
  });
  return functions.sort((a, b) => a.depth - b.depth)[0];
}
