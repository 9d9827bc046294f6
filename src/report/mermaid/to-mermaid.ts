import type {
  NodeRole,
  Subgraph,
  SubgraphEdge,
  SubgraphNode,
} from '../../collect/picture/subgraph.js';
import { nodeLines } from '../dot/dot-labels.js';
import { THEMES, type Theme, type ThemeName } from '../dot/theme.js';
import { describeEdge, isFolded } from '../node-details.js';
import { escapeMermaid } from './escape-mermaid.js';

/** Options of a Mermaid diagram. */
export interface MermaidOptions {
  readonly theme?: ThemeName;
}

const LINE_LENGTH = 60;
const EDGE_LENGTH = 40;

/** The default limits of Mermaid: `maxTextSize` and `maxEdges`. */
const MOST_TEXT = 50_000;
const MOST_EDGES = 500;

/** The graph as a Mermaid flowchart, with the words and colours of the picture. */
export function toMermaid(subgraph: Subgraph, { theme = 'light' }: MermaidOptions = {}): string {
  const names = new Map(subgraph.nodes.map(({ id }, index) => [id, `n${index}`]));
  const hasFolded = subgraph.nodes.some(isFolded);
  const lines = [
    'flowchart TB',
    ...subgraph.nodes.map((node, index) => `  n${index}${box(node)}:::${classOf(node)}`),
    ...subgraph.edges.flatMap((edge) => arrow(edge, names.get(edge.from), names.get(edge.to))),
    ...classLines(THEMES[theme]).filter((line) => hasFolded || !line.includes(' folded ')),
  ];
  return `${lines.join('\n')}\n`;
}

/** True if GitHub and others would draw it; they refuse diagrams that are too large. */
export function isWithinMermaidLimits(text: string, { edges }: Subgraph): boolean {
  return text.length <= MOST_TEXT && edges.length <= MOST_EDGES;
}

type ClassName = NodeRole | 'highlight' | 'folded';

function classOf(node: SubgraphNode): ClassName {
  const { role, highlighted } = node;
  if (isFolded(node)) return 'folded';
  return highlighted && role !== 'target' ? 'highlight' : role;
}

/** Draws a box; its shape shows the role as the colour does. */
function box(node: SubgraphNode): string {
  // an empty line would be drawn as one
  const lines = nodeLines(node).map((line) => escapeMermaid(line, LINE_LENGTH).trim() || '#160;');
  const label = `"${lines.join('<br/>')}"`;
  if (node.role === 'root') return `[[${label}]]`;
  return node.role === 'more' ? `[${label}]` : `(${label})`;
}

function arrow(edge: SubgraphEdge, from: string | undefined, to: string | undefined): string[] {
  if (from === undefined || to === undefined) return [];
  const text = escapeMermaid(describeEdge(edge), EDGE_LENGTH).trim();
  const line = lineOf(edge);
  return [text === '' ? `  ${from} ${line} ${to}` : `  ${from} ${line}|"${text}"| ${to}`];
}

/**
 * Draws a line; thick where one object holds many, which someone who looks for a leak wants to see.
 */
function lineOf({ weak, holds }: SubgraphEdge): string {
  if (holds !== undefined) return '==>';
  return weak ? '-.->' : '-->';
}

function classLines(theme: Theme): string[] {
  const [near = theme.background, , far = near] = theme.depthFills;
  const styles: Readonly<Record<ClassName, string>> = {
    target: `fill:${near},stroke:${theme.target.border},color:${theme.target.text},stroke-width:3px`,
    holder: `fill:${far},stroke:${theme.border},color:${theme.text}`,
    root: paint(theme.root),
    highlight: paint(theme.highlight),
    more: paint(theme.more),
    folded: `${paint(theme.folded)},stroke-dasharray:5 3`,
  };
  return Object.entries(styles).map(([name, style]) => `  classDef ${name} ${style}`);
}

function paint({ fill, border, text }: Theme['root']): string {
  return `fill:${fill},stroke:${border},color:${text}`;
}
