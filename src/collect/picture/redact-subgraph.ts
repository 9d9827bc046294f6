import type { Meaning, NodeMeaning } from '../../engine/meaning.js';
import { changeMeaning, type TextChange } from '../../engine/meaning-texts.js';
import type { Redactor } from '../../redact/redactor.js';
import type { Spelling } from '../../util/sentence.js';
import { labelOf } from '../../words/labels.js';
import { nodeLabel, nodeName, omittedLabel } from '../../words/node-labels.js';
import { pathOfRow } from './path-of-row.js';
import type {
  HoldingPattern,
  HoldingStep,
  Omitted,
  Subgraph,
  SubgraphEdge,
  SubgraphNode,
  Through,
} from './subgraph.js';

/** The changes to texts, and the spelling of options in new labels. */
interface Change extends TextChange {
  readonly spelling: Spelling | undefined;
}

type Texts = Pick<Subgraph, 'nodes' | 'edges' | 'patterns'>;

/**
 * Masks every text of a finished answer, numbers the masks in reading order, and counts them. Names
 * are masked first, then labels are made from masked names, so that the words of a label are never
 * taken for part of a secret. What was cut has been masked before; ids and numbers stay.
 *
 * @param spelling how labels name options; by default as they are typed.
 */
export function redactSubgraph(
  subgraph: Subgraph,
  redactor: Redactor,
  spelling?: Spelling,
): Subgraph {
  if (redactor.mode === 'none') return subgraph;
  const { nodes, edges, patterns } = subgraph;
  const mask: Change = {
    spelling,
    text: (text) => redactor.places(text),
    file: (f) => redactor.places(redactor.file(f)),
  };
  const masked = changeTexts({ nodes, edges, ...(patterns && { patterns }) }, mask);
  const renumbered = redactor.count === 0 ? masked : renumberMasks(masked, redactor, spelling);
  const masksAll = redactor.mode === 'all' && { masksAll: true as const };
  return { ...subgraph, ...renumbered, masked: redactor.count, ...masksAll };
}

function renumberMasks(texts: Texts, redactor: Redactor, spelling?: Spelling): Texts {
  const renumber = redactor.renumber();
  return changeTexts(texts, { text: renumber, file: renumber, spelling });
}

function changeTexts({ nodes, edges, patterns }: Texts, change: Change): Texts {
  return {
    nodes: nodes.map((node) => changeNode(node, change)),
    edges: edges.map((edge) => changeEdge(edge, change)),
    ...(patterns && { patterns: patterns.map((pattern) => changePattern(pattern, change)) }),
  };
}

function changeEdge(edge: SubgraphEdge, change: Change): SubgraphEdge {
  if (edge.through !== undefined) return changePath(edge, edge.through, change);
  const name = change.text(edge.name);
  const means = edge.means && changeMeaning(edge.means, change);
  return { ...edge, name, label: labelFrom(means, edge, change), ...(means && { means }) };
}

function changePath(edge: SubgraphEdge, { nodes, edges }: Through, change: Change): SubgraphEdge {
  const through = {
    nodes: nodes.map((node) => changeNode(node, change)),
    edges: edges.map((one) => changeEdge(one, change)),
  };
  return { ...edge, label: pathOfRow(through), through };
}

function changePattern(pattern: HoldingPattern, change: Change): HoldingPattern {
  return { ...pattern, steps: pattern.steps.map((step) => changeStep(step, change)) };
}

function changeStep(step: HoldingStep, change: Change): HoldingStep {
  const is = step.is && changeMeaning(step.is, change);
  const means = step.means && changeMeaning(step.means, change);
  const name = is === undefined ? change.text(step.name) : nodeName(is);
  const label = labelFrom(means, step, change);
  return { ...step, name, label, ...(is && { is }), ...(means && { means }) };
}

function labelFrom(
  means: Meaning | undefined,
  { label }: { readonly label: string },
  { text }: TextChange,
): string {
  return means === undefined ? text(label) : labelOf(means);
}

function changeNode(node: SubgraphNode, change: Change): SubgraphNode {
  const is = node.is && changeMeaning(node.is, change);
  const omitted = changeOmitted(node.omitted, change);
  return {
    ...node,
    ...namesFrom(is, { ...node, omitted }, change),
    preview: change.text(node.preview),
    location: changeLocation(node.location, change),
    omitted,
  };
}

/** Makes name and label from the meaning of the node. */
function namesFrom(
  is: NodeMeaning | undefined,
  { id, name, label, count, omitted }: SubgraphNode,
  { text, spelling }: Change,
): Pick<SubgraphNode, 'name' | 'label' | 'is'> {
  if (is === undefined) return { name: text(name), label: text(label) };
  const isOmitted = is.kind === 'omitted' && omitted !== null;
  return {
    name: nodeName(is),
    label: isOmitted ? omittedLabel(is.reason, omitted, spelling) : nodeLabel(is, id, count),
    is,
  };
}

function changeOmitted(omitted: Omitted | null, change: Change): Omitted | null {
  if (omitted === null) return null;
  const { classes, labels, round } = omitted;
  return {
    ...omitted,
    classes: classes.map((entry) => ({ ...entry, name: change.text(entry.name) })),
    ...(labels && { labels: labels.map(change.text) }),
    ...(round && { round: round.map((step) => changeStep(step, change)) }),
  };
}

/** Changes the file of `file.js:3:7`, whatever its name looks like. */
function changeLocation(location: string | null, { text, file }: TextChange): string | null {
  const place = location === null ? null : /^([\s\S]*?)((?::\d+){1,2})$/.exec(location);
  if (location === null || place === null) return location === null ? null : text(location);
  return `${file(place[1] as string)}${place[2]}`;
}
