// Measures showbackref against other tools: `npm run bench`, `npm run bench -- --help`.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  LEAKS_LIMITS,
  leaksBeyondLimits,
  leaksToMarkdown,
  measureLeaks,
  summarizeLeaks,
} from './leaks.js';
import { runNode } from './measure.js';
import {
  findRegressions,
  median,
  nanosecondsPerEdge,
  nanosecondsPerFurtherEdge,
  OURS,
  ratiosOf,
  stagesToMarkdown,
  summarize,
  toMarkdown,
} from './table.js';

const HELP = `npm run bench -- [options]

  --heap SIZE   27, 240 or 1200 (MB); repeatable (default: 27 and 240)
  --runs N      counted runs of each system (default: 5)
  --only NAME   measure these systems only; repeatable
  --leaks       measure leaks only, and keep only its part of the report
  --check       compare with the kept ratios, keep nothing, fail beyond 25 %; of processor time only
                where the machine has other work
  --folder DIR  where the heaps are made and kept (default: a folder for temporary files)

The other tools are installed with: npm ci --ignore-scripts --prefix bench`;

const COUNTS = { 27: 20_000, 240: 200_000, 1200: 1_000_000 };
const KEPT = fileURLToPath(new URL('./kept-ratios.json', import.meta.url));
const REPORT = fileURLToPath(new URL('../docs/performance.md', import.meta.url));
const BIN = fileURLToPath(new URL('../bin/showbackref.js', import.meta.url));
const FILE_OF = (name) => fileURLToPath(new URL(name, import.meta.url));

const { values } = parseArgs({
  options: {
    heap: { type: 'string', multiple: true, default: ['27', '240'] },
    runs: { type: 'string', default: '5' },
    only: { type: 'string', multiple: true },
    leaks: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    folder: { type: 'string', default: join(tmpdir(), 'showbackref-bench') },
    help: { type: 'boolean', default: false },
  },
});

/** The systems that gave no answer, and are missing in the tables. */
const failed = new Set();

/** A command line per system; the question is always who holds one object. */
function systemsFor(file, { id, ordinal }) {
  const ours = [BIN, file, '--target', `@${id}`];
  const systems = {
    [OURS]: [...ours, '--format', 'json'],
    [`${OURS} --retained`]: [...ours, '--format', 'json', '--retained'],
    [`${OURS} to PNG`]: [...ours, '--out', join(values.folder, 'picture.png')],
    'DevTools (heap-snapshot-toolkit)': [FILE_OF('./peers/devtools.js'), file, `${id}`],
    'MemLab (@memlab/heap-analysis)': [FILE_OF('./peers/memlab.js'), file, `${id}`],
    'VS Code (@vscode/v8-heap-parser)': [
      FILE_OF('./peers/v8-heap-parser.js'),
      ...[file, `${id}`, `${ordinal}`],
    ],
    'node -e 0': ['-e', '0'],
  };
  const wanted = values.only === undefined ? null : new Set([OURS, ...values.only]);
  return Object.entries(systems).filter(([name]) => wanted === null || wanted.has(name));
}

async function measureHeap(size) {
  const file = await heapOf(size);
  const { stdout } = await runNode([FILE_OF('./find-target.js'), file]);
  const systems = systemsFor(file, JSON.parse(stdout));
  const runs = Object.fromEntries(systems.map(([name]) => [name, []]));
  // in turn, so that all of them run under the same conditions; the first round warms up
  for (let round = 0; round <= Number(values.runs); round++) {
    for (const [name, args] of systems) {
      const run = await tryRun(name, args, size);
      if (run === null) delete runs[name];
      else if (round > 0) runs[name]?.push(run);
    }
    process.stderr.write(`${size} MB: round ${round} of ${values.runs}\n`);
  }
  return runs;
}

