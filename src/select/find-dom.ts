import { findDetached } from '../engine/find-detached.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { NodeType } from '../graph/types.js';
import { byId } from './find-objects.js';

/** Names by which browsers list nodes of a document, and the window that has it. */
const DOM_NAME =
  /^(?:Detached )?(?:<|#|(?:HTML|SVG|MathML)\w+|\w*Element$|(?:XML)?Document|ShadowRoot|(?:Text|Comment|CDATASection|ProcessingInstruction|Attr)$|Window\b)/;

/** The content of elements: nobody asks who holds a text, and its element says the same. */
const DOM_CONTENT = /^(?:#|(?:Text|Comment|CDATASection|ProcessingInstruction|Attr)$)/;

/** C++ objects of Node.js are marked like DOM nodes. */
const NODE_JS = /^(?:Detached )?Node \/ /;

/**
 * Finds DOM nodes that are detached from their document: those that the file marks, elements below
 * them if it marks only the topmost one, and those that older versions of Chrome call detached;
 * also the windows of removed frames.
 */
export function findDetachedDom({ graph, realms }: HeapFacts): readonly NodeOrdinal[] {
  const states = findDetached(graph);
  const isDom = nameTest(graph, DOM_NAME);
  const isContent = nameTest(graph, DOM_CONTENT);
  const isNamed = nameTest(graph, /^Detached /);
  const isNodeJs = nameTest(graph, NODE_JS);
  const found: NodeOrdinal[] = [];
  for (let node = graph.firstNode; node < graph.nodeCount; node++) {
    const type = graph.typeOf(node);
    const hasName = type === NodeType.native || type === NodeType.object;
    const isDetached =
      graph.isDetached(node) ||
      (states?.[node] === 1 && isDom(node) && !isContent(node)) ||
      (hasName && isNamed(node));
    if (isDetached && !isNodeJs(node)) found.push(node);
  }
  const windows = realms.globals.filter((global) => {
    return graph.nameOf(global.object).startsWith('Window') && !realms.isRoot(global);
  });
  return byId(graph, new Set([...found, ...windows.map(({ object }) => object)]));
}

/**
 * True if there are DOM nodes of a browser; nodes that a library makes of plain objects do not
 * count.
 */
export function hasDom({ graph }: HeapFacts): boolean {
  const isDom = nameTest(graph, DOM_NAME);
  for (let node = graph.firstNode; node < graph.nodeCount; node++) {
    if (graph.typeOf(node) === NodeType.native && isDom(node)) return true;
  }
  return false;
}

/** A test of names that looks at each name once. */
function nameTest(graph: HeapGraph, expression: RegExp): (node: NodeOrdinal) => boolean {
  const answers = new Map<number, boolean>();
  return (node) => {
    const name = graph.tables.nodeNames[node] as number;
    const known = answers.get(name);
    if (known !== undefined) return known;
    const answer = expression.test(graph.tables.strings.get(name));
    answers.set(name, answer);
    return answer;
  };
}
