import type {
  HoldingPattern,
  HoldingStep,
  SubgraphEdge,
  SubgraphNode,
} from '../../collect/picture/subgraph.js';
import { formatCount } from '../../util/format-count.js';
import { chainSentence } from './chain-sentence.js';
import type { Link } from './chains.js';
import { cutName, isAnonymous } from './node-words.js';

/** How some of the objects of a target that is drawn as one are held, as one sentence. */
export function patternSentence(target: SubgraphNode, { count, steps }: HoldingPattern): string {
  const { label, count: total = count } = target;
  const share = count === total ? 'All' : `${formatCount(count)} of`;
  const objects = cutName(label.replace(/ x [\d,]+$/, ''));
  const subject = `${share} ${formatCount(total)} ${objects}${count === 1 ? '' : ': each'}`;
  if (steps.length === 0) return `${subject} is not reachable by strong references.`;
  const chain = steps.toReversed().map(toLink);
  return chainSentence(target, chain, { subject, isTarget: () => false });
}

/** A step stands for many references: what it has no ids and sizes for, the words do not ask for. */
function toLink({ name, nodeType, label, edgeType, root }: HoldingStep): Link {
  const isNamed = !isAnonymous({ name });
  const holder: SubgraphNode = {
    id: '',
    type: isNamed ? nodeType : 'object',
    name,
    label: isNamed ? name : `an ${name}`,
    preview: '',
    location: null,
    ...{ shallowSize: null, retainedSize: null, distance: null, depth: 0, omitted: null },
    role: root === true ? 'root' : 'holder',
  };
  const reference = { type: edgeType, name: label, label, weak: false };
  // keys are left open, as in a reference that stands for several
  const edge: SubgraphEdge = { from: '', to: '', ...reference, count: 2 };
  return { holder, edges: [edge] };
}
