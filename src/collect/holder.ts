import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType } from '../graph/types.js';
import { labelOfEdge } from './edge-labels.js';
import type { Frame, FrameLocal } from './frames.js';
import type { HeapView } from './heap-view.js';

/** One reference to an object, as it is drawn. */
export interface Holder {
  /** Who holds: a node of the heap, or a paused frame by its position. */
  readonly from: { readonly node: NodeOrdinal } | { readonly frame: number };
  readonly type: string;
  readonly name: string;
  readonly label: string;
  readonly weak: boolean;
  /** Only the stack holds it, in a slot that no variable explains. */
  readonly temporary: boolean;
}

/** A reference from `owner`, which stands for the raw `edge`; globals are drawn as one node each. */
export function holderFromNode(
  { graph, facts }: HeapView,
  owner: NodeOrdinal,
  edge: EdgeOrdinal,
  label: string = labelOfEdge(graph, edge),
): Holder {
  return {
    from: { node: facts.globalOf(owner)?.object ?? owner },
    type: graph.edgeTypeNameOf(edge),
    name: graph.edgeNameOf(edge),
    label,
    weak: graph.edgeTypeOf(edge) === EdgeType.weak,
    temporary: false,
  };
}

/** A variable of a paused frame. */
export function holderFromFrame({ frames }: HeapView, { frame, name }: FrameLocal): Holder {
  const { isTopLevel, functionName } = frames.frames[frame] as Frame;
  const label = isTopLevel ? name : `local ${name} in ${functionName || '(anonymous)'}()`;
  return { from: { frame }, type: 'context', name, label, weak: false, temporary: false };
}

/** The same place can be reached by several raw ways; it is drawn once. */
export function withoutRepetition(holders: Iterable<Holder>): readonly Holder[] {
  const seen = new Map<string, Holder>();
  for (const holder of holders) {
    const from = 'frame' in holder.from ? `frame:${holder.from.frame}` : holder.from.node;
    const key = `${from} ${holder.weak} ${holder.label}`;
    if (!seen.has(key)) seen.set(key, holder);
  }
  return [...seen.values()];
}
