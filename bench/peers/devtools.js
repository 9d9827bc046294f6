// Chrome DevTools' own heap code: load, then the retainers of one object. Arguments: FILE ID.
import { createReadStream } from 'node:fs';
import { parse } from 'heap-snapshot-toolkit';

const [, , file, id] = process.argv;
const snapshot = await parse(createReadStream(file, { highWaterMark: 1 << 20 }));
const node = snapshot.createNode(snapshot.nodeIndexForId?.(Number(id)) ?? indexOf(Number(id)));
const holders = [];
for (const it = node.retainers(); it.hasNext(); it.next()) {
  const edge = it.item();
  holders.push(`${edge.name()} of @${edge.node().id()}`);
}
console.log(holders.join('\n'));

function indexOf(wanted) {
  for (const it = snapshot.allNodes(); it.hasNext(); it.next()) {
    if (it.item().id() === wanted) return it.item().nodeIndex;
  }
  throw new Error(`no object @${wanted}`);
}
