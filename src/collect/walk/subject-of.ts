import { describeNode } from '../../engine/describe-node.js';
import type { Frame } from '../../engine/frames.js';
import type { HeapView } from '../../engine/heap-view.js';
import { frameWords, showPlace } from '../../engine/show-place.js';
import type { PatternSubject } from './match-pattern.js';
import { type End, endKey } from './neighbour.js';

/** What a pattern looks at; `edges` are the references by which the end is drawn. */
export function subjectOf(
  view: HeapView,
  end: End,
  edges: PatternSubject['edges'],
): PatternSubject {
  if ('node' in end) {
    const { name, location } = describeNode(view, end.node);
    return { id: `@${view.graph.idOf(end.node)}`, name, location, edges };
  }
  const frame = view.frames.frames[end.frame] as Frame;
  const name = frameWords(view, frame);
  return { id: `${endKey(end)}`, name, location: showPlace(view, frame), edges };
}
