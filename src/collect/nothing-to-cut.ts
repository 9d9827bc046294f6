import { objectName } from '../engine/describe-node.js';
import type { HeapView } from '../engine/heap-view.js';
import type { HeldObject } from '../engine/references/held.js';
import { ShowBackrefError } from '../errors.js';
import type { CutRule } from '../question/cut-rule.js';
import { nearestNames } from '../question/nearest-names.js';
import type { Pattern } from '../question/pattern.js';
import { option, say } from '../util/sentence.js';
import { labelOf } from '../words/labels.js';

/** The number of names that are suggested instead. */
const MOST_NEAREST = 3;

/**
 * The error for a `--cut` that matches no reference.
 *
 * @param held the objects that the left side holds; null if nothing in the heap has that name.
 */
export function nothingToCut(
  view: HeapView,
  { text, from, to }: CutRule,
  held: readonly HeldObject[] | null,
): ShowBackrefError {
  const [wrong, names] = held === null ? [from, allNames(view)] : [to, heldNames(view, held)];
  const near = nearest(wrong, names).map((name) => `"${view.redactor.text(name)}"`);
  const reason =
    held === null
      ? `nothing in the heap is called "${from.text}"`
      : `nothing called "${from.text}" holds "${to.text}"`;
  const advice =
    near.length === 0 ? 'name them as a picture does' : `did you mean ${near.join(', ')}?`;
  return new ShowBackrefError(
    'NOTHING_SELECTED',
    say`${option('cut')} "${text}" matches no reference: ${reason}; ${advice}`,
  );
}

function nearest({ name, expression }: Pattern, names: ReadonlySet<string>): readonly string[] {
  return expression === null ? nearestNames(name, names, MOST_NEAREST) : [];
}

function allNames({ graph }: HeapView): ReadonlySet<string> {
  const names = new Set<string>();
  for (let node = graph.firstNode; node < graph.nodeCount; node++) {
    names.add(objectName(graph, node));
  }
  return names;
}

function heldNames({ graph }: HeapView, held: readonly HeldObject[]): ReadonlySet<string> {
  return new Set(
    held.flatMap(({ node, references }) => [
      objectName(graph, node),
      ...references.map(({ meaning }) => labelOf(meaning)),
    ]),
  );
}
