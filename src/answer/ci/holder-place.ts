import type { Subgraph, SubgraphNode } from '../../collect/picture/subgraph.js';
import { isBuiltinFile } from '../../engine/code/contexts.js';
import { fileOfModule } from '../../engine/code/export-names.js';
import type { SourcePlace } from '../../engine/code/scripts.js';
import type { HeapFacts } from '../../engine/heap-facts.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';

/** Where a holder is in the sources, by the full path, which only what lies below the repository may show. */
export interface HolderPlace {
  readonly file: string;
  /** Null where only the file is known. */
  readonly line: number | null;
  readonly column: number | null;
  /** The variable of that file in which it is; null where it is in none. */
  readonly variable: string | null;
}

/**
 * The place in the program's own files that is nearest to the holder: where a function or class on the way
 * to it was defined, else the module whose variable it is.
 *
 * @param way from the holder up to the root.
 */
export function holderPlaceOf(
  facts: HeapFacts,
  way: readonly SubgraphNode[],
  { edges }: Subgraph,
): HolderPlace | null {
  const ordinals = facts.graph.withIds(way.flatMap(({ id }) => numberOf(id) ?? []));
  const found = way.flatMap((node, at) => {
    const ordinal = ordinals.get(numberOf(node.id) ?? -1);
    return ordinal === undefined ? [] : [{ node, ordinal, held: way[at - 1] }];
  });
  for (const { ordinal } of found) {
    const place = placeOf(facts, ordinal);
    if (place !== null && !isBuiltinFile(place.file)) return { ...place, variable: null };
  }
  for (const { node, ordinal, held } of found) {
    const file = node.is?.kind === 'module' ? moduleFile(facts, ordinal) : null;
    if (file === null || isBuiltinFile(file)) continue;
    const edge = edges.find(({ from, to }) => from === node.id && to === held?.id);
    const variable = edge?.means?.kind === 'variable' ? edge.means.name : null;
    return { file, line: null, column: null, variable };
  }
  return null;
}

/** Where what is held was defined, in a file of the program; null elsewhere. */
export function itemPlaceOf(facts: HeapFacts, item: NodeOrdinal | undefined): HolderPlace | null {
  const place = item === undefined ? null : placeOf(facts, item);
  return place === null || isBuiltinFile(place.file) ? null : { ...place, variable: null };
}

function placeOf({ contexts, scripts }: HeapFacts, node: NodeOrdinal): SourcePlace | null {
  // of a module's scope the place is that of any of its functions
  if (!contexts.isContext(node)) return scripts.placeOf(node);
  return contexts.kindOf(node) === 'function' ? contexts.placeOf(node) : null;
}

function moduleFile(facts: HeapFacts, node: NodeOrdinal): string | null {
  if (facts.contexts.isContext(node)) return facts.contexts.fileOf(node);
  return fileOfModule({ graph: facts.graph, facts }, node);
}

function numberOf(id: string): number | null {
  const digits = /^@(\d+)$/.exec(id)?.[1];
  return digits === undefined ? null : Number(digits);
}
