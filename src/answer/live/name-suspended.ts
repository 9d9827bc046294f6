import type { Subgraph, SubgraphEdge } from '../../collect/picture/subgraph.js';
import type { Meaning } from '../../engine/meaning.js';
import type { SuspendedFunction } from '../../source/opened-source.js';
import { labelOf } from '../../words/labels.js';

type LocalMeaning = Extract<Meaning, { readonly kind: 'suspended-local' }>;

/** Heap ids of the suspended functions in a picture whose variables are not named yet. */
export function unnamedFunctions({ edges }: Subgraph): readonly number[] {
  const unnamed = edges.filter((edge) => unnamedLocal(edge) !== null);
  const ids = unnamed.map(({ from }) => Number(from.slice(1)));
  return [...new Set(ids)];
}

/**
 * Names the references whose variables are known now; several variables of a function may hold the
 * same object.
 */
export function nameFunctions(
  subgraph: Subgraph,
  functions: readonly SuspendedFunction[],
): Subgraph {
  const locals = new Map(functions.map((one) => [`@${one.nodeId}`, one.locals]));
  const edges = subgraph.edges.flatMap((edge) => {
    const means = unnamedLocal(edge);
    if (means === null) return [edge];
    const names = locals.get(edge.from)?.filter(({ nodeId }) => `@${nodeId}` === edge.to) ?? [];
    if (names.length === 0) return [edge];
    return [...new Set(names.map(({ name }) => name))]
      .sort()
      .map((name) => nameEdge(edge, { ...means, name }));
  });
  return { ...subgraph, edges };
}

/**
 * The local variable of a suspended function that an edge stands for, if only its slot is known.
 */
function unnamedLocal({ means }: SubgraphEdge): LocalMeaning | null {
  return means?.kind === 'suspended-local' && means.name === null ? means : null;
}

function nameEdge(edge: SubgraphEdge, means: LocalMeaning): SubgraphEdge {
  return { ...edge, name: means.name ?? edge.name, label: labelOf(means), means };
}
