import { resolve } from 'node:path';
import { toLiveRequest } from '../../answer/load-heap.js';
import { MapsKeeper } from '../../answer/maps/save-maps.js';
import { isStream } from '../../answer/write-outputs.js';
import { usage } from '../../errors.js';
import type { OutputFileOptions } from '../../files/output-file.js';
import { saveSnapshot } from '../../files/save-snapshot.js';
import { openMoments, openSource, type SourceRequest } from '../../source/open-source.js';
import type { OpenedSource } from '../../source/opened-source.js';
import { formatBytes } from '../../util/format-bytes.js';
import { option, say } from '../../util/sentence.js';
import type { Asked, RunCommand, Session } from '../cli-command.js';
import { timedPlan } from '../interludes.js';
import { type Io, write } from '../io.js';
import { onlySource, sourceRequest } from '../source-request.js';

/** Stands for the number of a capture in its file name. */
const NUMBER = '%d';
/** The default time between two captures. */
const USUAL_MS = 60_000;

/** The command `capture`: writes the heap of a source to a file, without reading it. */
export const runCapture: RunCommand = async (asked, session) => {
  const { io, progress, work } = session;
  const typed = onlySource(asked);
  const { every, count } = asked.options;
  if (every !== null && count === null) {
    throw usage(say`${option('every')} is for several captures; give ${option('count')} too`);
  }
  const path = await outputOf(asked, io);
  const request = await sourceRequest(typed, asked, session);
  if (count === null) {
    await captureOne(await openSource(request, toLiveRequest(work)), path, session);
    return 0;
  }
  checkRepeated(request, typed);
  const plan = timedPlan({ everyMs: every ?? USUAL_MS, count }, session);
  let number = 0;
  for await (const { source } of openMoments(request, plan, toLiveRequest(work))) {
    number++;
    await captureOne(source, path.replace(NUMBER, String(number)), session);
  }
  if (number < count) progress.say(`There were only ${number} of ${count} moments.`);
  return 0;
};

async function captureOne(source: OpenedSource, path: string, session: Session): Promise<void> {
  const { progress } = session;
  try {
    const keeper = new MapsKeeper(source);
    const place = { shown: path, option: 'out', signal: session.io.signal };
    const size = await passOn(seenBy(keeper, source.bytes), place, session);
    const where = path === '-' ? 'standard output' : path;
    progress.say(`Heap snapshot written to ${where} (${formatBytes(size)})`);
    const maps = path === '-' ? null : await keeper.save(resolve(session.io.cwd, path), place);
    if (maps !== null) progress.say(`Source maps of its scripts written to ${maps}`);
  } finally {
    progress.clear();
    await source.close();
  }
}

function checkRepeated({ kind }: SourceRequest, typed: string | null): void {
  if (kind !== 'file' && kind !== 'stdin') return;
  throw usage(say`${option('count')} is for a live source, which "${typed ?? ''}" is not`);
}

async function* seenBy(
  keeper: MapsKeeper,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    keeper.see(chunk);
    yield chunk;
  }
}

async function passOn(
  bytes: AsyncIterable<Uint8Array>,
  place: OutputFileOptions,
  { io, progress }: Session,
): Promise<number> {
  let size = 0;
  const path = place.shown;
  const saved = path === '-' ? bytes : saveSnapshot(bytes, resolve(io.cwd, path), place);
  for await (const chunk of saved) {
    io.signal.throwIfAborted();
    if (path === '-') await write(io.stdout, chunk);
    size += chunk.length;
    progress.reading(size);
  }
  return size;
}

/** The output. The extension of a snapshot tells other tools what it is, so a file must have it. */
async function outputOf({ options }: Asked, io: Io): Promise<string> {
  const [path, second] = options.out;
  const usual = option('out', 'app.heapsnapshot');
  if (path === undefined || second !== undefined) {
    throw usage(say`capture takes one ${option('out')}, for example ${usual}`);
  }
  if (options.count !== null && path.split(NUMBER).length !== 2) {
    const numbered = option('out', "'a-%d.heapsnapshot.gz'");
    throw usage(say`${option('count')} needs one %d in the name of the file, such as ${numbered}`);
  }
  if (path === '-' && io.stdout.isTTY === true) {
    throw usage(say`standard output is a terminal; use ${usual}`);
  }
  if (path === '-' || /\.heapsnapshot(\.gz)?$/i.test(path)) return path;
  if (path !== '' && (await isStream(resolve(io.cwd, path), path))) return path;
  throw usage(
    say`${option('out')} "${path}" is not a name for a heap snapshot; end it in .heapsnapshot or .heapsnapshot.gz`,
  );
}
