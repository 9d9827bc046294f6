import { PassThrough, Writable } from 'node:stream';
import { readHeap, toLiveRequest } from '../answer/load-heap.js';
import { PLAIN_WORK, type Work } from '../answer/work.js';
import { run } from '../cli/main.js';
import { printGrowth } from '../program/print-classes.js';
import type { GraphCommand } from '../question/graph-question.js';
import { streamColumns } from '../report/stream-columns.js';
import { openSource } from '../source/open-source.js';
import { type Census, withoutKeys } from '../stats/census.js';
import { growthAbovePeaks, momentsToKeep } from '../stats/peaks.js';
import { findDebuggee, toPlace } from './find-debuggee.js';
import { readGraphLine } from './graph-commands.js';
import type { TypedCommand } from './prompt-command.js';
import { FIRST, LATER, placeOf, readTableLine, tellFiles, tellGrowth } from './table-commands.js';
import { toArguments, toValues } from './typed-option.js';

/*
 * The commands in `node inspect`. They look at the debugged program through its inspector, as the
 * command line looks at any program: beside the debugger, which continues undisturbed.
 */

/** `.backrefs x`: in the paused frame, or globally while the program runs. */
export async function runDebuggeeGraph(command: GraphCommand, typed: TypedCommand): Promise<void> {
  const { expression, typed: options, outputs } = readGraphLine(command, typed.text);
  const form = outputs.length === 0 ? ['--format', 'txt'] : [];
  const given = [`--target=${expression}`, ...form, ...toArguments(options)];
  await runCommandLine(typed, [command, ...given]);
}

export async function runDebuggeeTypes(typed: TypedCommand): Promise<void> {
  const options = readTableLine('types', typed.text);
  const isLimited = options.some(({ name }) => name === 'limit');
  const limit = isLimited ? [] : ['--limit=10'];
  await runCommandLine(typed, ['types', ...limit, ...toArguments(options)]);
}

/** Earlier moments by the address of the program: a restarted program has another address. */
const remembered = new Map<string, readonly Census[]>();

export async function runDebuggeeGrowth({ server, text, signal }: TypedCommand): Promise<void> {
  const values = toValues('growth', readTableLine('growth', text));
  const url = await findDebuggee(server);
  const earlier = remembered.get(url) ?? [];
  const moments = earlier.length === 0 ? FIRST : LATER;
  const now = await takeCensus(url, { ...PLAIN_WORK, signal });
  const file = placeOf(values, server.output);
  const grown = await printGrowth(growthAbovePeaks(earlier, now), { values, file }, moments);
  remembered.set(url, momentsToKeep(earlier, now));
  tellFiles(server.output, values);
  tellGrowth(server.output, { isFirst: earlier.length === 0, count: grown.length });
}

async function takeCensus(url: string, work: Work): Promise<Census> {
  const place = toPlace(url);
  const source = await openSource({ kind: 'inspector', ...place }, toLiveRequest(work));
  try {
    const { heap } = await readHeap(source, work);
    return withoutKeys(heap.census());
  } finally {
    await source.close();
  }
}

/** Runs the command line itself, with the prompt as its terminal. */
async function runCommandLine(
  { server, signal }: TypedCommand,
  argv: readonly string[],
): Promise<void> {
  const [command = '', ...options] = argv;
  const url = await findDebuggee(server);
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      server.output.write(chunk, () => done());
    },
  });
  const columns = streamColumns(server.output);
  await run([command, url, ...options], {
    ...(columns && { columns }),
    ...{ stdin: new PassThrough(), stdout, stderr: stdout, cwd: process.cwd(), signal },
    armLook: () => ({ signal, disarm: () => undefined }),
  });
}
