import type { Subgraph, SubgraphEdge, SubgraphNode } from '../collect/picture/subgraph.js';
import { pushAll } from '../util/many.js';
import type { Spelling } from '../util/sentence.js';
import { truncate } from '../util/truncate.js';
import { wrapPhrases, wrapText } from '../util/wrap-text.js';
import type { Abridged } from './budget/fit-graph.js';
import { cutPreview } from './cut-preview.js';
import { columnsIn, columnsOf, escapeTerminal } from './escape-terminal.js';
import { describeBytes, describeEdge, locationBeyondLabel } from './node-details.js';
import { chainSentences } from './sentences.js';
import { describeLimits, describeMasked, describeSize } from './summary.js';
import { coloured, linked, type TextDecor } from './terminal/text-decor.js';

const LINE_COLUMNS = 80;
/** The share of a line for the reference at its beginning. */
const EDGE_SHARE = 0.4;
/** The least room for the text of a line, however deep it is indented. */
const LEAST_COLUMNS = 40;
/**
 * The deepest indentation: deeper rows begin at the left again, with the number of levels above
 * them.
 */
const MOST_INDENT = 48;
const LEAST_PREVIEW = 8;
/** Before all lines of a sentence except the first. */
const SENTENCE_INDENT = '  ';

/** Options of the text tree. */
export interface TextOptions {
  readonly notes?: readonly string[];
  /** The width of a line in columns; default: 80. */
  readonly width?: number;
  /** How options are named. Default: as they are typed. */
  readonly spelling?: Spelling | undefined;
  /** Of a picture that does not have all there is. */
  readonly abridged?: Abridged;
  /** For a terminal that shows colours or links. */
  readonly decor?: TextDecor;
}

interface Tree {
  readonly width: number;
  readonly decor: TextDecor | undefined;
  /** `←` if rows are held by the rows below them, `→` if they hold those. */
  readonly arrow: '←' | '→';
  readonly nodes: ReadonlyMap<string, SubgraphNode>;
  /** The references to each node, by its id; in `refs`, those that leave it. */
  readonly incoming: ReadonlyMap<string, readonly SubgraphEdge[]>;
  /** The only edge under which a holder is expanded; null for a target, which needs none. */
  readonly expandedAt: ReadonlyMap<string, SubgraphEdge | null>;
}

interface Row {
  readonly node: SubgraphNode;
  /** The reference that this row shows; null for a target. */
  readonly edge: SubgraphEdge | null;
  /** The number of steps from the target. */
  readonly level: number;
  /** The text before this row's own branch, and before the rows below it. */
  readonly branch: string;
  readonly indent: string;
}

/** The tree, its sentences, and what is missing in it. */
export function toText(
  subgraph: Subgraph,
  { notes = [], width = LINE_COLUMNS, spelling, abridged, decor }: TextOptions = {},
): string {
  const lines = [...textTree(subgraph, { width, ...(decor && { decor }) })];
  const sentenceLines = (sentence: string) => linesOf(sentence, width);
  const masked = describeMasked(subgraph);
  const sentences = abridged?.sentences ?? chainSentences(subgraph);
  if (sentences.length > 0) pushAll(lines, [...sentences.flatMap(sentenceLines), '']);
  const shown = [`${describeSize(subgraph)}.`, describeLimits(subgraph, spelling)];
  pushAll(
    lines,
    wrapPhrases(shown, width).flatMap((line) => wrapText(line, Math.max(width, LEAST_COLUMNS))),
  );
  if (masked !== null) lines.push(masked);
  if (abridged?.hasNotes !== false) {
    pushAll(lines, notes.filter((note) => !sentences.includes(note)).flatMap(sentenceLines));
  }
  // to be copied, so in one line
  pushAll(lines, abridged?.next.map((step) => escapeTerminal(step)) ?? []);
  return `${lines.join('\n')}\n`;
}

/**
 * A tree for a terminal, as lines: each target, with its holders indented below it, one reference
 * per line. Every node is expanded once, where it is nearest to a target, so cycles end and paths
 * stay short; elsewhere the line says where to look. An empty line ends the tree of each target.
 */
export function textTree(
  subgraph: Subgraph,
  { width = LINE_COLUMNS, decor }: Pick<TextOptions, 'width' | 'decor'> = {},
): readonly string[] {
  const tree = { ...plantTree(subgraph, width), decor };
  const printed = new Set<string>();
  const targets = subgraph.targets.flatMap((id) => tree.nodes.get(id) ?? []);
  return targets.flatMap((target) => [...treeLines(tree, target, printed), '']);
}

/** The lines of a sentence below the tree, where the reader of a terminal ends up. */
function linesOf(sentence: string, width: number): string[] {
  const lines = wrapText(escapeTerminal(sentence), width - SENTENCE_INDENT.length, columnsIn);
  return lines.map((line, index) =>
    truncate(index === 0 ? line : SENTENCE_INDENT + line, width, columnsOf),
  );
}

function plantTree(
  { command, nodes, edges, targets }: Subgraph,
  width: number,
): Omit<Tree, 'decor'> {
  const isDown = command === 'refs';
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const incoming = new Map<string, SubgraphEdge[]>();
  // a holder is below the object that it holds, or the other way round
  const rows = isDown ? edges.map((edge) => ({ ...edge, from: edge.to, to: edge.from })) : edges;
  for (const edge of rows) {
    const into = incoming.get(edge.to);
    if (into) into.push(edge);
    else incoming.set(edge.to, [edge]);
  }
  const expandedAt = findExpansions(targets, incoming);
  return { width, arrow: isDown ? '→' : '←', nodes: byId, incoming, expandedAt };
}

