import { partOf, recordsOf, type SnapshotModel } from './shrink-snapshot.js';

/** Edges by which functions, scopes and scripts are named. */
const NAMING = ['shared', 'script', 'name_or_scope_info', 'scope_info', 'script_or_debug_info'];
/** Types of nodes whose held objects are not shown. */
const IDLE = ['object shape', 'code', 'hidden', 'array'];
/** Objects by which modules are recognised. */
const OF_MODULES = /^Module$|^system \/ Context/;
/** The number of holders, nearest to the class, of which everything they hold is kept. */
const WHOLE = 2500;

/**
 * Extracts a class and all its holders from a large heap: every node from which an object of the
 * class is reached, what the nearest of these hold, and the nodes that name functions and scopes.
 */
export function heapAround(whole: SnapshotModel, className: string): SnapshotModel {
  const { nodes, edgesOf, targetOf, classOf, typeOf, edgeNameOf } = recordsOf(whole);
  const holders = nodes.map((): number[] => []);
  for (const node of nodes.keys()) {
    for (const edge of edgesOf(node)) holders[targetOf(edge)]?.push(node);
  }
  const kept = new Set<number>();
  for (const node of nodes.keys()) if (classOf(node) === className) kept.add(node);
  // a Set can grow while it is iterated
  for (const node of kept) for (const holder of holders[node] ?? []) kept.add(holder);
  for (const [place, node] of [...kept].entries()) {
    const isWhole =
      OF_MODULES.test(classOf(node) ?? '') || (place < WHOLE && !IDLE.includes(typeOf(node)));
    for (const edge of edgesOf(node)) if (isWhole) kept.add(targetOf(edge));
  }
  for (const node of kept) {
    for (const edge of edgesOf(node)) {
      const name = edgeNameOf(edge) ?? '';
      if (!NAMING.includes(name)) continue;
      kept.add(targetOf(edge));
      if (name.startsWith('script')) {
        for (const own of edgesOf(targetOf(edge))) {
          if (edgeNameOf(own) !== 'source') kept.add(targetOf(own));
        }
      }
      // the function of a scope may be gone: the function info it was made from has the name
      if (name === 'scope_info') for (const from of holders[targetOf(edge)] ?? []) kept.add(from);
    }
  }
  return partOf(
    whole,
    [...kept].sort((a, b) => a - b),
  );
}
