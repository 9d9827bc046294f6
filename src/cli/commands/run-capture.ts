import { ShowBackrefError } from '../../errors.js';
import { openSource } from '../../source/open-source.js';
import { formatBytes } from '../../util/format-bytes.js';
import type { RawArguments } from '../build-yargs.js';
import type { Io } from '../io.js';
import { write } from '../io.js';
import { TerminalProgress } from '../progress.js';
import { sourceOptionsOf } from '../source-options.js';
import { sourceRequest } from '../source-request.js';
import { isStream, keepHeap } from '../write-outputs.js';

/** The command `capture`: writes the heap of a source to a file, without reading it. */
export async function runCapture(raw: RawArguments, io: Io): Promise<number> {
  const options = sourceOptionsOf(raw);
  const path = await outputOf(raw, io);
  const progress = new TerminalProgress(io.stderr, raw.quiet === true);
  const request = await sourceRequest(options, io, progress);
  const onNote = (sentence: string) => progress.warn(sentence);
  const source = await openSource(request, { expressions: [], onNote, signal: io.signal });
  try {
    const size = await passOn(source.bytes, path, io, progress);
    const where = path === '-' ? 'standard output' : path;
    progress.say(`Heap snapshot written to ${where} (${formatBytes(size)})`);
    return 0;
  } finally {
    progress.clear();
    await source.close();
  }
}

async function passOn(
  bytes: AsyncIterable<Uint8Array>,
  path: string,
  io: Io,
  progress: TerminalProgress,
): Promise<number> {
  let size = 0;
  const saved = path === '-' ? bytes : keepHeap(bytes, { path, option: '--out' }, io);
  for await (const chunk of saved) {
    io.signal.throwIfAborted();
    if (path === '-') await write(io.stdout, chunk);
    size += chunk.length;
    progress.reading(size);
  }
  return size;
}

/** A snapshot's name tells other tools what it is, so that of a file has to end like one. */
async function outputOf(raw: RawArguments, io: Io): Promise<string> {
  const [path, second] = raw.out ?? [];
  if (path === undefined || second !== undefined) {
    throw new ShowBackrefError(
      'USAGE',
      'capture takes one --out, for example --out app.heapsnapshot',
    );
  }
  if (path === '-' && io.stdout.isTTY === true) {
    throw new ShowBackrefError(
      'USAGE',
      'standard output is a terminal; use --out app.heapsnapshot',
    );
  }
  if (path === '-' || /\.heapsnapshot(\.gz)?$/i.test(path)) return path;
  if (path !== '' && (await isStream(path, io))) return path;
  throw new ShowBackrefError(
    'USAGE',
    `--out "${path}" is no name for a heap snapshot; end it in .heapsnapshot or .heapsnapshot.gz`,
  );
}
