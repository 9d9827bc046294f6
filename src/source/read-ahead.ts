/** Fills the buffer from a position of a file, as far as there are bytes. */
export type Fill = (buffer: Buffer, position: number) => Promise<Uint8Array>;

/** Reads the next piece of a file while somebody works on the one before. */
export class ReadAhead {
  readonly #fill: Fill;
  /** What the caller looks at, and what is being filled. */
  #shown: Buffer;
  #spare: Buffer;
  #ahead: { readonly position: number; readonly chunk: Promise<Uint8Array> } | null = null;

  constructor(fill: Fill, bytes: number) {
    this.#fill = fill;
    this.#shown = Buffer.allocUnsafeSlow(bytes);
    this.#spare = Buffer.allocUnsafeSlow(bytes);
  }

  /** Up to `length` bytes, valid until the next call. */
  async read(position: number, length: number): Promise<Uint8Array> {
    const chunk = await this.#take(position);
    [this.#shown, this.#spare] = [this.#spare, this.#shown];
    const shown = chunk.subarray(0, length);
    if (shown.length > 0) this.#start(position + shown.length);
    return shown;
  }

  async #take(position: number): Promise<Uint8Array> {
    const ahead = this.#ahead;
    this.#ahead = null;
    if (ahead?.position === position) return ahead.chunk;
    // its buffer is needed
    await ahead?.chunk.catch(() => undefined);
    return this.#fill(this.#spare, position);
  }

  #start(position: number): void {
    const chunk = this.#fill(this.#spare, position);
    // an error is of interest only when these bytes are asked for
    chunk.catch(() => undefined);
    this.#ahead = { position, chunk };
  }
}