/** Breadth-first search, so that each holder is expanded at its shortest path to a target. */
function findExpansions(
  targets: readonly string[],
  incoming: ReadonlyMap<string, readonly SubgraphEdge[]>,
): Map<string, SubgraphEdge | null> {
  const expandedAt = new Map<string, SubgraphEdge | null>(targets.map((id) => [id, null]));
  // A Map keeps insertion order and can grow while it is iterated, so it serves as the queue.
  for (const id of expandedAt.keys()) {
    for (const edge of incoming.get(id) ?? []) {
      if (!expandedAt.has(edge.from)) expandedAt.set(edge.from, edge);
    }
  }
  return expandedAt;
}

/** Depth-first search with an explicit stack: a chain may be longer than the call stack. */
function treeLines(tree: Tree, target: SubgraphNode, printed: Set<string>): string[] {
  const lines: string[] = [];
  const stack: Row[] = [{ node: target, edge: null, level: 0, branch: '', indent: '' }];
  for (let row = stack.pop(); row; row = stack.pop()) {
    const isHome = tree.expandedAt.get(row.node.id) === row.edge;
    lines.push(rowLine(tree, row, pointerOf(tree, row, { isHome, printed })));
    printed.add(row.node.id);
    if (isHome) pushAll(stack, childRows(tree, row).reverse());
  }
  return lines;
}

function childRows(tree: Tree, { node, level, ...row }: Row): Row[] {
  const edges = tree.incoming.get(node.id) ?? [];
  const indent = row.indent.length < MOST_INDENT ? row.indent : `…${level} `;
  return edges.flatMap((edge, index) => {
    const holder = tree.nodes.get(edge.from);
    if (!holder) return [];
    const isLast = index === edges.length - 1;
    const branch = indent + (isLast ? '└─ ' : '├─ ');
    return [
      { node: holder, edge, level: level + 1, branch, indent: indent + (isLast ? '   ' : '│  ') },
    ];
  });
}

/** Says where the holders of a node are if they are not below this line. */
function pointerOf(
  { incoming }: Tree,
  { node, edge }: Row,
  { isHome, printed }: { isHome: boolean; printed: ReadonlySet<string> },
): string | null {
  const hasHolders = incoming.has(node.id);
  if (edge === null || (isHome && hasHolders)) return null;
  if (printed.has(node.id)) return 'shown above';
  return hasHolders ? 'shown below' : null;
}

function rowLine(tree: Tree, row: Row, pointer: string | null): string {
  const tags = [...tagsOf(row), ...(pointer === null ? [] : [pointer])];
  const suffix = tags.length === 0 ? '' : `  (${tags.join(', ')})`;
  const room = Math.max(LEAST_COLUMNS, tree.width - row.branch.length - suffix.length);
  const head = escapeTerminal(arrowOf(tree, row) + row.node.label);
  const details = pointer === null ? detailsOf(row.node) : [];
  const { text, place } = fitLine(head, details, room);
  const { decor } = tree;
  const shown = coloured(text, row.node, decor) + linked(place, row.node, decor);
  return `${row.branch}${shown}${suffix}`;
}

function tagsOf({ node, edge }: Row): string[] {
  return [
    ...(node.role === 'target' || node.role === 'root' ? [node.role] : []),
    ...(node.highlighted ? ['highlighted'] : []),
    ...(node.dominator ? ['on all ways'] : []),
    ...(edge?.weak ? ['weak'] : []),
    ...(edge?.holds === undefined ? [] : ['one holds many']),
  ];
}

function arrowOf({ arrow, width }: Tree, { node, edge }: Row): string {
  if (!edge || (node.role === 'more' && edge.label === '')) return '';
  // In `Map["k"] →` the arrow points at the held object, which is above it here.
  const reference = escapeTerminal(describeEdge(edge)).replace(/ →(?= x [\d,]+$|$)/, '');
  const label = cutBeforeNumber(reference, Math.floor(width * EDGE_SHARE));
  return label === '' ? `${arrow} ` : `${label} ${arrow} `;
}

function detailsOf(node: SubgraphNode): string[] {
  const { preview } = node;
  return [preview, describeBytes(node), locationBeyondLabel(node)].map(escapeTerminal);
}

interface FittedLine {
  /** All but the place. */
  readonly text: string;
  /** At the end of the line; empty where there is no room for it. */
  readonly place: string;
}

/** Cuts the preview first, then the place, then the middle of a long name; never a number. */
function fitLine(
  head: string,
  [preview = '', bytes = '', place = '']: string[],
  room: number,
): FittedLine {
  const beforePlace = (text: string) => {
    return { text: text.slice(0, text.length - place.length), place };
  };
  const full = joinDetails(head, [preview, bytes, place]);
  const excess = columnsIn(full) - room;
  if (excess <= 0) return beforePlace(full);
  const keep = columnsIn(preview) - excess;
  if (keep >= LEAST_PREVIEW) {
    return beforePlace(joinDetails(head, [cutPreview(preview, keep, columnsOf), bytes, place]));
  }
  const withPlace = joinDetails(head, [bytes, place]);
  if (columnsIn(withPlace) <= room) return beforePlace(withPlace);
  const size = bytes === '' ? '' : `  ${bytes}`;
  return { text: cutBeforeNumber(head, room - columnsIn(size)) + size, place: '' };
}

/** `a long na… x 1,204`: cuts before the count or id, which distinguishes the lines. */
function cutBeforeNumber(text: string, room: number): string {
  const number = / (?:x [\d,]+|@\d+)$/.exec(text)?.[0] ?? '';
  const words = text.slice(0, text.length - number.length);
  return truncate(words, room - number.length, columnsOf) + number;
}

function joinDetails(head: string, details: readonly string[]): string {
  const said = details.filter((part) => part !== '').join(', ');
  return said === '' ? head : `${head}  ${said}`;
}
