import type { Meaning, NodeMeaning } from '../../engine/meaning.js';
import { changeMeaning, type TextChange } from '../../engine/meaning-texts.js';
import type { Redactor } from '../../redact/redactor.js';
import { labelOf } from '../../words/labels.js';
import { nodeLabel, nodeName, omittedLabel } from '../../words/node-labels.js';
import type { HoldingPattern, Omitted, Subgraph, SubgraphEdge, SubgraphNode } from './subgraph.js';

type Texts = Pick<Subgraph, 'nodes' | 'edges' | 'patterns'>;

/**
 * Masks every text of a finished answer, numbers the masks as a reader meets them, and counts them.
 * Names are masked first, and labels made from masked names: what a label adds is never taken for part
 * of a secret. What was cut has been masked before that; ids and numbers stay.
 */
export function redactSubgraph(subgraph: Subgraph, redactor: Redactor): Subgraph {
  if (redactor.mode === 'none') return subgraph;
  const { nodes, edges, patterns } = subgraph;
  const mask = {
    text: (text: string) => redactor.places(text),
    file: (f: string) => redactor.places(redactor.file(f)),
  };
  const masked = changeTexts({ nodes, edges, ...(patterns && { patterns }) }, mask);
  const renumber = redactor.renumber();
  const renumbered = changeTexts(masked, { text: renumber, file: renumber });
  const masksAll = redactor.mode === 'all' && { masksAll: true as const };
  return { ...subgraph, ...renumbered, masked: redactor.count, ...masksAll };
}

function changeTexts({ nodes, edges, patterns }: Texts, change: TextChange): Texts {
  return {
    nodes: nodes.map((node) => changeNode(node, change)),
    edges: edges.map((edge) => changeEdge(edge, change)),
    ...(patterns && { patterns: patterns.map((pattern) => changePattern(pattern, change)) }),
  };
}

function changeEdge(edge: SubgraphEdge, change: TextChange): SubgraphEdge {
  const name = change.text(edge.name);
  const means = edge.means && changeMeaning(edge.means, change);
  return { ...edge, name, label: labelFrom(means, edge, change), ...(means && { means }) };
}

function changePattern(pattern: HoldingPattern, change: TextChange): HoldingPattern {
  const steps = pattern.steps.map((step) => {
    const is = step.is && changeMeaning(step.is, change);
    const means = step.means && changeMeaning(step.means, change);
    const name = is === undefined ? change.text(step.name) : nodeName(is);
    const label = labelFrom(means, step, change);
    return { ...step, name, label, ...(is && { is }), ...(means && { means }) };
  });
  return { ...pattern, steps };
}

function labelFrom(
  means: Meaning | undefined,
  { label }: { readonly label: string },
  { text }: TextChange,
): string {
  return means === undefined ? text(label) : labelOf(means);
}

function changeNode(node: SubgraphNode, change: TextChange): SubgraphNode {
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

/** Name and label are made from what the node is. */
function namesFrom(
  is: NodeMeaning | undefined,
  { id, name, label, count, omitted }: SubgraphNode,
  { text }: TextChange,
): Pick<SubgraphNode, 'name' | 'label' | 'is'> {
  if (is === undefined) return { name: text(name), label: text(label) };
  const isOmitted = is.kind === 'omitted' && omitted !== null;
  return {
    name: nodeName(is),
    label: isOmitted ? omittedLabel(is.reason, omitted) : nodeLabel(is, id, count),
    is,
  };
}

function changeOmitted(omitted: Omitted | null, { text }: TextChange): Omitted | null {
  if (omitted === null) return null;
  const classes = omitted.classes.map((entry) => ({ ...entry, name: text(entry.name) }));
  return { count: omitted.count, classes };
}

/** The file of `file.js:3:7`, whatever its name looks like. */
function changeLocation(location: string | null, { text, file }: TextChange): string | null {
  const place = location === null ? null : /^([\s\S]*?)((?::\d+){1,2})$/.exec(location);
  if (location === null || place === null) return location === null ? null : text(location);
  return `${file(place[1] as string)}${place[2]}`;
}
