// The cost of `leaks` on three heaps that grow, beside reading each of them and beside MemLab.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode } from './measure.js';
import { median } from './table.js';

const FILE_OF = (name) => fileURLToPath(new URL(name, import.meta.url));
const BIN = FILE_OF('../bin/showbackref.js');

/** Limits of `leaks`: times three `info`, times the peak memory of one; and the least factor of MemLab. */
export const LEAKS_LIMITS = { processor: 1.5, peak: 1.3, memlab: 4 };

const EACH = '`info` on each of the three';
const LEAKS = '`leaks` on all three';
const MEMLAB = 'MemLab find-leaks (@memlab/api)';

/** Runs of each by name: `{ seconds, cpu, peak }`. */
export async function measureLeaks(folder, count, runs) {
  const files = await heapsThatGrow(folder, count);
  const measured = { [EACH]: [], [LEAKS]: [], [MEMLAB]: [] };
  // in turn, so that all of them meet the same state of the machine; the first round warms up
  for (let round = 0; round <= runs; round++) {
    const each = [];
    for (const file of files) each.push(await runNode([BIN, 'info', file]));
    const all = await runNode([BIN, 'leaks', ...files]);
    if (!/1 {2}leak .*sessions/s.test(all.stdout)) throw new Error(`not found: ${all.stdout}`);
    const memlab = await tryMemlab(files);
    process.stderr.write(`leaks: round ${round} of ${runs}\n`);
    if (round === 0) continue;
    measured[EACH].push(together(each));
    measured[LEAKS].push(all);
    if (memlab !== null) measured[MEMLAB].push(memlab);
  }
  return measured;
}

async function heapsThatGrow(folder, count) {
  const files = [1, 2, 3].map((moment) => join(folder, `growing-${count}-${moment}.heapsnapshot`));
  if (!files.every((file) => existsSync(file))) {
    process.stderr.write('making three heaps that grow\n');
    await runNode(['--max-old-space-size=12000', FILE_OF('./make-heap.cjs'), `${count}`, ...files]);
  }
  return files;
}

async function tryMemlab(files) {
  try {
    return await runNode([
      '--max-old-space-size=12000',
      FILE_OF('./peers/memlab-find-leaks.js'),
      ...files,
    ]);
  } catch (error) {
    process.stderr.write(`MemLab: left out, ${error.message.split('\n')[0]}\n`);
    return null;
  }
}

/** One after the other: times add up, memory does not. */
function together(runs) {
  const sum = (name) => runs.reduce((total, run) => total + run[name], 0);
  return {
    seconds: sum('seconds'),
    cpu: sum('cpu'),
    peak: Math.max(...runs.map((run) => run.peak)),
  };
}

/** Medians by name, those that gave no answer left out, as ratios of three times `info`. */
export function summarizeLeaks(measured) {
  const rows = Object.entries(measured)
    .filter(([, runs]) => runs.length > 0)
    .map(([system, runs]) => {
      const middle = (name) => median(runs.map((run) => run[name]));
      return { system, seconds: middle('seconds'), cpu: middle('cpu'), peak: middle('peak') };
    });
  const { cpu, peak } = rows.find(({ system }) => system === EACH);
  return rows.map((row) => ({ ...row, cpuRatio: row.cpu / cpu, peakRatio: row.peak / peak }));
}

/** Sentences about the limits that are exceeded. */
export function leaksBeyondLimits(rows) {
  const ours = rows.find(({ system }) => system === LEAKS);
  const memlab = rows.find(({ system }) => system === MEMLAB);
  const times = memlab === undefined ? null : memlab.cpu / ours.cpu;
  return [
    [ours.cpuRatio > LEAKS_LIMITS.processor, `${ours.cpuRatio.toFixed(2)} times three info`],
    [ours.peakRatio > LEAKS_LIMITS.peak, `${ours.peakRatio.toFixed(2)} times their peak memory`],
    [times !== null && times < LEAKS_LIMITS.memlab, `MemLab ${times?.toFixed(1)} times as long`],
  ].flatMap(([isBeyond, words]) => (isBeyond ? [`leaks: ${words}`] : []));
}

export function leaksToMarkdown(rows) {
  const lines = rows.map(({ system, seconds, cpu, peak, cpuRatio, peakRatio }) => {
    const times = `${cpu.toFixed(2)} s (${cpuRatio.toFixed(2)})`;
    return `| ${system} | ${seconds.toFixed(2)} | ${times} | ${peak.toFixed(0)} MiB (${peakRatio.toFixed(2)}) |`;
  });
  return ['| system | seconds | processor | peak memory |', '|---|---|---|---|', ...lines].join(
    '\n',
  );
}
