import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType } from '../../graph/types.js';
import type { Frame, FrameLocal } from '../frames.js';
import { maskName } from '../mask-names.js';
import type { Meaning } from '../meaning.js';
import { meaningKey } from '../meaning-texts.js';
import type { HeapView } from '../view.js';
import { meaningOfEdge } from './edge-meaning.js';

/** One reference to an object, as it is drawn. */
export interface Holder {
  /** The holder: a node of the heap, or a paused frame by its position. */
  readonly from: { readonly node: NodeOrdinal } | { readonly frame: number };
  readonly type: string;
  readonly name: string;
  readonly meaning: Meaning;
  readonly weak: boolean;
  /** Only the stack holds it, in a slot that no variable explains. */
  readonly temporary: boolean;
  /** The number of further references of the same holder that are not listed; absent for none. */
  readonly more?: number;
}

/**
 * A reference from `owner`, which stands for the raw `edge`; a global is always drawn as a single
 * node.
 */
export function holderFromNode(
  view: HeapView,
  owner: NodeOrdinal,
  edge: EdgeOrdinal,
  meaning?: Meaning,
): Holder {
  const { graph, facts } = view;
  // the holder of a property decides whether its name is a secret; other names are masked at the
  // end
  const isProperty = graph.edgeTypeOf(edge) === EdgeType.property;
  const name = isProperty ? maskName(view, edge) : graph.edgeNameOf(edge);
  return {
    from: { node: facts.realms.drawnFor(owner) },
    type: graph.edgeTypeNameOf(edge),
    name,
    meaning: meaning ?? meaningOfEdge(graph, edge, name),
    weak: graph.isWeak(edge),
    temporary: false,
  };
}

/** A reference that stands for several raw ones, of which `edge` is the last. */
export function holderByFold(
  view: HeapView,
  owner: NodeOrdinal,
  edge: EdgeOrdinal,
  meaning: Meaning,
): Holder {
  return { ...holderFromNode(view, owner, edge, meaning), type: 'internal' };
}

/** A variable of a paused frame. */
export function holderFromFrame({ frames }: HeapView, { frame, name }: FrameLocal): Holder {
  const { isTopLevel, functionName } = frames.frames[frame] as Frame;
  const meaning: Meaning = { kind: 'local', name, function: isTopLevel ? null : functionName };
  return { from: { frame }, type: 'context', name, meaning, weak: false, temporary: false };
}

/** A number for the origin, node or frame, by which many thousands can be compared. */
export function originOf({ from }: Pick<Holder, 'from'>): number {
  return 'frame' in from ? -1 - from.frame : from.node;
}

/** Groups holders by origin, in their order. */
export function groupByOrigin(holders: readonly Holder[]): readonly (readonly Holder[])[] {
  if (holders.length < 2) return holders.length === 0 ? [] : [holders];
  const groups = new Map<number, Holder[]>();
  for (const holder of holders) {
    const origin = originOf(holder);
    const group = groups.get(origin);
    if (group === undefined) groups.set(origin, [holder]);
    else group.push(holder);
  }
  return [...groups.values()];
}

/** Drops repetitions: several raw ways may lead to the same place, which is drawn once. */
export function withoutRepetition(holders: readonly Holder[]): readonly Holder[] {
  if (holders.length < 2) return holders;
  const kept: Holder[] = [];
  for (const group of groupByOrigin(holders)) {
    if (group.length === 1) kept.push(group[0] as Holder);
    else for (const holder of distinct(group)) kept.push(holder);
  }
  return kept;
}

function distinct(group: readonly Holder[]): Iterable<Holder> {
  const seen = new Map<string, Holder>();
  for (const holder of group) {
    const key = `${holder.weak} ${meaningKey(holder.meaning)}`;
    if (!seen.has(key)) seen.set(key, holder);
  }
  return seen.values();
}
