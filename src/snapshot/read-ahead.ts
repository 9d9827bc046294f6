/** A file that can be read at any position. */
interface Readable {
  read(into: Uint8Array, position: number): Promise<number>;
}

/** Reads the next piece of a file while the caller works on the one before. */
export class ReadAhead {
  readonly #file: Readable;
  /** The piece that the caller works on, and the one being filled. */
  #shown: Uint8Array;
  #spare: Uint8Array;
  #ahead: { readonly position: number; readonly bytes: Promise<number> } | null = null;

  /** @param areas two of the same size. */
  constructor(file: Readable, [shown, spare]: readonly [Uint8Array, Uint8Array]) {
    this.#file = file;
    this.#shown = shown;
    this.#spare = spare;
  }

  /** Returns up to `length` bytes, at most the size of an area; valid until the next call. */
  async read(position: number, length: number): Promise<Uint8Array> {
    const bytes = await this.#take(position);
    [this.#shown, this.#spare] = [this.#spare, this.#shown];
    const shown = this.#shown.subarray(0, Math.min(bytes, length));
    if (shown.length > 0) this.#start(position + shown.length);
    return shown;
  }

  async #take(position: number): Promise<number> {
    const ahead = this.#ahead;
    this.#ahead = null;
    if (ahead?.position === position) return ahead.bytes;
    // its buffer is needed
    await ahead?.bytes.catch(() => undefined);
    return this.#file.read(this.#spare, position);
  }

  #start(position: number): void {
    const bytes = this.#file.read(this.#spare, position);
    // an error matters only when these bytes are asked for
    bytes.catch(() => undefined);
    this.#ahead = { position, bytes };
  }
}
