import { digraph, type GraphBaseModel, toDot as printDot } from 'ts-graphviz';
import type {
  Share,
  Subgraph,
  SubgraphEdge,
  SubgraphNode,
} from '../../collect/picture/subgraph.js';
import type { Spelling } from '../../util/sentence.js';
import { showInvisible } from '../../util/show-invisible.js';
import { truncate } from '../../util/truncate.js';
import { isFolded } from '../node-details.js';
import { edgeLines, edgeTooltip, nodeLines, nodeTooltip } from './dot-labels.js';
import { escapeHtmlText, escapeLabel, escapeLeftLabel, escapeTooltip } from './escape.js';
import { besideTargets, toldColumn } from './essential-layout.js';
import { TextMeasure, toInches } from './font-metrics.js';
import { layoutEffort } from './layout-effort.js';
import { legendLines } from './legend.js';
import { pictureWidth } from './picture-width.js';
import { staggeredLengths } from './stagger.js';
import { THEMES, type Theme, type ThemeName } from './theme.js';

/** The parts of a picture besides the graph itself. */
export interface DotOptions {
  readonly title?: string;
  /** True to explain the picture at its foot. */
  readonly legend: boolean;
  /** Further sentences for the legend. */
  readonly notes?: readonly string[];
  readonly theme?: ThemeName;
  /** How options are named. Default: as they are typed. */
  readonly spelling?: Spelling | undefined;
  /** Font files for scripts that the bundled font lacks. */
  readonly fonts?: readonly string[];
}

/** The look of everything in one picture. */
interface Look extends Theme {
  readonly measure: TextMeasure;
}

type Attributes = Record<string, string>;

/*
 * A single font name: for a list, or an unknown name, Graphviz uses the narrower widths of Times,
 * and text runs out of its box.
 */
const FONT = 'Helvetica';
const NODE_SIZE = 12;
const EDGE_SIZE = 11;
const STUB_SIZE = 11;
const LEGEND_SIZE = 10;
const TITLE_SIZE = 15;
const TITLE_LENGTH = 90;
/** Graphviz draws heavier edges shorter and straighter. */
const TOLD_WEIGHT = '20';
const LOOP_GAP = '\u00a0\u00a0';
/** Points left and right of the text of a node; the `margin` attribute gives the same in inches. */
const NODE_MARGIN = 11;

/**
 * The graph as DOT, for Graphviz 2.40 or later: holders above what they hold, one arrow for every
 * reference. The same subgraph and options give the same text; all text from the heap is escaped.
 */
export function toDot(subgraph: Subgraph, options: DotOptions): string {
  const measure = new TextMeasure(options.fonts);
  const theme: Look = { ...THEMES[options.theme ?? 'light'], measure };
  const graph = digraph(subgraph.command, graphAttributes(subgraph, options, theme), (root) => {
    root.node(nodeDefaults(theme));
    root.edge(edgeDefaults(theme));
    addElements(titledPart(root, options.title, theme), subgraph, theme);
  });
  // By default the printer gives up at 100,000 syntax nodes, which is 10,000 of ours.
  return `${printDot(graph, { convert: { maxASTNodes: 0 } })}\n`;
}

function graphAttributes(subgraph: Subgraph, options: DotOptions, theme: Look): Attributes {
  const { measure } = theme;
  const points = pictureWidth(subgraph, measure, { node: NODE_SIZE, edge: EDGE_SIZE });
  const measureLine = (text: string) => measure.textPoints([text], LEGEND_SIZE);
  const line = points === null ? null : { points, measure: measureLine };
  const legend = options.legend ? legendLines(subgraph, { ...options, line }) : [];
  return {
    rankdir: 'TB',
    bgcolor: theme.background,
    pad: '0.25',
    nodesep: '0.35',
    ranksep: '0.45',
    fontname: FONT,
    fontsize: `${LEGEND_SIZE}`,
    fontcolor: theme.quietText,
    ...layoutEffort(subgraph),
    ...(legend.length === 0 ? {} : legendAttributes(legend, theme)),
  };
}

