import { classOf } from '../../src/collect/picture/build-more-node.js';
import type { SubgraphNode } from '../../src/collect/picture/subgraph.js';
import { endKey, type Neighbour } from '../../src/collect/walk/neighbour.js';
import type { Holder } from '../../src/engine/references/holder.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { type Answer, idOf, ordinalOf } from './answer.js';

/** Returns all neighbours of an object, whatever the limits of the question. */
export type AskNeighbours = (node: NodeOrdinal) => readonly Neighbour[];

/**
 * Checks nodes that stand for several objects: their members, and every number on them, counted one
 * by one. Only if all members are named, which is up to 20.
 */
export function* groupsTrue(answer: Answer, ask: AskNeighbours): Iterable<string> {
  const members = new Map(answer.subgraph.nodes.map((node) => [node.id, membersOf(node)]));
  const isKnown = (id: string) => {
    const node = answer.nodes.get(id);
    return (node?.count ?? 1) === (members.get(id)?.length ?? 0);
  };
  yield* membersAlike(answer, members);
  for (const [id, inside] of members) {
    if (!isKnown(id) || inside.length === 0 || id.startsWith('frame:')) continue;
    const neighbours = inside.flatMap((member) => ask(ordinalOf(answer.view, member)));
    yield* countsTrue(answer, id, neighbours, members, isKnown);
  }
}

function* membersAlike(
  { view, subgraph }: Answer,
  members: ReadonlyMap<string, readonly string[]>,
): Iterable<string> {
  const seen = new Set<string>();
  for (const { id, count, label } of subgraph.nodes) {
    const inside = members.get(id) ?? [];
    for (const member of inside) {
      if (seen.has(member)) yield `${member} is drawn twice`;
      seen.add(member);
    }
    if (count === undefined) continue;
    if (count < 2 || inside.length !== Math.min(count, 20))
      yield `${id} has ${inside.length} of ${count}`;
    const names = new Set(inside.map((member) => classOf(view, ordinalOf(view, member))));
    if (names.size !== 1) yield `${id} joins ${[...names].join(' and ')}`;
    if (!label.endsWith(` x ${count.toLocaleString('en-US')}`)) yield `${id} is called ${label}`;
    if (inside[0] !== id.replace('many:', '')) yield `${id} begins with ${inside[0]}`;
  }
}

function* countsTrue(
  answer: Answer,
  id: string,
  neighbours: readonly Neighbour[],
  members: ReadonlyMap<string, readonly string[]>,
  isKnown: (id: string) => boolean,
): Iterable<string> {
  const into = answer.into.get(id) ?? [];
  const drawn = new Set<string>();
  let areAllKnown = true;
  for (const far of new Set(into.map(({ from }) => from))) {
    if (far.startsWith('more:')) continue;
    areAllKnown &&= isKnown(far);
    const ends = new Set(members.get(far));
    for (const end of ends) drawn.add(end);
    if (!isKnown(far) || (!id.startsWith('many:') && !far.startsWith('many:'))) continue;
    const expected = countReferences(answer, neighbours, ends);
    const counted = into
      .filter(({ from }) => from === far)
      .reduce((sum, { count = 1 }) => sum + count, 0);
    if (counted !== expected) yield `${far} -> ${id} counts ${counted}, not ${expected}`;
  }
  const more = answer.nodes.get(`more:${id}`)?.omitted?.count;
  // neighbours removed by --hide are counted, too, but not listed here
  const isHiding = answer.options.hide.length > 0;
  if (more === undefined || !areAllKnown || isHiding) return;
  const left = new Set(neighbours.map(({ end }) => endKey(end)));
  for (const { end } of neighbours) if (drawn.has(idOf(answer.view, end))) left.delete(endKey(end));
  if (left.size !== more) yield `more:${id} counts ${more}, not ${left.size}`;
}

function countReferences(
  { view }: Answer,
  neighbours: readonly Neighbour[],
  ends: ReadonlySet<string>,
): number {
  const between: Holder[] = neighbours
    .filter(({ end }) => ends.has(idOf(view, end)))
    .flatMap(({ references }) => references);
  return between.length;
}

function membersOf(node: SubgraphNode): readonly string[] {
  if (node.role === 'more') return [];
  return node.members ?? [node.id];
}
