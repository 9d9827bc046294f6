import { ShowBackrefError } from '../../errors.js';

/**
 * The file of samples, a text with one sample per line. Files of Python's `mprof` can be read, too,
 * and it can read ours: unknown lines are skipped.
 *
 *     CMDLINE node app.js
 *     MEM <RSS in MiB> <Unix time in seconds>
 *     NODE <heapUsed> <heapTotal> <external> <arrayBuffers, all in bytes> <Unix time>
 *     PEAK <highest RSS measured by the system, in MiB>
 */
export interface MemoryLog {
  /** A description of what was run. */
  readonly command: string;
  readonly series: readonly Series[];
  /**
   * The highest number of bytes that the system measured for the process; null if it was not asked.
   */
  readonly peak: number | null;
}

/** One kind of memory over time; at least one sample, in the order of time. */
export interface Series {
  readonly name: SeriesName;
  readonly samples: readonly Sample[];
}

export type SeriesName = 'rss' | 'heapTotal' | 'heapUsed' | 'external' | 'arrayBuffers';

export interface Sample {
  /** Seconds since the first sample of the file. */
  readonly time: number;
  readonly bytes: number;
}

const MIB = 2 ** 20;
/** In the order of a NODE line. */
const NODE_FIELDS = ['heapUsed', 'heapTotal', 'external', 'arrayBuffers'] as const;
const SHOWN: readonly SeriesName[] = ['rss', 'heapTotal', 'heapUsed', 'external', 'arrayBuffers'];

export type NodeMemory = Readonly<Record<(typeof NODE_FIELDS)[number], number>>;

export function commandLine(command: string): string {
  return `CMDLINE ${command.replace(/[\r\n]+/g, ' ')}\n`;
}

export function rssLine(bytes: number, time: number): string {
  return `MEM ${(bytes / MIB).toFixed(6)} ${time.toFixed(4)}\n`;
}

export function nodeLine(memory: NodeMemory, time: number): string {
  return `NODE ${NODE_FIELDS.map((name) => memory[name]).join(' ')} ${time.toFixed(4)}\n`;
}

export function peakLine(bytes: number): string {
  return `PEAK ${(bytes / MIB).toFixed(6)}\n`;
}

/**
 * Parses a file of samples. @param name of the file, for the error.
 * @throws ShowBackrefError SNAPSHOT_INVALID naming the line.
 */
export function parseMemoryLog(text: string, name: string): MemoryLog {
  const found = new Map<SeriesName, Sample[]>();
  let command = '';
  let peak: number | null = null;
  // a program that was killed leaves an incomplete line
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  for (const [at, line] of lines.entries()) {
    const [field = '', ...words] = line.split(' ');
    const numbers = (count: number) => numbersOf(words, count, { name, line: at + 1 });
    if (field === 'CMDLINE') command = words.join(' ');
    if (field === 'PEAK') peak = (numbers(1)[0] ?? 0) * MIB;
    if (field === 'MEM') add(found, 'rss', numbers(2), MIB);
    if (field === 'NODE') addNode(found, numbers(NODE_FIELDS.length + 1));
  }
  if (found.size === 0) {
    throw invalid(`"${name}" has no samples of memory; write some with showbackref mprof run`);
  }
  return { command, series: fromStart(found), peak };
}

function numbersOf(
  words: readonly string[],
  count: number,
  { name, line }: { readonly name: string; readonly line: number },
): readonly number[] {
  const numbers = words.map(Number);
  const isSample = numbers.length >= count && numbers.every((value) => value >= 0 && value < 1e15);
  if (isSample) return numbers;
  throw invalid(`"${name}" is damaged in line ${line}: a number is missing; run mprof run again`);
}

function invalid(message: string): ShowBackrefError {
  return new ShowBackrefError('SNAPSHOT_INVALID', message);
}

function add(
  found: Map<SeriesName, Sample[]>,
  name: SeriesName,
  [value = 0, time = 0]: readonly number[],
  unit: number,
): void {
  const samples = found.get(name) ?? [];
  found.set(name, samples);
  samples.push({ time, bytes: Math.round(value * unit) });
}

function addNode(found: Map<SeriesName, Sample[]>, numbers: readonly number[]): void {
  const time = numbers[NODE_FIELDS.length] ?? 0;
  for (const [at, name] of NODE_FIELDS.entries()) add(found, name, [numbers[at] ?? 0, time], 1);
}

function fromStart(found: ReadonlyMap<SeriesName, readonly Sample[]>): readonly Series[] {
  const all = [...found.values()].flat();
  const start = all.reduce((least, { time }) => Math.min(least, time), Number.POSITIVE_INFINITY);
  return SHOWN.flatMap((name) => {
    const own = found.get(name);
    if (own === undefined) return [];
    const samples = own.map(({ time, bytes }) => ({ time: time - start, bytes }));
    return [{ name, samples: samples.sort((a, b) => a.time - b.time) }];
  });
}

/** The largest sample, the first one of several. */
export function peakOf({ samples }: Series): Sample {
  return samples.reduce((most, sample) => (sample.bytes > most.bytes ? sample : most));
}
