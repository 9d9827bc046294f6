import type { Entry, ZipFile } from 'yauzl';
import { ShowBackrefError } from '../../errors.js';
import { formatBytes } from '../../util/format-bytes.js';
import { HARMLESS_BYTES, isBomb, MOST_TIMES } from './bombs.js';
import { memberArgument } from './foreign-content.js';
import type { PackedName } from './packed-name.js';

/** Files that macOS adds to a zip archive. */
const EXTRA = /^__MACOSX\/|(?:^|\/)\.(?:_.*|DS_Store)$/;
/** The limit of members: a malicious archive may have millions. */
const MOST_MEMBERS = 1000;
const NAMED = 3;
const MOST_PIPED_BYTES = 1 << 30;

/**
 * The bytes of the only file in a zip archive on disk.
 *
 * @throws ShowBackrefError SNAPSHOT_INVALID if there are several, none, or one that cannot be
 *   read.
 */
export async function* zipMember(fd: number, name: PackedName): AsyncGenerator<Uint8Array> {
  yield* onlyMember(name, async () => {
    const { fromFdPromise } = await import('yauzl');
    return fromFdPromise(fd, { autoClose: false, lazyEntries: true });
  });
}

/**
 * The same for an archive that comes through a pipe: its directory is at its end, so it is read
 * whole.
 *
 * @throws also for an archive that is too large for that.
 */
export async function* pipedZipMember(
  chunks: AsyncIterable<Uint8Array>,
  name: PackedName,
): AsyncGenerator<Uint8Array> {
  yield* onlyMember(name, async () => {
    const { fromBufferPromise } = await import('yauzl');
    return fromBufferPromise(await wholeOf(chunks, name), { lazyEntries: true });
  });
}

async function wholeOf(chunks: AsyncIterable<Uint8Array>, name: PackedName): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > MOST_PIPED_BYTES) throw tooLargeForPipe(name);
    // a copy, because the source may reuse the chunk's memory for the next one
    pieces.push(Buffer.from(chunk));
  }
  return Buffer.concat(pieces);
}

async function* onlyMember(
  name: PackedName,
  openZip: () => Promise<ZipFile>,
): AsyncGenerator<Uint8Array> {
  try {
    const zip = await openZip();
    const members = await membersOf(zip);
    const [only] = members;
    if (only === undefined || members.length > 1) throw notOneMember(members, name);
    const { compressedSize, uncompressedSize } = only;
    const isTooMuch = uncompressedSize > Math.max(HARMLESS_BYTES, MOST_TIMES * compressedSize);
    if (isTooMuch) throw isBomb(name);
    for await (const chunk of await zip.openReadStreamPromise(only)) yield chunk;
  } catch (error) {
    throw error instanceof ShowBackrefError ? error : notReadable(error, name);
  }
}

async function membersOf(zip: ZipFile): Promise<readonly Entry[]> {
  const members: Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    const isFile = !entry.fileName.endsWith('/') && !EXTRA.test(entry.fileName);
    if (isFile && members.push(entry) === MOST_MEMBERS) break;
  }
  return members;
}

function notOneMember(
  members: readonly Entry[],
  { quoted, shellArgument }: PackedName,
): ShowBackrefError {
  if (members.length === 0) {
    return new ShowBackrefError(
      'SNAPSHOT_INVALID',
      `${quoted} is a zip archive without a file in it`,
    );
  }
  const [first = ''] = members.map(({ fileName }) => fileName);
  const names = members.slice(0, NAMED).map(({ fileName }) => JSON.stringify(fileName));
  const rest = members.length - names.length;
  const listed = [...names, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
  return new ShowBackrefError(
    'SNAPSHOT_INVALID',
    `${quoted} is a zip archive of several files (${listed}): choose one with unzip -p ${shellArgument || 'FILE.zip'} ${memberArgument(first)} | showbackref -`,
  );
}

function tooLargeForPipe({ quoted, shellArgument }: PackedName): ShowBackrefError {
  const most = formatBytes(MOST_PIPED_BYTES);
  return new ShowBackrefError(
    'SNAPSHOT_INVALID',
    `${quoted} is a zip archive of more than ${most}, which is read from files only: use unzip -p ${shellArgument || 'FILE.zip'} | showbackref -`,
  );
}

function notReadable(error: unknown, { quoted, shellArgument }: PackedName): ShowBackrefError {
  const { message } = error as Error;
  return new ShowBackrefError(
    'SNAPSHOT_INVALID',
    `${quoted} is a zip archive that cannot be read (${message}): copy it again, or use unzip -p ${shellArgument || 'FILE.zip'} | showbackref -`,
    { cause: error },
  );
}
