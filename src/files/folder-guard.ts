import { mkdir, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { usage } from '../errors.js';

/** A file that was found inside a folder. */
export interface GuardedFile {
  /** Its real path, all links followed. */
  readonly path: string;
  /** Tells whether it is still the same: its size and when it was last changed. */
  readonly version: string;
  readonly size: number;
}

/** A folder outside of which nothing is read or written, links followed. */
export class FolderGuard {
  /** Its real path. */
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** @throws ShowBackrefError USAGE for what is not a folder. */
  static async open(folder: string): Promise<FolderGuard> {
    const real = await realpath(folder).catch(() => null);
    if (real === null || !(await stat(real)).isDirectory()) {
      throw usage(`"${folder}" is not a folder; name one that holds heap snapshots`);
    }
    return new FolderGuard(real);
  }

  /** @throws ShowBackrefError USAGE for what lies elsewhere, or is not there. */
  async find(name: string): Promise<GuardedFile> {
    const path = resolve(this.folder, name);
    // what lies elsewhere by its name alone is not even looked for
    if (!this.#holds(path)) throw outside(name);
    const real = await realpath(path).catch(() => null);
    if (real === null) throw usage(`there is no file "${name}" in the folder; info lists them`);
    if (!this.#holds(real)) throw outside(name);
    const stats = await stat(real);
    if (!stats.isFile()) throw usage(`"${name}" is not a file; name a heap snapshot`);
    return { path: real, version: `${stats.size} ${stats.mtimeMs}`, size: stats.size };
  }

  /** @throws ShowBackrefError USAGE as `find` does. */
  async read(name: string): Promise<Uint8Array> {
    return readFile((await this.find(name)).path);
  }

  /** The path of a file to be written in a folder below, which is made. */
  async place(folder: string, name: string): Promise<string> {
    const below = join(this.folder, folder);
    await mkdir(below, { recursive: true });
    if (!this.#holds(await realpath(below))) throw outside(folder);
    return join(await realpath(below), name);
  }

  /** Names of the files that pass, in order. */
  async list(passes: (name: string) => boolean): Promise<readonly string[]> {
    return (await readdir(this.folder)).filter(passes).sort();
  }

  #holds(path: string): boolean {
    const way = relative(this.folder, path);
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  }
}

function outside(name: string) {
  return usage(`"${name}" lies outside of the folder of this server; copy it there first`);
}
