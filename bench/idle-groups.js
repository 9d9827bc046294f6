// Writes src/leaks/idle-groups.ts: the groups of objects that an idle process of each version of
// Node.js has, so that `leaks` does not report them for a single snapshot. Needs npm run build and
// npm ci --prefix test/e2e/runtimes.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFacts, withFile } from '../dist/answer/load-heap.js';
import { HeapWays } from '../dist/leaks/heap-ways.js';
import { signatureOf } from '../dist/leaks/idle-process.js';
import { findAccumulations } from '../dist/leaks/tree/accumulation.js';
import { Moments } from '../dist/leaks/tree/moments.js';

/**
 * The least number in a group: smaller ones are within the tolerance for programs that have more
 * than an idle one.
 */
const LEAST = 15;

const inRepository = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const runtime = (name) => inRepository(`test/e2e/runtimes/node_modules/${name}/bin/node`);
const RUNTIMES = {
  20: process.execPath,
  22: runtime('node22'),
  24: runtime('node24'),
  26: runtime('node26'),
};

/** Two kinds of program: one that uses hardly anything, and a server with the usual modules. */
const PROGRAMS = [
  '',
  "for (const name of ['http','https','net','tls','crypto','zlib','fs','os','path','url','util','stream','events','dns','child_process','worker_threads','querystring','string_decoder','async_hooks','perf_hooks','readline']) require('node:' + name);" +
    "const { createServer, get } = require('node:http'); const server = createServer((_, response) => response.end('ok')).listen(0, () => { get({ port: server.address().port }, (r) => { r.resume(); r.on('end', () => server.close()); }); });" +
    "fetch; structuredClone({}); new URL('http://localhost/a'); new AbortController(); new Intl.DateTimeFormat().format();",
];

const folder = mkdtempSync(join(tmpdir(), 'idle-groups-'));
const versions = {};
for (const [major, node] of Object.entries(RUNTIMES)) {
  const groups = new Map();
  for (const program of PROGRAMS) {
    const file = join(folder, `${major}.heapsnapshot`);
    const end = `process.on('exit', () => require('node:v8').writeHeapSnapshot(${JSON.stringify(file)}))`;
    execFileSync(node, ['-e', `${end};${program}`]);
    for (const [signature, found] of await groupsOf(file)) {
      groups.set(signature, larger(found, groups.get(signature)));
    }
  }
  versions[major] = Object.fromEntries([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}
rmSync(folder, { recursive: true });

const lines = JSON.stringify(versions, null, 2).replace(/^( *)"(\d+)":/gm, '$1$2:');
writeFileSync(
  inRepository('src/leaks/idle-groups.ts'),
  `/** Made by bench/idle-groups.js: how many objects of a class are below one owner in an idle process, and what they keep alive, by major version of Node.js. */
export const IDLE_GROUPS: Readonly<
  Record<number, Readonly<Record<string, readonly [count: number, bytes: number]>>>
> = ${lines};
`,
);

async function groupsOf(file) {
  const facts = await withFile(file, (source) => readFacts(source));
  const moments = new Moments();
  const heap = moments.add(facts);
  const ways = new HeapWays(moments.tree, heap);
  const groups = new Map();
  for (const { owner, items, bytes } of findAccumulations(moments.tree, heap, facts, LEAST)) {
    const [holder, item] = ways.textOf([owner, items[0]]).map((step) => step.split(' -> ').at(-1));
    const signature = signatureOf(holder, item);
    groups.set(signature, larger([items.length, bytes], groups.get(signature)));
  }
  return groups;
}

function larger(a, b = [0, 0]) {
  return [Math.max(a[0], b[0]), Math.max(a[1], b[1])];
}
