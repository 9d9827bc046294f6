/**
 * Shows growth that is not a leak, in a program that starts and is looked at; writes a heap
 * snapshot after each round: node --expose-gc --enable-source-maps starting.cjs OUT
 */
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const inspector = require('node:inspector');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const v8 = require('node:v8');

/** Modules of Node.js that were not needed so far. */
const BUILTIN = [
  ['zlib', 'http', 'tls', 'dns', 'readline', 'dgram'],
  ['child_process', 'cluster', 'vm', 'perf_hooks', 'diagnostics_channel', 'string_decoder'],
  ['http2', 'stream/promises', 'timers/promises', 'util/types', 'wasi', 'trace_events'],
];
const FILES = 12;
const MESSAGES = 30;

const [out] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'excused-'));
const session = new inspector.Session();
session.connect();
session.post('Runtime.enable');

function load(round) {
  for (let i = 0; i < FILES; i++) {
    const file = join(folder, `part-${round}-${i}.cjs`);
    const map = { version: 3, sources: [`part-${round}-${i}.ts`], names: [], mappings: 'AAAA' };
    const data = Buffer.from(JSON.stringify(map)).toString('base64');
    const link = `//# sourceMappingURL=data:application/json;base64,${data}`;
    writeFileSync(file, `exports.part = () => ${i};\n${link}\n`);
    require(file);
  }
}

/** Timers that are pending; all of it is other work than the round before. */
let pending = [];

class Job {
  constructor(name) {
    this.name = name;
  }
}

async function round(number) {
  pending = Array.from({ length: 20 * (number + 1) }, (_, i) => new Job(`${number} ${i}`));
  for (const name of BUILTIN[number]) require(`node:${name}`);
  load(number);
  // an inspector that is connected keeps what is printed
  for (let i = 0; i < MESSAGES; i++)
    console.debug({ message: `message ${i}`, round: `round ${number}` });
  await new Promise((resolve) => setTimeout(resolve, 20));
  if (pending.length === 0) throw new Error('nothing waits');
  global.gc();
  v8.writeHeapSnapshot(`${out}-${number + 1}.heapsnapshot`);
}

async function main() {
  for (const number of BUILTIN.keys()) await round(number);
  rmSync(folder, { recursive: true });
  process.exit(0);
}

main();
