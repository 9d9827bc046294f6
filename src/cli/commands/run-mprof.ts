import { readdir, readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { checkOutputs, writeOutput } from '../../answer/write-outputs.js';
import { ShowBackrefError, usage } from '../../errors.js';
import { parseMemoryLog } from '../../lines/memory/memory-log.js';
import { runSampled } from '../../lines/memory/run-sampled.js';
import type { PlotOptions } from '../../lines/memory/to-plot.js';
import type { Output } from '../../question/outputs.js';
import { Redactor } from '../../redact/redactor.js';
import { option, type Sentence, say } from '../../util/sentence.js';
import { namedOutputs, STDOUT_TEXT, usualFile } from '../answer-places.js';
import type { Asked, RunCommand, Session } from '../cli-command.js';
import type { Io } from '../io.js';
import { memoryFormats } from '../mprof-formats.js';
import type { TerminalProgress } from '../progress.js';
import { onlyScript } from '../source-request.js';

const EVERY_MS = 50;
/** `mprofile_20261123221530.dat`, as Python's mprof names them. */
const LOG_NAME = /^mprofile_\d+\.dat$/;
/** The largest file that is read: a day of samples, one every 50 ms, has 200 MB. */
const MOST_BYTES = 500e6;

/** The command `mprof`: memory over time, with the subcommands `run` and `plot`. */
export const runMprof: RunCommand = async (asked, session) => {
  const [action, ...sources] = asked.sources;
  const rest = { ...asked, sources };
  const { theme, title, redact } = asked.options;
  const look = { theme: theme ?? 'light', ...(title === null ? {} : { title }) };
  const writer = { session, redactor: new Redactor(redact), look };
  if (action === 'run') await sampleScript(rest, writer);
  else if (action === 'plot') await plotFile(rest, writer);
  else throw usage(`${what(action)}; use mprof run app.js, or mprof plot [FILE]`);
  return 0;
};

/** Writes the answer of a subcommand. */
interface Writer {
  readonly session: Session;
  readonly redactor: Redactor;
  readonly look: PlotOptions;
}

function what(action: string | undefined): string {
  return action === undefined ? 'mprof needs a subcommand' : `mprof "${action}" is unknown`;
}

async function sampleScript(asked: Asked, writer: Writer): Promise<void> {
  const { session, redactor } = writer;
  const { io, progress, place } = session;
  const script = onlyScript(asked, 'mprof run app.js');
  const given = namedOutputs(asked, session);
  const samples = nameOfNow();
  const usual = { path: samples, file: resolve(io.cwd, samples), format: 'dat' };
  const outputs = given.length > 0 ? given : [usual];
  await checkOutputs(outputs, memoryFormats, place);
  const scriptArgs = asked.scriptArgs ?? [];
  const { log, end } = await runSampled({
    scriptArgs,
    every: asked.options.every ?? EVERY_MS,
    nodeArgs: asked.options.nodeArg,
    file: resolve(io.cwd, script),
    command: redactor.places(['node', script, ...scriptArgs].join(' ')),
    // standard output carries only the answer, so the script's output goes to standard error
    stdout: io.stderr,
    stderr: io.stderr,
    signal: io.signal,
  });
  if (end !== null) progress.say(`${script} ${end}`);
  await writeAll({ text: log, name: script }, outputs, writer);
  if (given.length === 0) progress.say('draw it with: showbackref mprof plot');
}

async function plotFile(asked: Asked, writer: Writer): Promise<void> {
  const [file, second] = asked.sources;
  if (second !== undefined) throw usage(`"${second}" is one file too many`);
  const { session } = writer;
  const { io, progress, place } = session;
  const name = file ?? (await newestLog(io, progress));
  const given = namedOutputs(asked, session);
  const picture = basename(name).replace(/\.dat$/, '');
  const outputs = given.length > 0 ? given : [STDOUT_TEXT, usualFile(picture, session)];
  await checkOutputs(outputs, memoryFormats, place);
  const text = await readLog(resolve(io.cwd, name), name);
  await writeAll({ text, name }, outputs, writer);
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
  const text = say`"${shown}" is larger than 500 MB; sample less often with ${option('every')}`;
  throw new ShowBackrefError('SNAPSHOT_INVALID', text);
}

async function writeAll(
  { text, name }: { readonly text: string; readonly name: string },
  outputs: readonly Output[],
  { session, redactor, look }: Writer,
): Promise<void> {
  const { progress, place } = session;
  const parsed = parseMemoryLog(text, name);
  const log = { ...parsed, command: redactor.places(parsed.command) };
  const answer = { ...look, log, text, onNotice: (sentence: Sentence) => progress.warn(sentence) };
  for (const output of outputs) {
    const format = memoryFormats.find((known) => known.name === output.format);
    await writeOutput(output, (await format?.write(answer)) ?? '', place);
    if (output.file !== null) progress.say(`${kindOf(output.format)} as ${output.path}`);
  }
}

function kindOf(format: string): string {
  if (format === 'dat') return 'Samples saved';
  return format === 'png' || format === 'svg' ? 'Image generated' : 'Table written';
}

function nameOfNow(): string {
  const now = new Date();
  const parts = [now.getMonth() + 1, now.getDate(), now.getHours(), now.getMinutes()];
  const digits = [...parts, now.getSeconds()].map((part) => String(part).padStart(2, '0'));
  return `mprofile_${now.getFullYear()}${digits.join('')}.dat`;
}
