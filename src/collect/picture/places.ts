import type { SourcePlace } from '../../engine/code/scripts.js';
import type { HeapView } from '../../engine/heap-view.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import type { Subgraph } from './subgraph.js';

/**
 * Where the located nodes of a picture were made as the engine says it, by id: with the script's full
 * path or URL, which no report may show.
 */
export function collectPlaces(
  view: HeapView,
  subgraph: Subgraph,
): ReadonlyMap<string, SourcePlace> {
  const places = new Map<string, SourcePlace>();
  const located = new Set(
    subgraph.nodes.filter(({ location }) => location !== null).map(({ id }) => id),
  );
  for (const [position, { file, line, column }] of view.frames.frames.entries()) {
    const id = `frame:${position}`;
    if (located.has(id)) places.set(id, { file, line, column });
  }
  const ids = new Map(
    [...located].flatMap((id) => {
      const digits = /@(\d+)$/.exec(id)?.[1];
      return digits === undefined ? [] : [[Number(digits), id] as const];
    }),
  );
  for (const [number, node] of nodesWithIds(view, [...ids.keys()])) {
    const id = ids.get(number);
    const place = sourcePlaceOf(view, node);
    if (id !== undefined && place !== null) places.set(id, place);
  }
  return places;
}

/** An answer to the question what would be freed is drawn from a view of its own. */
function nodesWithIds(
  { graph, shown }: HeapView,
  ids: readonly number[],
): ReadonlyMap<number, NodeOrdinal> {
  if (!ids.every((id) => shown.has(id))) return graph.withIds(ids);
  const nodes = ids.map((id) => [id, shown.get(id) as NodeOrdinal] as const);
  return new Map(nodes.sort(([, a], [, b]) => a - b));
}

/** Where a function was made, or the class of an object. */
export function sourcePlaceOf({ facts, kinds }: HeapView, node: NodeOrdinal): SourcePlace | null {
  const isScope = kinds.kindOf(node) === 'scope';
  return isScope ? facts.contexts.placeOf(node) : facts.scripts.placeOf(node);
}
