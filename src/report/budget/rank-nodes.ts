import type { Subgraph } from '../../collect/picture/subgraph.js';
import { ChainFinder } from '../sentences/chains.js';

/** A picture's nodes by what a reader can least do without. */
export interface RankedNodes {
  /** Ids, the most important first. */
  readonly order: readonly string[];
  /** The shortest way of each target to what keeps it alive, from the target up; empty where none is drawn. */
  readonly ways: readonly (readonly string[])[];
}

/**
 * Each target and its shortest way to a root come first, the ends of a way before its middle; then what is
 * nearest to the targets, in the order of the text tree.
 */
export function rankNodes(picture: Subgraph): RankedNodes {
  const known = new Set(picture.nodes.map(({ id }) => id));
  const ways = picture.targets.map((target) => wayOf(picture, target, known));
  const ranked = [...ways.flatMap(fromBothEnds), ...nearestFirst(picture), ...known];
  return { order: [...new Set(ranked)].filter((id) => known.has(id)), ways };
}

function wayOf(picture: Subgraph, target: string, known: ReadonlySet<string>): readonly string[] {
  // references to what an object holds do not lead to a root
  if (picture.command === 'refs') return [target];
  const finder = new ChainFinder(picture);
  const [shortest = finder.find(target, 'cut').chains[0]] = finder.find(target, 'kept').chains;
  const holders = shortest?.map(({ holder }) => holder.id) ?? [];
  return [target, ...holders.filter((id) => known.has(id))];
}

function fromBothEnds(way: readonly string[]): readonly string[] {
  const last = way.length - 1;
  return way.flatMap((id, at) => [id, way[last - at] ?? id]).slice(0, way.length + 1);
}

/** Breadth first, as the text tree has them. */
function nearestFirst({ command, edges, targets }: Subgraph): readonly string[] {
  const beyond = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const [near, far] = command === 'refs' ? [from, to] : [to, from];
    const list = beyond.get(near);
    if (list) list.push(far);
    else beyond.set(near, [far]);
  }
  const found = new Set(targets);
  // a Set grows while it is iterated, which makes it its own queue
  for (const id of found) for (const next of beyond.get(id) ?? []) found.add(next);
  return [...found];
}
