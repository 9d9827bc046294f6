/*
 * What the measurements say: medians, ratios, tables, and the check against kept ratios. A run is
 * { seconds, cpu, peak }; runs are kept by heap and system: { '240 MB': { showbackref: [run, …], … }, … }.
 */

/** The system the others are compared with. */
export const OURS = 'showbackref';
/** What a ratio may lose before the check fails. */
export const TOLERANCE = 0.25;

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** One row per heap and system: medians, and how many times as long as ours it took. */
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
  // whatever a source does not go through comes before the sum
  const ordered = [...names.filter((name) => name !== 'total'), 'total'];
  const rows = ordered.map((name) => {
    const times = sources.map((source) => stages[source][name]);
    return `| ${name} | ${times.map((ms) => (ms === undefined ? '' : `${ms} ms`)).join(' | ')} |`;
  });
  const rule = `|---|${sources.map(() => '---|').join('')}`;
  return [`| stage | ${sources.join(' | ')} |`, rule, ...rows].join('\n');
}

/** What all edges have to go through, in nanoseconds for each of them. */
export function nanosecondsPerEdge({ stages, edgeCount }) {
  return ((stages.Reading + stages.Indexing + stages.Searching) * 1e6) / edgeCount;
}

/**
 * What each further edge costs from one heap to the next larger one, in nanoseconds: whatever takes the
 * same time for every heap is left out. Heaps are `{ seconds, edgeCount }`, the smallest first.
 */
export function nanosecondsPerFurtherEdge(heaps) {
  return heaps.slice(1).map(({ seconds, edgeCount }, i) => {
    return ((seconds - heaps[i].seconds) * 1e9) / (edgeCount - heaps[i].edgeCount);
  });
}

/**
 * Ratios by `heap: system`, as they are kept: of the least time, because whatever else a machine does
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
 * What has become worse than it may. Systems of our own (`showbackref --retained`) are worse when
 * their ratio grows, peers when it shrinks; what was not kept or not measured is no failure.
 *
 * @param kinds `time` says nothing on a machine with other work: two threads then take turns.
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
