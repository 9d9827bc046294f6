import type { SourcePlace } from '../../engine/code/scripts.js';
import type { HeapView } from '../../engine/heap-view.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import type { Subgraph } from './subgraph.js';

/**
 * The places where the located nodes of a picture were made, as the engine gives them, by id: with
 * the script's full path or URL, which no report may show.
 */
export function collectPlaces(
  view: HeapView,
  subgraph: Subgraph,
): ReadonlyMap<string, SourcePlace> {
  const places = new Map<string, SourcePlace>();
  const located = new Set(
    subgraph.nodes.filter(({ location }) => location !== null).map(({ id }) => id),
  );
  for (const [position, { file, line, column, mapped }] of view.frames.frames.entries()) {
    const id = `frame:${position}`;
    const place = { file, line, column, ...(mapped && { mapped }) };
    if (located.has(id)) places.set(id, place);
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

/**
 * The nodes with some ids. An answer about what would be freed is drawn from another view of the
 * heap.
 */
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
