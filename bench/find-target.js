// Prints id and position of one Leak in a heap, because other tools name objects by either, and the
// number of edges.
import { HeapGraph } from '../dist/graph/heap-graph.js';
import { readSnapshotFile } from '../dist/snapshot/read-snapshot.js';
import { openFile } from '../dist/source/file/file-source.js';

const source = await openFile(process.argv[2]);
const tables = await readSnapshotFile(source.file, { name: process.argv[2] });
const graph = new HeapGraph(tables);
const names = new Set(tables.strings.find('Leak'));
const ordinal = tables.nodeNames.findIndex(
  (name, node) =>
    names.has(name) && graph.typeNameOf(node) === 'object' && tables.selfSizes[node] > 40,
);
const { edgeCount } = tables;
console.log(JSON.stringify({ id: tables.nodeIds[ordinal], ordinal, edgeCount }));
await source.close();
