import type { HeapFacts } from '../engine/heap-facts.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { NodeType } from '../graph/types.js';

/** The number of items examined, and of references to each. */
const MOST_ITEMS = 5;
const LEAST_ITEMS = 3;
const MOST_REFERENCES = 200;

/** Finds objects that also hold each of the newest items: another Map of the same entries. */
export function holdersOfAll(
  { graph }: HeapFacts,
  items: readonly NodeOrdinal[],
  holder: NodeOrdinal,
): readonly NodeOrdinal[] {
  const sample = items.slice(0, MOST_ITEMS);
  if (sample.length < LEAST_ITEMS) return [];
  let common: Set<NodeOrdinal> | null = null;
  for (const item of sample) {
    const found = new Set<NodeOrdinal>();
    const retainers = graph.retainersOf(item);
    for (let at = 0; at < Math.min(MOST_REFERENCES, retainers.length); at++) {
      const edge = retainers[at];
      if (edge === undefined || !graph.isRetaining(edge)) continue;
      const owner = graph.ownerOf(edge);
      if (graph.typeOf(owner) === NodeType.object) found.add(owner);
      else if (graph.typeOf(owner) === NodeType.array) {
        for (const outer of graph.retainersOf(owner)) {
          const object = graph.ownerOf(outer);
          if (graph.typeOf(object) === NodeType.object) found.add(object);
        }
      }
    }
    const before: ReadonlySet<NodeOrdinal> = common ?? found;
    common = new Set([...found].filter((node) => before.has(node)));
  }
  return [...(common ?? [])].filter((node) => node !== holder && isContainer(graph.nameOf(node)));
}

/**
 * False for things that all items share without being contained, such as their scope or prototype.
 */
function isContainer(name: string): boolean {
  return /^(Map|Set|Array|Object)$/.test(name);
}