function legendAttributes(lines: readonly string[], { measure }: Look): Attributes {
  // The empty first line keeps it off the boxes.
  const spaced = ['', ...lines];
  const label = lines.every((line) => measure.fitsByGraphviz(line, LEGEND_SIZE))
    ? escapeLeftLabel(spaced)
    : measuredLabel(spaced, LEGEND_SIZE, measure);
  return { label, labelloc: 'b', labeljust: 'l' };
}

function nodeDefaults(theme: Look): Attributes {
  return {
    shape: 'box',
    style: 'rounded,filled',
    fontname: FONT,
    fontsize: `${NODE_SIZE}`,
    fontcolor: theme.text,
    color: theme.border,
    penwidth: '1.0',
    margin: `${toInches(NODE_MARGIN)},0.0850`,
    height: '0.4000',
  };
}

function edgeDefaults(theme: Look): Attributes {
  return {
    fontname: FONT,
    fontsize: `${EDGE_SIZE}`,
    fontcolor: theme.text,
    color: theme.edge,
    arrowsize: '0.7',
  };
}

/**
 * Adds a title: a graph has one label, which is the legend, so a title is the label of a cluster
 * around everything.
 */
function titledPart(root: GraphBaseModel, title: string | undefined, theme: Look) {
  if (title === undefined || title === '') return root;
  const line = truncate(showInvisible(title), TITLE_LENGTH);
  return root.subgraph('cluster_title', {
    label: theme.measure.fitsByGraphviz(line, TITLE_SIZE)
      ? escapeLabel([line])
      : measuredLabel([line], TITLE_SIZE, theme.measure),
    labelloc: 't',
    labeljust: 'c',
    fontsize: `${TITLE_SIZE}`,
    fontcolor: theme.text,
    peripheries: '0',
  } as Attributes);
}

function addElements(graph: GraphBaseModel, subgraph: Subgraph, theme: Look): void {
  const { nodes, edges, command } = subgraph;
  const places = new Map(nodes.map((node, index) => [node.id, { node, name: `n${index}` }]));
  // Graphviz reverses the reference that closes a cycle in this order of nodes; it should be the
  // one that points away from the target.
  const sign = command === 'refs' ? -1 : 1;
  const topFirst = [...places.values()].sort((a, b) => sign * (b.node.depth - a.node.depth));
  for (const { node, name } of topFirst) {
    graph.node(name, { id: name, ...nodeAttributes(node, theme) } as Attributes);
  }
  for (const [index, row] of besideTargets(subgraph).entries()) {
    graph.subgraph(`beside${index}`, { rank: 'same' } as Attributes, (beside) => {
      for (const id of row) beside.node(places.get(id)?.name ?? '');
    });
  }
  const lengths = staggeredLengths(subgraph);
  const told = toldColumn(subgraph);
  for (const [index, edge] of edges.entries()) {
    const from = places.get(edge.from);
    const to = places.get(edge.to);
    if (!from || !to) continue;
    const length = lengths.get(index);
    const attributes = {
      ...edgeAttributes(edge, [from.node, to.node], theme),
      ...(length === undefined ? {} : { minlen: `${length}` }),
      ...(told.has(index) ? { weight: TOLD_WEIGHT } : {}),
    };
    graph.edge([from.name, to.name], { id: `e${index}`, ...attributes } as Attributes);
  }
}

function nodeAttributes(node: SubgraphNode, theme: Look): Attributes {
  const lines = nodeLines(node);
  const size = node.role === 'more' ? STUB_SIZE : NODE_SIZE;
  return {
    label: escapeLabel(lines),
    tooltip: escapeTooltip(nodeTooltip(node)),
    ...nodePaint(node, theme),
    ...(lines.every((line) => theme.measure.fitsByGraphviz(line, size))
      ? {}
      : { width: toInches(theme.measure.textPoints(lines, size) + 2 * NODE_MARGIN) }),
  };
}

