// Answers one question about a heap, and prints the milliseconds of the processor it took and the most
// memory in use: asks.mjs FILE backrefs|chain|refs|types [TARGET [OPTIONS AS JSON]]

import { openHeap } from '../../dist/program/open-heap.js';
import { toJson } from '../../dist/report/json.js';
import { toText } from '../../dist/report/text.js';

const [file, question, target, options = '{}'] = process.argv.slice(2);
const heap = await openHeap(file);
const before = process.cpuUsage();
const answer =
  target === undefined ? heap[question]() : heap[question]([target], JSON.parse(options));
if (answer.subgraph !== undefined) toText(answer.subgraph, {});
const json = answer.subgraph === undefined ? '' : toJson(answer.subgraph);
const { user, system } = process.cpuUsage(before);
const { maxRSS } = process.resourceUsage();
const result = { ms: (user + system) / 1000, mb: maxRSS / 1024, bytes: json.length };
process.stdout.write(`${JSON.stringify(result)}\n`);
