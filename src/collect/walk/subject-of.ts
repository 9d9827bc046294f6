import { classPlaceOf } from '../../engine/classes/class-place.js';
import { describeFrame, describeNode } from '../../engine/describe-node.js';
import type { Frame } from '../../engine/frames.js';
import type { HeapView } from '../../engine/heap-view.js';
import type { Holder } from '../../engine/references/holder.js';
import { labelOf } from '../../words/labels.js';
import { nodeName, nodeTitle } from '../../words/node-labels.js';
import type { PatternSubject } from './match-pattern.js';
import { type End, endKey } from './neighbour.js';

/** A reference as patterns see it: its name and its label. */
export type NamedReference = Pick<Holder, 'name' | 'meaning'>;

/**
 * The properties that a pattern is compared with; `references` are those by which the end is drawn.
 */
export function subjectOf(
  view: HeapView,
  end: End,
  references: readonly NamedReference[],
): PatternSubject {
  const edges = references.map(({ name, meaning }) => ({ name, label: labelOf(meaning) }));
  if ('node' in end) {
    const { is, location } = describeNode(view, end.node);
    const id = `@${view.graph.idOf(end.node)}`;
    const place = () => classPlaceOf(view.facts, end.node);
    return { id, name: nodeName(is), title: nodeTitle(is), location, edges, place };
  }
  const { is, location } = describeFrame(view, view.frames.frames[end.frame] as Frame);
  return { id: `${endKey(end)}`, name: nodeName(is), title: nodeTitle(is), location, edges };
}
