import { once } from 'node:events';
import { createGzip, type Gzip } from 'node:zlib';
import { OutputFile, type OutputFileOptions } from './output-file.js';

/**
 * Passes the bytes of a snapshot on while writing them to a file, compressed if its name ends in
 * `.gz`. A heap contains every text of its program, so only its owner may read the file.
 *
 * @param file absolute path.
 * @throws ShowBackrefError OUTPUT_FAILED when the file cannot be written; any error that `bytes`
 *   throws.
 */
export async function* saveSnapshot(
  bytes: AsyncIterable<Uint8Array>,
  file: string,
  options: OutputFileOptions,
): AsyncGenerator<Uint8Array> {
  const output = await OutputFile.open(file, { ...options, isPrivate: true });
  const packer = /\.gz$/i.test(file) ? new Packer(output) : null;
  try {
    for await (const chunk of bytes) {
      await (packer ?? output).write(chunk);
      yield chunk;
    }
    await packer?.end();
    await output.commit();
  } finally {
    packer?.destroy();
    await output.discard();
  }
}

/** Compresses the bytes of a file. */
class Packer {
  readonly #gzip: Gzip = createGzip();
  /** Settles when the last compressed byte is in the file; its error ends every wait here. */
  readonly #done: Promise<void>;

  constructor(output: OutputFile) {
    this.#done = this.#passOn(output);
    this.#done.catch(() => undefined);
  }

  async write(chunk: Uint8Array): Promise<void> {
    // a copy, because the source may reuse the chunk before it is compressed
    if (this.#gzip.write(Buffer.from(chunk))) return;
    await Promise.race([once(this.#gzip, 'drain'), this.#done]);
  }

  async end(): Promise<void> {
    this.#gzip.end();
    await this.#done;
  }

  destroy(): void {
    this.#gzip.destroy();
  }

  async #passOn(output: OutputFile): Promise<void> {
    for await (const packed of this.#gzip) await output.write(packed as Uint8Array);
  }
}
