import type { HeapView } from '../engine/heap-view.js';
import { foldPicture } from './essential/fold-picture.js';
import { markFunnels } from './essential/funnels.js';
import { addOwnBoxes } from './essential/own-boxes.js';
import { withoutOwn } from './essential/without-own.js';
import { arranged } from './picture/arrange.js';
import { assembleSubgraph } from './picture/assemble-subgraph.js';
import type { PictureQuestion } from './picture/build-node.js';
import { redactSubgraph } from './picture/redact-subgraph.js';
import type { Subgraph } from './picture/subgraph.js';
import { findUnmatched } from './picture/unmatched-patterns.js';
import type { Walked } from './walk/walked.js';

/**
 * Turns a finished walk into the answer: only what decides whether the targets live, unless
 * everything is asked for; sorted and masked.
 */
export function finishPicture(view: HeapView, walk: Walked, question: PictureQuestion): Subgraph {
  const picture = isEssential(question)
    ? essentialPicture(view, walk, question)
    : assembleSubgraph(view, walk, question);
  const { options } = question;
  const masked = redactSubgraph(arranged(picture), view.redactor, options.spelling);
  const unmatched = findUnmatched(masked, walk, options);
  return unmatched.length === 0 ? masked : { ...masked, unmatched };
}

/**
 * True to leave out what does not matter. In `refs` nothing is left out: no held object decides
 * whether its holder lives.
 */
function isEssential({ command, options }: PictureQuestion): boolean {
  return command !== 'refs' && !options.everything && !options.internals;
}

function essentialPicture(view: HeapView, walk: Walked, question: PictureQuestion): Subgraph {
  const { options } = question;
  const { spelling = 'flags' } = options;
  const { walk: smaller, own, surveys, harmless } = withoutOwn(view, walk);
  const drawn = assembleSubgraph(view, smaller, question);
  const limits = { ...drawn.limits, ...(harmless !== null && { harmless }) };
  const marked = markFunnels(view, { ...drawn, limits }, { walk: smaller, surveys });
  return foldPicture(addOwnBoxes(view, smaller, marked, { own, spelling }), options);
}
