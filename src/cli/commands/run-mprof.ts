import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { ShowBackrefError } from '../../errors.js';
import { parseMemoryLog } from '../../lines/memory/memory-log.js';
import { runSampled } from '../../lines/memory/run-sampled.js';
import type { PlotOptions } from '../../lines/memory/to-plot.js';
import type { Redactor } from '../../redact/redactor.js';
import type { RawArguments } from '../build-yargs.js';
import type { Io } from '../io.js';
import { type MemoryFormat, memoryFormats } from '../mprof-formats.js';
import { oneOf, parseDuration, single, usage } from '../option-values.js';
import { formatNamed, type Output, placesOf } from '../output-options.js';
import { TerminalProgress } from '../progress.js';
import { redactorOf } from '../table-options.js';
import { checkOutputs, writeOutput } from '../write-outputs.js';

const EVERY = '50ms';
/** Looking takes a part of a millisecond. */
const LEAST_EVERY_MS = 5;
/** `mprofile_20261123221530.dat`, as Python's mprof names them. */
const LOG_NAME = /^mprofile_\d+\.dat$/;
/** A day of samples, every 50 ms, is 200 MB. */
const MOST_BYTES = 500e6;

/** The command `mprof`: memory over time, `run` and `plot`. */
export async function runMprof(raw: RawArguments, io: Io): Promise<number> {
  const [action, ...sources] = raw.sources;
  const work = workOf(raw, io);
  if (action === 'run') await sampleScript(raw, sources, work);
  else if (action === 'plot') await plotFile(raw, sources, work);
  else throw usage(`${what(action)}; use mprof run app.js, or mprof plot [FILE]`);
  return 0;
}

/** What both words of the command need, checked before anything is run. */
interface Work {
  readonly io: Io;
  readonly progress: TerminalProgress;
  readonly redactor: Redactor;
  readonly look: PlotOptions;
}

function workOf(raw: RawArguments, io: Io): Work {
  const title = single('--title', raw.title);
  const theme = oneOf('--theme', single('--theme', raw.theme), ['light', 'dark'], 'light');
  return {
    io,
    progress: new TerminalProgress(io.stderr, raw.quiet === true),
    redactor: redactorOf(raw),
    look: { theme, ...(title === undefined ? {} : { title }) },
  };
}

function what(action: string | undefined): string {
  return action === undefined ? 'mprof needs a word of what to do' : `mprof "${action}" is unknown`;
}

async function sampleScript(
  raw: RawArguments,
  [script, second]: readonly string[],
  work: Work,
): Promise<void> {
  if (script === undefined) throw usage('no script given; name one, for example mprof run app.js');
  if (second !== undefined)
    throw usage(`"${second}" is one script too many; put the script's own arguments behind --`);
  const { io, progress, redactor } = work;
  const every = everyOf(raw);
  const given = placesOf(raw, memoryFormats);
  const outputs = given.length > 0 ? given : [{ path: nameOfNow(), format: formatOf('dat') }];
  await checkOutputs(outputs, io);
  const scriptArgs = raw['--']?.map(String) ?? [];
  const { log, end } = await runSampled({
    ...{ scriptArgs, every, nodeArgs: raw['node-arg'] ?? [] },
    file: resolve(io.cwd, script),
    command: redactor.places(['node', script, ...scriptArgs].join(' ')),
    // standard output carries the answer only, so the script's output goes beside it
    stdout: io.stderr,
    stderr: io.stderr,
    signal: io.signal,
  });
  if (end !== null) progress.say(`${script} ${end}`);
  await writeAll({ text: log, name: script }, outputs, work);
  if (given.length === 0) progress.say('draw it with: showbackref mprof plot');
}

async function plotFile(
  raw: RawArguments,
  [file, second]: readonly string[],
  work: Work,
): Promise<void> {
  if (second !== undefined) throw usage(`"${second}" is one file too many`);
  const { io, progress } = work;
  const name = file ?? (await newestLog(io, progress));
  const given = placesOf(raw, memoryFormats);
  const picture = join('out', `${basename(name).replace(/\.dat$/, '')}.png`);
  const usual = [
    { path: '-', format: formatOf('txt') },
    { path: picture, format: formatOf('png') },
  ];
  const outputs = given.length > 0 ? given : usual;
  await checkOutputs(outputs, io);
  const text = await readLog(resolve(io.cwd, name), name);
  await writeAll({ text, name }, outputs, work);
}

async function newestLog(io: Io, progress: TerminalProgress): Promise<string> {
  const names = (await readdir(io.cwd)).filter((name) => LOG_NAME.test(name)).sort();
  const newest = names.at(-1);
  if (newest === undefined) {
    const text = 'there is no mprofile_….dat in this folder; write one with mprof run app.js';
    throw new ShowBackrefError('SOURCE_NOT_FOUND', text);
  }
  progress.say(`newest file of samples: ${newest}`);
  return newest;
}

async function readLog(file: string, shown: string): Promise<string> {
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
    const text = `cannot read "${shown}": ${reason}; name a file of mprof run`;
    throw new ShowBackrefError('SOURCE_NOT_FOUND', text, { cause });
  });
  if (bytes.length <= MOST_BYTES) return bytes.toString('utf8');
  const text = `"${shown}" is larger than 500 MB; sample less often with --every`;
  throw new ShowBackrefError('SNAPSHOT_INVALID', text);
}

async function writeAll(
  { text, name }: { readonly text: string; readonly name: string },
  outputs: readonly Output<MemoryFormat>[],
  { io, progress, redactor, look }: Work,
): Promise<void> {
  const parsed = parseMemoryLog(text, name);
  const log = { ...parsed, command: redactor.places(parsed.command) };
  const answer = { ...look, log, text, onNotice: (sentence: string) => progress.warn(sentence) };
  for (const output of outputs) {
    await writeOutput(output, await output.format.write(answer), io);
    if (output.path !== '-') progress.say(`${kindOf(output.format)} as ${output.path}`);
  }
}

function kindOf({ name }: MemoryFormat): string {
  if (name === 'dat') return 'Samples saved';
  return name === 'png' || name === 'svg' ? 'Image generated' : 'Table written';
}

function everyOf(raw: RawArguments): number {
  const text = single('--every', raw.every) ?? EVERY;
  const every = parseDuration(text);
  if (every !== null && every >= LEAST_EVERY_MS) return every;
  throw usage(`--every "${text}" is no time from 5ms up; use one such as 50ms or 1s`);
}

function nameOfNow(): string {
  const now = new Date();
  const parts = [now.getMonth() + 1, now.getDate(), now.getHours(), now.getMinutes()];
  const digits = [...parts, now.getSeconds()].map((part) => String(part).padStart(2, '0'));
  return `mprofile_${now.getFullYear()}${digits.join('')}.dat`;
}

function formatOf(name: string): MemoryFormat {
  return formatNamed(name, memoryFormats);
}
