/*
 * Evaluates measurements: medians, ratios, tables, and the check against kept ratios. A run is {
 * seconds, cpu, peak }; runs are kept by heap and system: { '240 MB': { showbackref: [run, …], … },
 * … }.
 */

/** The system with which the others are compared. */
export const OURS = 'showbackref';
/** The tolerated loss of a ratio before the check fails. */
export const TOLERANCE = 0.25;

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** One row per heap and system: medians, and the ratio to ours. */
export function summarize(measured) {
  return Object.entries(measured).flatMap(([heap, systems]) => {
    const ours = median(systems[OURS].map(({ seconds }) => seconds));
    const oursLeast = Math.min(...systems[OURS].map(({ seconds }) => seconds));
    const oursCpu = median(systems[OURS].map(({ cpu }) => cpu));
    return Object.entries(systems).map(([system, runs]) => {
      const times = runs.map(({ seconds }) => seconds);
      return {
        heap,
        system,
        seconds: median(times),
        least: Math.min(...times),
        most: Math.max(...times),
        peak: median(runs.map(({ peak }) => peak)),
        cpu: median(runs.map(({ cpu }) => cpu)),
        ratio: median(times) / ours,
        leastRatio: Math.min(...times) / oursLeast,
        cpuRatio: median(runs.map(({ cpu }) => cpu)) / oursCpu,
      };
    });
  });
}

export function toMarkdown(rows) {
  const head = '| heap | system | seconds (least to most) | processor | peak memory | times ours |';
  const lines = rows.map(
    ({ heap, system, seconds, least, most, cpu, peak, ratio }) =>
      `| ${heap} | ${system} | ${seconds.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)}) | ` +
      `${cpu.toFixed(2)} s | ${peak.toFixed(0)} MiB | ${ratio.toFixed(2)} |`,
  );
  return [head, '|---|---|---|---|---|---|', ...lines].join('\n');
}

/** One column for each source, one row for each stage: `{ seed: { Reading: 12, … }, … }`, in milliseconds. */
export function stagesToMarkdown(stages) {
  const sources = Object.keys(stages);
  const names = [...new Set(sources.flatMap((source) => Object.keys(stages[source])))];
  // stages that a source does not go through come before the sum
  const ordered = [...names.filter((name) => name !== 'total'), 'total'];
  const rows = ordered.map((name) => {
    const times = sources.map((source) => stages[source][name]);
    return `| ${name} | ${times.map((ms) => (ms === undefined ? '' : `${ms} ms`)).join(' | ')} |`;
  });
  const rule = `|---|${sources.map(() => '---|').join('')}`;
  return [`| stage | ${sources.join(' | ')} |`, rule, ...rows].join('\n');
}

/** The time for all edges, in nanoseconds for each of them. */
export function nanosecondsPerEdge({ stages, edgeCount }) {
  return ((stages.Reading + stages.Indexing + stages.Searching) * 1e6) / edgeCount;
}

/**
 * The time for each further edge from one heap to the next larger one, in nanoseconds: this leaves
 * out whatever takes the same time for every heap. Heaps are `{ seconds, edgeCount }`, the smallest
 * first.
 */
export function nanosecondsPerFurtherEdge(heaps) {
  return heaps.slice(1).map(({ seconds, edgeCount }, i) => {
    return ((seconds - heaps[i].seconds) * 1e9) / (edgeCount - heaps[i].edgeCount);
  });
}

/**
 * Ratios by `heap: system`, as they are kept: of the shortest time, because other work of a machine
 * only ever adds to it, and of the processor time.
 */
export function ratiosOf(rows) {
  return Object.fromEntries(
    rows.map(({ heap, system, leastRatio, cpuRatio }) => [
      `${heap}: ${system}`,
      { time: Number(leastRatio.toFixed(3)), processor: Number(cpuRatio.toFixed(3)) },
    ]),
  );
}

/**
 * Finds ratios that are worse than allowed. Systems of our own (`showbackref --retained`) are worse
 * if their ratio grows, others if it shrinks; a ratio that was not kept or not measured is not a
 * failure.
 *
 * @param kinds `time` means nothing on a machine with other work: two threads then take turns.
 */
export function findRegressions(kept, measured, kinds = ['time', 'processor']) {
  return Object.entries(measured).flatMap(([name, ratios]) =>
    kinds.flatMap((kind) => {
      const before = kept[name]?.[kind];
      const ratio = ratios[kind];
      if (before === undefined) return [];
      const isOurs = name.split(': ')[1].startsWith(OURS);
      const change = isOurs ? ratio / before : before / ratio;
      if (change <= 1 + TOLERANCE) return [];
      return [`${name}: ${ratio.toFixed(2)} times our ${kind}, was ${before.toFixed(2)}`];
    }),
  );
}