async function tryRun(name, args, size) {
  try {
    const { seconds, cpu, peak } = await runNode(args);
    return { seconds, cpu, peak };
  } catch (error) {
    if (name.startsWith(OURS)) throw error;
    process.stderr.write(`${name}: left out, ${error.message.split('\n')[0]}\n`);
    failed.add(`${name} on ${size} MB`);
    return null;
  }
}

async function heapOf(size) {
  const count = COUNTS[size];
  if (count === undefined) throw new Error(`--heap "${size}" is not one of 27, 240, 1200`);
  mkdirSync(values.folder, { recursive: true });
  const file = join(values.folder, `${size}.heapsnapshot`);
  if (!existsSync(file)) {
    process.stderr.write(`making a heap of ${size} MB\n`);
    await runNode(['--max-old-space-size=12000', FILE_OF('./make-heap.cjs'), `${count}`, file]);
  }
  return file;
}

/** The median time of each stage in milliseconds, by the program's own table. */
async function stagesOf(source, target) {
  const stages = new Map();
  for (let i = 0; i < Number(values.runs); i++) {
    const out = join(values.folder, 'picture.png');
    const { stderr } = await runNode([BIN, source, '--target', target, '--out', out, '--debug']);
    for (const [, name, time] of stderr.matchAll(/^(\S.*?) +(\d+) ms$/gm)) {
      stages.set(name, [...(stages.get(name) ?? []), Number(time)]);
    }
  }
  return Object.fromEntries([...stages].map(([name, times]) => [name, median(times)]));
}

async function stagesOfHeap(size) {
  const file = await heapOf(size);
  const { stdout } = await runNode([FILE_OF('./find-target.js'), file]);
  const { id, edgeCount } = JSON.parse(stdout);
  return { stages: await stagesOf(file, `@${id}`), edgeCount };
}

/**
 * Seconds of a loop in C over the same digits, the shortest of several runs; null without a
 * compiler.
 */
async function secondsInC(file) {
  const program = join(values.folder, 'read-digits');
  try {
    execFileSync('cc', ['-O3', '-march=native', '-o', program, FILE_OF('./read-digits.c')]);
    const run = () => Number(execFileSync(program, [file], { encoding: 'utf8' }));
    return Math.min(...Array.from({ length: Number(values.runs) }, run));
  } catch (error) {
    process.stderr.write(`C: left out, ${error.message.split('\n')[0]}\n`);
    return null;
  }
}

const LEAKS_TITLE = '## Leaks in three heaps';

/** The last part of the report: it has its own date, because it can be made again alone. */
function leaksPartOf(rows) {
  const { processor, peak, memlab } = LEAKS_LIMITS;
  return `${LEAKS_TITLE}

Three heaps of 240 MB of one process that keeps 2000 sessions more each time (bench/make-heap.cjs), the median
of ${values.runs} runs after one that does not count; in brackets, times as much as three \`info\`. \`leaks\` may take ${processor} times
their processor time and ${peak} times their peak memory, and MemLab takes at least ${memlab} times as long as it;
\`--check\` fails beyond that. ${new Date().toISOString().slice(0, 10)}, load average ${loadavg()[2]?.toFixed(1)}.

${leaksToMarkdown(rows)}
`;
}

/** Measures \`leaks\`; keeps its part of the report unless only to check. */
async function benchLeaks() {
  mkdirSync(values.folder, { recursive: true });
  const rows = summarizeLeaks(await measureLeaks(values.folder, COUNTS[240], Number(values.runs)));
  process.stdout.write(`${leaksToMarkdown(rows)}\n`);
  const beyond = leaksBeyondLimits(rows);
  for (const words of beyond) process.stdout.write(`beyond its limit: ${words}\n`);
  if (values.check && beyond.length > 0) process.exitCode = 1;
  return leaksPartOf(rows);
}

function keepLeaksPart(part) {
  const [rest] = readFileSync(REPORT, 'utf8').split(LEAKS_TITLE);
  writeFileSync(REPORT, `${rest.trimEnd()}\n\n${part}`);
}

