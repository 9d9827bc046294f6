// MemLab: load, then the referrers of one object. Arguments: FILE ID.
import heapAnalysis from '@memlab/heap-analysis';

const [, , file, id] = process.argv;
const snapshot = await heapAnalysis.getFullHeapFromFile(file);
const node = snapshot.getNodeById(Number(id));
if (node === null) throw new Error(`no object @${id}`);
for (const edge of node.referrers) console.log(`${edge.name_or_index} of @${edge.fromNode.id}`);