/** Colour is never the only sign: the border or the corners differ, too. */
function nodePaint(node: SubgraphNode, theme: Look): Attributes {
  const { role, depth, highlighted, dominator } = node;
  if (isFolded(node)) {
    const box = { style: 'rounded,filled,dashed', fontsize: `${STUB_SIZE}`, height: '0.3000' };
    return { ...box, ...paint(theme.folded) };
  }
  if (role === 'more') {
    const { fill, border, text } = theme.more;
    const stub = { style: 'filled', fontsize: `${STUB_SIZE}`, height: '0.3000' };
    return { ...stub, fillcolor: fill, color: border, fontcolor: text };
  }
  const plain = { fillcolor: theme.depthFills[depth] ?? theme.depthFills.at(-1) ?? '' };
  const root = role === 'root' ? { ...paint(theme.root), peripheries: '2' } : {};
  const highlight = highlighted ? { ...paint(theme.highlight), penwidth: '1.8' } : {};
  const bold = dominator ? { color: theme.text, penwidth: '3.0' } : {};
  const { border, text } = theme.target;
  const target = role === 'target' ? { color: border, fontcolor: text, penwidth: '2.5' } : {};
  return { ...plain, ...root, ...highlight, ...bold, ...target };
}

function paint({ fill, border, text }: Theme['root']): Attributes {
  return { fillcolor: fill, color: border, fontcolor: text };
}

function edgeAttributes(
  edge: SubgraphEdge,
  [from, to]: readonly [SubgraphNode, SubgraphNode],
  theme: Look,
): Attributes {
  const isCut = (node: SubgraphNode) => node.role === 'more' && !isFolded(node);
  const isStub = edge.type === 'more' || isCut(from) || isCut(to);
  // the next loop of the same node starts exactly where the text of this one ends
  const end = from === to ? LOOP_GAP : '';
  return {
    ...(edge.label === ''
      ? {}
      : { label: edgeLabel(edgeLines(edge), { ...edge, end }, theme.measure) }),
    tooltip: escapeTooltip(edgeTooltip(edge, from, to)),
    ...(edge.weak ? { style: 'dashed', color: theme.weakEdge } : {}),
    ...(isStub ? { style: 'dotted', color: stubColour(from, to, theme) } : {}),
    // the arrow by which one object holds many: someone who looks for a leak wants to see it
    ...(edge.holds === undefined ? {} : { penwidth: '3.5', arrowsize: '0.9' }),
  };
}

/** The label of an edge; a leading blank keeps it off the line. */
function edgeLabel(
  lines: readonly string[],
  { end, holds }: { readonly end: string; readonly holds?: Share },
  measure: TextMeasure,
): string {
  // a bold arrow is wider than a blank
  const start = holds === undefined ? '' : '\u00a0\u00a0';
  const ended = lines.map((line) => start + line + end);
  if (ended.every((line) => measure.fitsByGraphviz(line, EDGE_SIZE))) {
    const spaced = ended.map((line) => ` ${line}`);
    return spaced.length === 1 ? escapeLabel(spaced) : escapeLeftLabel(spaced);
  }
  return measuredLabel(
    ended.map((line) => `\u00a0${line}`),
    EDGE_SIZE,
    measure,
  );
}

function stubColour(from: SubgraphNode, to: SubgraphNode, { folded, more }: Look): string {
  return isFolded(from) || isFolded(to) ? folded.border : more.border;
}

/**
 * An HTML-like label with cells of a given size, for text whose width Graphviz gets wrong and which
 * has no `width` attribute. With two angle brackets, or ts-graphviz would quote it.
 */
function measuredLabel(lines: readonly string[], fontSize: number, measure: TextMeasure): string {
  const width = Math.ceil(measure.textPoints(lines, fontSize)) + 6;
  const height = Math.ceil(fontSize * 1.2);
  const cell = `<TD ALIGN="LEFT" FIXEDSIZE="TRUE" WIDTH="${width}" HEIGHT="${height}">`;
  const rows = lines.map((line) => `<TR>${cell}${escapeHtmlText(line)}</TD></TR>`).join('');
  return `<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0">${rows}</TABLE>>`;
}
