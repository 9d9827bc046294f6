import type { Subgraph, SubgraphEdge } from '../collect/picture/subgraph.js';
import type { SuspendedFunction } from '../source/opened-source.js';

/** The label of a reference whose variable is unknown: collect/fold-suspended.ts. */
const UNNAMED = /^local of suspended (?:async )?/;

/** Heap ids of the suspended functions in a picture whose variables have no names yet. */
export function unnamedFunctions({ edges }: Subgraph): readonly number[] {
  const ids = edges.filter(isUnnamed).map(({ from }) => Number(from.slice(1)));
  return [...new Set(ids)];
}

/** Names the references whose variables are known now; an object may be in several of one function. */
export function nameFunctions(
  subgraph: Subgraph,
  functions: readonly SuspendedFunction[],
): Subgraph {
  const locals = new Map(functions.map((one) => [`@${one.nodeId}`, one.locals]));
  const edges = subgraph.edges.flatMap((edge) => {
    if (!isUnnamed(edge)) return [edge];
    const names = locals.get(edge.from)?.filter(({ nodeId }) => `@${nodeId}` === edge.to) ?? [];
    if (names.length === 0) return [edge];
    return [...new Set(names.map(({ name }) => name))].sort().map((name) => nameEdge(edge, name));
  });
  return { ...subgraph, edges };
}

function isUnnamed({ label }: SubgraphEdge): boolean {
  return UNNAMED.test(label);
}

function nameEdge(edge: SubgraphEdge, name: string): SubgraphEdge {
  return { ...edge, name, label: `local ${name} in ${edge.label.replace(UNNAMED, '')}` };
}
