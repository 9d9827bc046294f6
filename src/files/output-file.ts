import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { noteRemnant } from '../util/left-behind.js';
import { makeFolder } from './make-folder.js';
import { outputFailed } from './output-failed.js';
import { findOutputPlace, type OutputPlace } from './output-place.js';
import { openDescriptor, openStream, type Sink } from './output-stream.js';

export interface OutputFileOptions {
  /** The path as the user wrote it. */
  readonly shown: string;
  /** The name of the option that names another file. */
  readonly option: string;
  /** Readable only by its owner, from the first byte on. Default: false. */
  readonly isPrivate?: boolean;
  readonly signal?: AbortSignal | undefined;
}

interface Names {
  readonly last: string;
  readonly temporary: string;
  /** Reports that there is no longer a temporary file to clean up. */
  readonly isGone: () => void;
}

const OWNER_ONLY = 0o600;
const BY_UMASK = 0o666;
/** The number of names tried; each has 96 random bits. */
const MOST_NAMES = 10;

/**
 * The only way to write a file. A regular file appears under its name with its last byte, or not at
 * all: until then it has an unpredictable name, in the same folder so that the last step stays on
 * one file system. A device, a pipe or an open descriptor is written to directly.
 *
 * All methods throw ShowBackrefError OUTPUT_FAILED, or the reason of `signal`.
 */
export class OutputFile {
  readonly #sink: Sink;
  readonly #options: OutputFileOptions;
  /** The name of the finished file and its temporary name; null if the output is not a file. */
  readonly #names: Names | null;
  #isClosed = false;

  private constructor(sink: Sink, names: Names | null, options: OutputFileOptions) {
    this.#sink = sink;
    this.#names = names;
    this.#options = options;
  }

  /**
   * Opens the output; also makes its folders.
   *
   * @param file absolute path.
   */
  static async open(file: string, options: OutputFileOptions): Promise<OutputFile> {
    try {
      const place = await findOutputPlace(file);
      if (place.kind === 'file') return await OutputFile.#openTemporary(place, options);
      const { signal } = options;
      const sink =
        place.kind === 'stream'
          ? await openStream(place.path, signal)
          : await openDescriptor(place.descriptor, signal);
      return new OutputFile(sink, null, options);
    } catch (error) {
      throw failure(error, options);
    }
  }

  static async #openTemporary(
    { path, mode }: Extract<OutputPlace, { kind: 'file' }>,
    options: OutputFileOptions,
  ): Promise<OutputFile> {
    const folder = dirname(path);
    await makeFolder(folder);
    const isPrivate = options.isPrivate === true;
    const { handle, temporary, isGone } = await openNew(folder, isPrivate ? OWNER_ONLY : BY_UMASK);
    const sink: Sink = {
      write: async (bytes) => (await handle.write(bytes)).bytesWritten,
      close: () => handle.close(),
    };
    const file = new OutputFile(sink, { last: path, temporary, isGone }, options);
    // a picture that was made private stays private
    if (mode !== null && !isPrivate) await handle.chmod(mode).catch(() => undefined);
    return file;
  }

  async write(bytes: Uint8Array): Promise<void> {
    let rest = bytes;
    try {
      while (rest.length > 0) {
        this.#options.signal?.throwIfAborted();
        rest = rest.subarray(await this.#sink.write(rest));
      }
    } catch (error) {
      throw failure(error, this.#options);
    }
  }

  /** Gives the file its name: the last byte was written. */
  async commit(): Promise<void> {
    try {
      await this.#close();
      this.#options.signal?.throwIfAborted();
      if (this.#names === null) return;
      await rename(this.#names.temporary, this.#names.last);
      this.#names.isGone();
    } catch (error) {
      throw failure(error, this.#options);
    }
  }

  /**
   * Removes everything written. Never throws, so that it hides no error; does nothing to a finished
   * file.
   */
  async discard(): Promise<void> {
    await this.#close().catch(() => undefined);
    if (this.#names === null) return;
    await rm(this.#names.temporary, { force: true }).catch(() => {});
    this.#names.isGone();
  }

  async #close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#sink.close();
  }
}

/** Opens a new file; if the name exists, a link included, takes another one and leaves it alone. */
async function openNew(
  folder: string,
  mode: number,
): Promise<Pick<Names, 'temporary' | 'isGone'> & { readonly handle: FileHandle }> {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
  for (let left = MOST_NAMES; ; left--) {
    const temporary = join(folder, `.showbackref-${randomBytes(12).toString('hex')}.tmp`);
    const isGone = noteRemnant({ kind: 'file', path: temporary });
    try {
      const handle = await open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
      return { handle, temporary, isGone };
    } catch (error) {
      // a file that others have put there is theirs
      isGone();
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST') throw error;
      if (left === 0) throw new Error('no name is free in its folder');
    }
  }
}

function failure(error: unknown, { shown, option, signal }: OutputFileOptions): unknown {
  return signal?.aborted ? error : outputFailed(shown, error, option);
}
