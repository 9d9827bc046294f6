import type { HeapView } from '../../engine/heap-view.js';
import type { Spelling } from '../../util/sentence.js';
import { summarize } from '../picture/build-more-node.js';
import type { Subgraph } from '../picture/subgraph.js';
import { idOf } from '../walk/drawing.js';
import type { Walked } from '../walk/walked.js';
import { foldedBox, lineTo } from './folded-box.js';
import type { OwnParts } from './without-own.js';

/**
 * Counts the objects that are not drawn because they live only through drawn ones, and puts a box
 * beside the targets that hold them.
 */
export function addOwnBoxes(
  view: HeapView,
  walk: Walked,
  picture: Subgraph,
  { own, spelling }: { readonly own: OwnParts; readonly spelling: Spelling },
): Subgraph {
  if (own.references === 0) return picture;
  const boxes = [...own.objects].flatMap(([key, nodes]) => {
    const target = key === null ? undefined : walk.drawing.nodes.get(key);
    if (target === undefined) return [];
    const omitted = summarize(
      view,
      nodes.map((node) => ({ node })),
    );
    return [{ target, omitted }];
  });
  const lists = [...own.objects.values()];
  const objects = lists.reduce((sum, nodes) => sum + nodes.length, 0);
  const named = boxes.map(({ target, omitted }) => {
    const held = idOf(view, target);
    const box = foldedBox({ id: `own:${held}`, reason: 'own', spelling }, omitted);
    return { box: { ...box, depth: 1 }, line: lineTo(held, box.id) };
  });
  return {
    ...picture,
    nodes: [...picture.nodes, ...named.map(({ box }) => box)],
    edges: [...picture.edges, ...named.map(({ line }) => line)],
    left: {
      own: { objects, references: own.references },
      folded: { objects: 0, references: 0 },
    },
  };
}
