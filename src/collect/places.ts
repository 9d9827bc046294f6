import type { NodeOrdinal } from '../graph/ordinals.js';
import type { SourcePlace } from '../graph/scripts.js';
import type { HeapView } from './heap-view.js';
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
  const ids = new Map([...located].map((id) => [Number(/@(\d+)$/.exec(id)?.[1]), id]));
  for (const [number, node] of view.graph.withIds(ids.keys())) {
    const id = ids.get(number);
    const place = placeOf(view, node);
    if (id !== undefined && place !== null) places.set(id, place);
  }
  return places;
}

function placeOf({ facts, kinds }: HeapView, node: NodeOrdinal): SourcePlace | null {
  const isScope = kinds.kindOf(node) === 'scope';
  return isScope ? facts.contexts.placeOf(node) : facts.scripts.placeOf(node);
}
