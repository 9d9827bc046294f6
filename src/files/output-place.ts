import { constants, type Stats } from 'node:fs';
import { access, lstat, readlink, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** The place to which the bytes of an output are written. */
export type OutputPlace =
  /** A regular file, existing or not: it is replaced as a whole. */
  | {
      readonly kind: 'file';
      readonly path: string;
      /** Permissions of the user's own file that is replaced; null for a new one. */
      readonly mode: number | null;
    }
  /** A device or a named pipe: it is opened and written to. */
  | { readonly kind: 'stream'; readonly path: string }
  /** A descriptor that this process inherited, such as standard output or the pipe of `>(…)`. */
  | { readonly kind: 'descriptor'; readonly descriptor: number };

/** The number of links that Linux follows, too. */
const MOST_LINKS = 40;
const STANDARD = ['stdin', 'stdout', 'stderr'];

/**
 * Follows links to the place to write to, which need not exist yet. Opens nothing.
 *
 * @param path absolute.
 * @throws Error that says in a few words what is wrong.
 */
export async function findOutputPlace(path: string): Promise<OutputPlace> {
  let at = path;
  for (let links = 0; links <= MOST_LINKS; links++) {
    const descriptor = descriptorOf(at);
    if (descriptor !== null) return { kind: 'descriptor', descriptor };
    const stats = await lstatIfThere(at);
    if (stats === null) {
      // folders are made where the user named them, not where a link leads
      if (links > 0) await checkFolder(dirname(at));
      return { kind: 'file', path: at, mode: null };
    }
    if (!stats.isSymbolicLink()) return placeOf(at, stats);
    if (!isTrusted(stats)) throw new Error('it is a link that another user has made');
    const target = await readlink(at);
    // a descriptor of another process: the text of its link is not a path
    if (/^\w+:/.test(target) && at.startsWith('/proc/')) return placeOf(at, await stat(at));
    at = resolve(await realpath(dirname(at)), target);
  }
  throw new Error('its links lead in a circle');
}

/**
 * The number in `/dev/stdout`, `/dev/fd/63` and the links that these are; null for any other path.
 */
function descriptorOf(path: string): number | null {
  const [, name, number] =
    /^\/(?:dev\/(std(?:in|out|err))|(?:dev|proc\/self|proc\/thread-self)\/fd\/(\d{1,9}))$/.exec(
      path,
    ) ?? [];
  if (name !== undefined) return STANDARD.indexOf(name);
  return number === undefined ? null : Number(number);
}

async function placeOf(path: string, stats: Stats): Promise<OutputPlace> {
  if (stats.isDirectory()) throw new Error('it is a folder');
  if (stats.isSocket()) throw new Error('it is a socket');
  if (stats.isBlockDevice()) throw new Error('it is a disk');
  if (stats.isFIFO() && !isTrusted(stats)) throw new Error('it is a pipe of another user');
  if (!stats.isFile()) return { kind: 'stream', path };
  // a write-protected file must not be replaced either
  await access(path, constants.W_OK);
  return { kind: 'file', path, mode: isOwn(stats) ? stats.mode & 0o777 : null };
}

async function lstatIfThere(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function checkFolder(folder: string): Promise<void> {
  const stats = await stat(folder).catch(() => null);
  if (stats?.isDirectory() !== true) throw new Error('it is a link into a folder that is missing');
}

/**
 * False in a folder for everybody, such as /tmp: anybody can put a link or a pipe there under a
 * name that will be used later.
 */
function isTrusted(stats: Stats): boolean {
  return isOwn(stats) || stats.uid === 0;
}

function isOwn({ uid }: Stats): boolean {
  // Windows has no user ids
  return process.geteuid === undefined || uid === process.geteuid();
}
