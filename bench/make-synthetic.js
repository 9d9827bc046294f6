// Writes a heap snapshot that no engine made, of any size: `node make-synthetic.js NODES FILE`.
// 56000000 nodes with three references each take 4.4 GB; creating such a heap for real would take
// far more memory.
import { closeSync, openSync, writeSync } from 'node:fs';

const EDGES_PER_NODE = 3;
const STRINGS = 1_000_000;
const RECORDS_PER_WRITE = 1 << 16;
const [, , nodes, path] = process.argv;
const count = Number(nodes);
const file = openSync(path, 'w');
const meta = {
  node_fields: ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'],
  node_types: [['hidden', 'array', 'string', 'object'], 'string', 'number', 'number', 'number'],
  edge_fields: ['type', 'name_or_index', 'to_node'],
  edge_types: [['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak']],
};
const header = { meta, node_count: count, edge_count: count * EDGES_PER_NODE };
writeSync(file, `{"snapshot":${JSON.stringify(header)},\n"nodes":[`);
writeRecords((node) => `3,${(node * 31) % STRINGS},${2 * node + 1},32,${EDGES_PER_NODE},0,0`);
writeSync(file, '],\n"edges":[');
writeRecords((node) => {
  const [next, far] = [(node + 1) % count, (node + 4099) % count];
  const name = (node * 17) % STRINGS;
  return `2,${name},${7 * next},2,${STRINGS - 1 - name},${7 * far},1,${node % 1000},${7 * (node >> 1)}`;
});
writeSync(file, '],\n"trace_function_infos":[],\n"strings":["<dummy>"');
for (let i = 1; i < STRINGS; i++) writeSync(file, `,\n"name ${i}"`);
writeSync(file, ']}\n');
closeSync(file);

function writeRecords(toText) {
  for (let first = 0; first < count; first += RECORDS_PER_WRITE) {
    const length = Math.min(RECORDS_PER_WRITE, count - first);
    const text = Array.from({ length }, (_, i) => toText(first + i)).join(',');
    writeSync(file, first === 0 ? text : `,${text}`);
  }
}
