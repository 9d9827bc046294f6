import type { Redactor } from '../../redact/redactor.js';
import type { HoldingPattern, Subgraph, SubgraphEdge, SubgraphNode } from './subgraph.js';

type Texts = Pick<Subgraph, 'nodes' | 'edges' | 'patterns'>;
type Change = (text: string) => string;

/**
 * Masks every text of a finished answer, numbers the masks as a reader meets them, and counts them.
 * What was cut has been masked before that; ids and numbers stay.
 */
export function redactSubgraph(subgraph: Subgraph, redactor: Redactor): Subgraph {
  if (redactor.mode === 'none') return subgraph;
  const { edges, patterns } = subgraph;
  const nodes = subgraph.nodes.map((node) => withoutFile(node, redactor));
  const masked = changeTexts({ nodes, edges, ...(patterns && { patterns }) }, (text) =>
    redactor.places(text),
  );
  const renumbered = changeTexts(masked, redactor.renumber());
  const masksAll = redactor.mode === 'all' && { masksAll: true as const };
  return { ...subgraph, ...renumbered, masked: redactor.count, ...masksAll };
}

function changeTexts({ nodes, edges, patterns }: Texts, change: Change): Texts {
  return {
    nodes: nodes.map((node) => changeNode(node, change)),
    edges: edges.map((edge): SubgraphEdge => {
      return { ...edge, name: change(edge.name), label: change(edge.label) };
    }),
    ...(patterns && { patterns: patterns.map((pattern) => changePattern(pattern, change)) }),
  };
}

function changePattern(pattern: HoldingPattern, change: Change): HoldingPattern {
  const steps = pattern.steps.map((step) => {
    return { ...step, name: change(step.name), label: change(step.label) };
  });
  return { ...pattern, steps };
}

function changeNode(node: SubgraphNode, change: Change): SubgraphNode {
  const { name, label, preview, location, omitted } = node;
  const classes = omitted?.classes.map((entry) => ({ ...entry, name: change(entry.name) }));
  return {
    ...node,
    name: change(name),
    label: change(label),
    preview: change(preview),
    location: location === null ? null : change(location),
    omitted: omitted === null ? null : { count: omitted.count, classes: classes ?? [] },
  };
}

/** Masks the file a node says it belongs to, whatever its name looks like. */
function withoutFile(node: SubgraphNode, redactor: Redactor): SubgraphNode {
  const file = fileOf(node);
  if (redactor.mode !== 'all' || file === '') return node;
  const mask = redactor.file(file);
  const change = (text: string) => {
    const at = text.lastIndexOf(file);
    return at < 0 ? text : text.slice(0, at) + mask + text.slice(at + file.length);
  };
  const { name, label, location } = node;
  if (location !== null && node.type !== 'frame') return { ...node, location: change(location) };
  return {
    ...node,
    name: change(name),
    label: change(label),
    location: location === null ? null : change(location),
  };
}

function fileOf({ type, name, location }: SubgraphNode): string {
  if (location !== null) return location.replace(/(?::\d+){1,2}$/, '');
  return type === 'module' && name.startsWith('module ') ? name.slice('module '.length) : '';
}