function reportOf(rows, { stages, perEdge, perFurther, inC, bytes }) {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const [cpu] = cpus();
  return `# Performance

Who holds one object, by its id, from a saved heap: each system as a whole process, all of them in turn,
the median of ${values.runs} runs after one that does not count. Made by \`npm run bench\`; \`npm run bench -- --check\` fails
when a ratio of the least time or of processor time has become more than 25 % worse.

${new Date().toISOString().slice(0, 10)}, commit ${commit}, Node.js ${process.version}, ${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'},
${Math.round(totalmem() / 2 ** 30)} GiB of memory, load average ${loadavg()[2]?.toFixed(1)}. Files: ${bytes.join(', ')}.

${toMarkdown(rows)}

A ratio says more than seconds: they depend on the machine and on what else it does.${failed.size === 0 ? '' : ` Failed: ${[...failed].join(', ')}.`}
${inC.length === 0 ? '' : `\nOne thread of C that only turns the digits of nodes and edges into integers, text and results in memory: ${inC.join(', ')}.\n`}
## Where the time goes

From the start of the process to the finished PNG (\`--debug\` prints this table for any run). The seed is
examples/seed.js: its process is started, stopped and asked for its heap while the time runs.

${stagesToMarkdown(stages)}

Reading, indexing and searching per edge: ${perEdge.join(', ')}. Of the whole process, what takes the same time for every
heap left out, each further edge costs ${perFurther.join(', ')}.
`;
}

async function main() {
  if (values.help) return process.stdout.write(`${HELP}\n`);
  if (values.leaks) {
    const part = await benchLeaks();
    if (!values.check) keepLeaksPart(part);
    return;
  }
  // before anything of ours adds to it
  const isBusy = loadavg()[0] > cpus().length / 2;
  const measured = {};
  for (const size of values.heap) measured[`${size} MB`] = await measureHeap(size);
  const rows = summarize(measured);
  process.stdout.write(`${toMarkdown(rows)}\n`);
  const ratios = ratiosOf(rows);
  if (values.check) {
    if (isBusy) process.stdout.write('the machine has other work: only processor time compared\n');
    const kinds = isBusy ? ['processor'] : ['time', 'processor'];
    const worse = findRegressions(JSON.parse(readFileSync(KEPT, 'utf8')), ratios, kinds);
    process.stdout.write(worse.length === 0 ? 'no regression\n' : `worse:\n${worse.join('\n')}\n`);
    process.exitCode = worse.length === 0 ? 0 : 1;
    await benchLeaks();
    return;
  }
  if (values.only !== undefined) return;
  const stages = { seed: await stagesOf(FILE_OF('../examples/seed.js'), 'x') };
  const [perEdge, inC, bytes, heaps] = [[], [], [], []];
  for (const size of values.heap) {
    const file = await heapOf(size);
    const heap = await stagesOfHeap(size);
    stages[`${size} MB`] = heap.stages;
    perEdge.push(`${nanosecondsPerEdge(heap).toFixed(0)} ns at ${size} MB`);
    const { seconds: whole } = rows.find((row) => row.heap === `${size} MB` && row.system === OURS);
    heaps.push({ seconds: whole, edgeCount: heap.edgeCount });
    const seconds = await secondsInC(file);
    if (seconds !== null) inC.push(`${seconds.toFixed(2)} s at ${size} MB`);
    bytes.push(`${statSync(file).size} bytes`);
  }
  const perFurther = nanosecondsPerFurtherEdge(heaps).map((ns, i) => {
    return `${ns.toFixed(0)} ns from ${values.heap[i]} to ${values.heap[i + 1]} MB`;
  });
  writeFileSync(REPORT, reportOf(rows, { stages, perEdge, perFurther, inC, bytes }));
  keepLeaksPart(await benchLeaks());
  writeFileSync(KEPT, `${JSON.stringify(ratios, null, 2)}\n`);
}

await main();
