import type { SubgraphEdge, SubgraphNode } from '../../collect/picture/subgraph.js';
import { showInvisible } from '../../util/show-invisible.js';
import { truncate, truncateStart } from '../../util/truncate.js';
import { wrapText } from '../../util/wrap-text.js';
import { cutPreview } from '../cut-preview.js';
import {
  describeBytes,
  describeEdge,
  describeMembers,
  isFolded,
  locationBeyondLabel,
} from '../node-details.js';
import { visibleLabel, visibleText } from '../visible-text.js';

const MOST_LINES = 3;
const LINE_LENGTH = 60;
const TOOLTIP_LENGTH = 500;
/** The part of a line that a location keeps next to a preview: it says where to look. */
const LOCATION_LENGTH = 40;
const STUB_LENGTH = 32;
const FOLDED_LENGTH = 44;
/** The length of one line of a path on an arrow, and the number of lines. */
const PATH_LENGTH = 34;
const MOST_PATH_LINES = 5;
const SEPARATOR = ', ';

/**
 * The lines of a node: label; content and place of creation; size. At most three of 60 graphemes.
 * Invisible characters are written out first, since that makes a text longer.
 */
export function nodeLines(node: SubgraphNode): string[] {
  if (node.role === 'more') return stubLines(node);
  const details = [contentLine(node), describeBytes(node)].map(cutLine);
  return [visibleLabel(node.label, LINE_LENGTH), ...details.filter((line) => line !== '')];
}

/** The label of an edge, cut like a line of a node; a path is broken into several. */
export function edgeLines(edge: SubgraphEdge): string[] {
  const { label, through } = edge;
  if (through === undefined || label.length <= PATH_LENGTH) return [cutLine(describeEdge(edge))];
  const lines = wrapSteps(showInvisible(label));
  const shown =
    lines.length <= MOST_PATH_LINES
      ? lines
      : [...lines.slice(0, MOST_PATH_LINES - 1), `… ${lines.at(-1)}`];
  const last = shown.pop() ?? '';
  return [...shown, describeEdge({ ...edge, label: last })].map(cutLine);
}

/** Breaks a path where one reference ends and the next begins. */
function wrapSteps(path: string): string[] {
  const steps = path.split(/(?= › |[.[])/);
  const lines: string[] = [];
  for (const step of steps) {
    const last = lines.at(-1);
    if (last === undefined || last.length + step.length > PATH_LENGTH) lines.push(step.trimStart());
    else lines[lines.length - 1] = last + step;
  }
  return lines;
}

/** Everything known about a node in one line, shown when the mouse points at it. */
export function nodeTooltip(node: SubgraphNode): string {
  const { label, preview } = node;
  const rest = [locationBeyondLabel(node), describeBytes(node), describeMembers(node)];
  const parts = [label, preview, ...rest];
  return cutTooltip(parts.filter((part) => part !== '').join(SEPARATOR));
}

/** A reference as a sentence: holder, label, held object. */
export function edgeTooltip(edge: SubgraphEdge, from: SubgraphNode, to: SubgraphNode): string {
  const label = describeEdge(edge);
  const { through } = edge;
  const row =
    through === undefined ? '' : `, through ${through.nodes.map((one) => one.label).join(', ')}`;
  const sides = [from.label, to.label].map((side) => truncate(side, 2 * LINE_LENGTH));
  return cutTooltip(`${sides[0]} holds ${sides[1]}${label === '' ? '' : ` by ${label}`}${row}`);
}

/** The lines of a stub, which is narrow and wraps: it consists of a list of classes. */
function stubLines(node: SubgraphNode): string[] {
  const { label } = node;
  const width = isFolded(node) ? FOLDED_LENGTH : STUB_LENGTH;
  const wrapped = wrapText(showInvisible(truncate(label, MOST_LINES * LINE_LENGTH)), width);
  if (wrapped.length <= MOST_LINES) return wrapped.map(cutLine);
  return [...wrapped.slice(0, MOST_LINES - 1), wrapped.slice(MOST_LINES - 1).join(' ')].map(
    cutLine,
  );
}

function contentLine(node: SubgraphNode): string {
  const location = showInvisible(locationBeyondLabel(node));
  if (node.preview === '') return truncateStart(location, LINE_LENGTH);
  if (location === '') return cutPreview(showInvisible(node.preview), LINE_LENGTH);
  const place = truncateStart(location, LOCATION_LENGTH);
  const room = LINE_LENGTH - SEPARATOR.length - [...place].length;
  return `${cutPreview(showInvisible(node.preview), room)}${SEPARATOR}${place}`;
}

function cutLine(text: string): string {
  return visibleText(text, LINE_LENGTH);
}

function cutTooltip(text: string): string {
  return visibleText(text, TOOLTIP_LENGTH);
}
