import type { WorkOptions } from '../../answer/ask-heap.js';
import type { StatsRequest } from '../../answer/show-stats.js';
import type { Redactor } from '../../redact/redactor.js';
import { escapeTerminal } from '../../report/escape-terminal.js';
import type { TableReport } from '../../report/tables/table.js';
import type { TableFormat } from '../../report/tables/table-formats.js';
import type { RawArguments } from '../build-yargs.js';
import type { Io } from '../io.js';
import { write } from '../io.js';
import { sizeOf } from '../option-values.js';
import type { Output } from '../output-options.js';
import { TerminalProgress } from '../progress.js';
import type { SourceOptions } from '../source-options.js';
import { sourceRequest } from '../source-request.js';
import { textWidthOf } from '../text-width.js';
import { keepHeap, writeOutput } from '../write-outputs.js';

/** Exit code for an answer that crosses a limit the user set. */
const CROSSED = 3;

/** Runs the work of a command with its progress on standard error. */
export async function withProgress(
  raw: RawArguments,
  io: Io,
  work: (progress: TerminalProgress) => Promise<number>,
): Promise<number> {
  // one that is none shall not wait for the heap
  textWidthOf(raw, io);
  const progress = new TerminalProgress(io.stderr, raw.quiet === true);
  try {
    return await work(progress);
  } finally {
    progress.clear();
  }
}

/** A question to the one heap that the command line names. */
export async function statsRequest(
  raw: RawArguments,
  options: SourceOptions & { readonly redactor: Redactor },
  io: Io,
  progress: TerminalProgress,
): Promise<StatsRequest> {
  const { keep } = options;
  const tap: WorkOptions['tap'] = (bytes) =>
    keep === null ? bytes : keepHeap(bytes, { path: keep, option: '--keep' }, io);
  const source = await sourceRequest(options, io, progress);
  return {
    ...{ source, tap, redactor: options.redactor, signal: io.signal, progress },
    ...{ maxMemory: maxMemoryOf(raw), ahead: io.ahead ?? null },
  };
}

/** Null where any number of bytes will do. */
export function maxMemoryOf(raw: RawArguments): number | null {
  return sizeOf('--max-memory', raw['max-memory']) ?? null;
}

export async function writeTables(
  outputs: readonly Output<TableFormat>[],
  report: TableReport,
  { raw, io, progress }: { raw: RawArguments; io: Io; progress: TerminalProgress },
): Promise<void> {
  const widthOf = textWidthOf(raw, io);
  for (const output of outputs) {
    progress.clear();
    await writeOutput(output, output.format.write(report, widthOf(output.path)), io);
    if (output.path !== '-') progress.say(`Table written to ${output.path}`);
  }
}

/** Says which limits were crossed, and gives the exit code that follows. */
export async function reportLimits(sentences: readonly string[], io: Io): Promise<number> {
  for (const sentence of sentences) {
    await write(io.stderr, `showbackref: ${escapeTerminal(sentence)}\n`);
  }
  return sentences.length > 0 ? CROSSED : 0;
}
