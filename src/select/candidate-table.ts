import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { NodeType } from '../graph/types.js';
import type { Redactor } from '../redact/redactor.js';
import { formatBytes } from '../util/format-bytes.js';
import { highest } from '../util/many.js';
import { option, type Sentence, say } from '../util/sentence.js';
import { showInvisible } from '../util/show-invisible.js';
import { truncate } from '../util/truncate.js';
import type { NamedObject } from './find-variables.js';

const MAX_ROWS = 20;
const MAX_CELL = 40;
const TEXT_TYPES: ReadonlySet<number> = new Set([
  NodeType.string,
  NodeType['concatenated string'],
  NodeType['sliced string'],
]);

/** One line per candidate: class, place, size, and the target to type for it. */
export function candidateTable(
  graph: HeapGraph,
  matches: readonly NamedObject[],
  redactor: Redactor,
): readonly Sentence[] {
  const rows = matches
    .slice(0, MAX_ROWS)
    .map(({ node, where }) => [
      `@${graph.idOf(node)}`,
      cell(redactor.text(classOf(graph, node))),
      cell(redactor.places(where)),
      formatBytes(graph.selfSizeOf(node)),
    ]);
  const table = [['id', 'class', 'where', 'shallow size'], ...rows];
  const widths = table[0]?.map((_, column) =>
    highest(table.map((row) => row[column]?.length ?? 0)),
  );
  const lines = table.map((row, at) => {
    const cells = row.map((text, column) => text.padEnd(widths?.[column] ?? 0)).join('  ');
    if (at === 0) return `${cells}  choose with`;
    return say`${cells}  ${option('target', row[0] ?? '')}`;
  });
  if (matches.length <= MAX_ROWS) return lines;
  return [...lines, `… and ${matches.length - MAX_ROWS} more`];
}

/** The class of a node; the name of a string node is its content. */
function classOf(graph: HeapGraph, node: NodeOrdinal): string {
  const isText = TEXT_TYPES.has(graph.typeOf(node));
  return isText ? 'string' : graph.nameOf(node) || graph.typeNameOf(node);
}

function cell(text: string): string {
  return showInvisible(truncate(text, MAX_CELL));
}
