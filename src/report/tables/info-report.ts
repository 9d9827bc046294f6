import type { HeapInfo } from '../../stats/heap-info.js';
import { formatBytes } from '../../util/format-bytes.js';
import { formatCount } from '../../util/format-count.js';
import { nodeName } from '../../words/node-labels.js';
import { number, type Table, type TableReport, text } from './table.js';

/** Facts about a heap besides its content. */
export interface HeapOrigin {
  readonly kind: string;
  readonly producer: string;
  /** The uncompressed size. */
  readonly bytes: number;
}

/** The answer of `info`. */
export function toInfoReport(info: HeapInfo, origin: HeapOrigin): TableReport {
  const { nodeCount, edgeCount } = info;
  const { kind, producer, bytes } = origin;
  const source = { kind, nodeCount, edgeCount, producer };
  const { nodeCount: _nodes, edgeCount: _edges, ...facts } = info;
  const realms = info.realms.map(({ id, is, isRoot }) => ({
    id: `@${id}`,
    name: nodeName(is),
    isRoot,
  }));
  const document = { schema: 'showbackref/info@1', source, bytes, ...facts, realms };
  return {
    document,
    tables: [
      ...[aboutTable(info, origin), memoryTable(info), typeTable(info), rootTable(info)],
      ...(realms.length > 1 ? [realmTable(realms)] : []),
    ],
  };
}

function aboutTable(info: HeapInfo, { kind, producer, bytes }: HeapOrigin): Table {
  const rows = [
    ['producer', producer],
    ['source', kind],
    ['size of the snapshot', formatBytes(bytes)],
    ['nodes', countWords(info.nodeCount, info)],
    ['edges', countWords(info.edgeCount, info)],
    ['strings', formatCount(info.stringCount)],
    ['heap size', formatBytes(info.totalSize)],
    ...(info.ownedNativeBytes === 0
      ? []
      : [['part of it outside the heap', formatBytes(info.ownedNativeBytes)]]),
    [
      'nodes with a place in a file',
      info.locationCount === 0 ? 'none' : formatCount(info.locationCount),
    ],
    [
      'allocation traces',
      info.traceFunctionCount === 0 ? 'none' : `${formatCount(info.traceFunctionCount)} functions`,
    ],
    ['detached DOM nodes', info.hasDetachedness ? 'marked' : 'not marked'],
  ];
  return { title: 'Snapshot', columns: [text('fact'), text('value')], rows, notes: [] };
}

/**
 * The count of the nodes, with a note if the header of the file differs: the file may be damaged.
 */
function countWords(count: number, { isCounted }: HeapInfo): string {
  return isCounted ? formatCount(count) : `${formatCount(count)} (its header says 0)`;
}

function memoryTable({ memory, totalSize }: HeapInfo): Table {
  const share = (size: number) => `${((100 * size) / Math.max(1, totalSize)).toFixed(1)} %`;
  return {
    title: 'Memory',
    columns: [text('category'), number('size'), number('share')],
    rows: memory.map(({ name, size }) => [name, formatBytes(size), share(size)]),
    notes: [],
  };
}

function typeTable({ nodeTypes }: HeapInfo): Table {
  return {
    title: 'Node types',
    columns: [text('type'), number('count'), number('size')],
    rows: nodeTypes.map(({ type, count, size }) => [type, formatCount(count), formatBytes(size)]),
    notes: [],
  };
}

function rootTable({ roots, hasRoot, unheldCount }: HeapInfo): Table {
  return {
    title: 'Roots',
    columns: [text('root'), number('references')],
    rows: roots.map(({ name, references }) => [name, formatCount(references)]),
    notes: hasRoot ? [] : [rootlessNote(unheldCount)],
  };
}

interface NamedRealm {
  readonly id: string;
  readonly name: string;
  readonly isRoot: boolean;
}

function realmTable(realms: readonly NamedRealm[]): Table {
  return {
    title: 'Realms',
    columns: [text('global object'), text('id'), text('kept by')],
    rows: realms.map(({ id, name, isRoot }) => [name, id, isRoot ? 'the engine' : 'objects only']),
    notes: [],
  };
}

function rootlessNote(count: number): string {
  const words =
    count === 1 ? '1 object counts as one' : `${formatCount(count)} objects count as roots`;
  return `This file names no root: ${words} because no other object holds ${count === 1 ? 'it' : 'them'}.`;
}
