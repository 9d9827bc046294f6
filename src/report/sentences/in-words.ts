import type { SubgraphEdge, SubgraphNode } from '../../collect/picture/subgraph.js';
import type { Meaning, NodeMeaning } from '../../engine/meaning.js';
import { hasId, nodeTitle } from '../../words/node-labels.js';
import type { NodeInWords } from '../../words/node-phrases.js';
import { pathLabel } from '../../words/path-label.js';
import { type LinkWords, omittedPhrase, phraseOf, roundsPhrase } from '../../words/phrases.js';

/** A node of a picture as sentences see it. */
export function inWords(node: SubgraphNode): NodeInWords {
  const { id, is, count = 1, label, location, role } = node;
  const isRoot = role === 'root';
  // an answer of another writer may have only the label
  if (is === undefined || is.kind === 'omitted') {
    return { is: is ?? plainly(node), id, title: label, showsId: false, location, isRoot };
  }
  const showsId = hasId(is) && count === 1;
  return { is, id, title: nodeTitle(is, count), showsId, location, isRoot };
}

/** A reference in words, from what is held to its holder. */
export function linkWords(
  edge: SubgraphEdge,
  { holder, held }: { readonly holder: SubgraphNode; readonly held: SubgraphNode },
): LinkWords {
  if (holder.role === 'more') {
    const { times, round } = holder.omitted ?? {};
    if (times === undefined) return omittedPhrase(holder.label);
    return roundsPhrase(times, pathLabel((round ?? []).map(({ label }) => label)));
  }
  return phraseOf(meaningOf(edge), { holder: inWords(holder), held: inWords(held) });
}

function plainly({ type, name }: SubgraphNode): NodeMeaning {
  return type === 'closure' ? { kind: 'function', name } : { kind: 'object', name };
}

/** The meaning of the raw reference, if an answer does not contain one. */
function meaningOf({ means, type, name }: SubgraphEdge): Meaning {
  if (means !== undefined) return means;
  switch (type) {
    case 'property':
      return { kind: 'property', name };
    case 'element':
      return { kind: 'element', index: name };
    case 'context':
      return { kind: 'variable', name };
    default:
      return name === '' ? { kind: 'unnamed' } : { kind: 'internal', name };
  }
}
