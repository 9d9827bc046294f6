import type { CollectOptions } from '../../question/walk-options.js';
import { withDepths } from '../picture/arrange.js';
import type { Subgraph, SubgraphNode } from '../picture/subgraph.js';
import { mergeAlikeNames } from './alike-names.js';
import { foldRepeats, type RepeatOptions } from './fold-repeats.js';
import { foldRuns } from './fold-runs.js';
import { foldSections, USUAL_WAYS } from './fold-sections.js';
import { boxCount, objectsIn, referencesIn } from './picture-links.js';

/** A picture of at most this many boxes is drawn as it is, if its height is at most … */
const SMALL = 12;
/** … this many steps from a target. */
const LOW = 9;
/** The number of boxes that fit on a page. */
const MOST_BOXES = 24;
/** The number of arrows in a row that are drawn individually if there is room. */
const LONGEST_ROW = 3;
/** A larger depth than the default means that the user wants to see all steps. */
const USUAL_DEPTH = 3;

/**
 * Folds a picture so that it fits on a page: nodes that differ only in numbers are drawn as one,
 * detours beside the shortest paths become boxes, repeating rounds are drawn once, and rows of
 * objects become arrows. Everything without a box is counted.
 */
export function foldPicture(picture: Subgraph, options: CollectOptions): Subgraph {
  if (fits(picture, SMALL)) return picture;
  const spelling = options.spelling ?? 'flags';
  const isProtected = protectedNodes(options);
  const merged = mergeAlikeNames(picture, isProtected);
  let folded = withDepths(merged);
  if (!fits(folded, SMALL)) {
    const most = Math.max(USUAL_WAYS, options.paths);
    let sections = foldSections(merged, { ways: most, isProtected, spelling });
    for (let ways = most - 1; ways > 0 && boxCount(sections) > MOST_BOXES; ways--) {
      sections = foldSections(merged, { ways, isProtected, spelling });
    }
    folded = foldRows(sections, { isProtected, spelling });
    // of many targets fewer and fewer have a way of their own
    for (let told = picture.targets.length; told > 0 && boxCount(folded) > MOST_BOXES; ) {
      told >>= 1;
      sections = foldSections(merged, { ways: 1, toldTargets: told, isProtected, spelling });
      folded = foldRows(sections, { isProtected, spelling });
    }
  }
  return { ...folded, ...leftBetween(picture, folded) };
}

function foldRows(picture: Subgraph, options: RepeatOptions): Subgraph {
  const repeated = withDepths(foldRepeats(picture, options));
  // what holds a target directly is what a reader looks at first
  const isShown = (node: SubgraphNode) => node.depth <= 1 || options.isProtected(node);
  let folded = repeated;
  for (let longest = LONGEST_ROW; longest > 0; longest--) {
    folded = withDepths(foldRuns(repeated, { longest, isProtected: isShown }));
    if (fits(folded, MOST_BOXES)) break;
  }
  return folded;
}

function fits(picture: Subgraph, mostBoxes: number): boolean {
  return boxCount(picture) <= mostBoxes && picture.nodes.every(({ depth }) => depth <= LOW);
}

/** The nodes that are not folded: highlighted ones, and those requested in full. */
function protectedNodes({ depth }: CollectOptions): (node: SubgraphNode) => boolean {
  const full = depth > USUAL_DEPTH ? depth : 0;
  return (node) =>
    node.highlighted === true || node.dominator === true || (node.depth > 0 && node.depth <= full);
}

function leftBetween(whole: Subgraph, folded: Subgraph): Pick<Subgraph, 'left'> {
  const objects = objectsIn(whole.nodes) - objectsIn(folded.nodes);
  const references = referencesIn(whole.edges) - referencesIn(folded.edges);
  if (objects === 0 && references === 0)
    return whole.left === undefined ? {} : { left: whole.left };
  const own = whole.left?.own ?? { objects: 0, references: 0 };
  return { left: { own, folded: { objects, references } } };
}
