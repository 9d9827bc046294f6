import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { NodeType } from '../graph/types.js';
import type { Redactor } from '../redact/redactor.js';
import { formatBytes } from '../util/format-bytes.js';
import { highest } from '../util/many.js';
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

/** One line per candidate: class, place, size, and what to type to get this one. */
export function candidateTable(
  graph: HeapGraph,
  matches: readonly NamedObject[],
  redactor: Redactor,
): readonly string[] {
  const rows = matches
    .slice(0, MAX_ROWS)
    .map(({ node, where }) => [
      `@${graph.idOf(node)}`,
      cell(redactor.text(classOf(graph, node))),
      cell(redactor.places(where)),
      formatBytes(graph.selfSizeOf(node)),
      `--target @${graph.idOf(node)}`,
    ]);
  const table = [['id', 'class', 'where', 'shallow size', 'choose with'], ...rows];
  const widths = table[0]?.map((_, column) =>
    highest(table.map((row) => row[column]?.length ?? 0)),
  );
  const lines = table.map((row) =>
    row
      .map((text, column) => text.padEnd(widths?.[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  if (matches.length > MAX_ROWS) lines.push(`… and ${matches.length - MAX_ROWS} more`);
  return lines;
}

/** The name of a string node is its content. */
function classOf(graph: HeapGraph, node: NodeOrdinal): string {
  const isText = TEXT_TYPES.has(graph.typeOf(node));
  return isText ? 'string' : graph.nameOf(node) || graph.typeNameOf(node);
}

function cell(text: string): string {
  return showInvisible(truncate(text, MAX_CELL));
}
