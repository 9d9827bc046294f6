import { Transform, type TransformCallback } from 'node:stream';

/**
 * Lines of Node.js for people who debug: when we connect, and when it would end while we are
 * connected.
 */
const BANNERS = ['Debugger attached.\n', 'Waiting for the debugger to disconnect...\n'];

/**
 * Passes a script's standard error through byte for byte, without the lines that Node.js writes
 * about its inspector. An unfinished line is only held back while it may still become one of these.
 */
export class BannerFilter extends Transform {
  /** The beginning of a line, as Latin-1 so that no byte changes. */
  #held = '';
  #withinLine = false;

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    const lines = (this.#held + chunk.toString('latin1')).split(/(?<=\n)/);
    this.#held = '';
    const kept = lines.filter((line) => this.#keep(line)).join('');
    done(null, Buffer.from(kept, 'latin1'));
  }

  override _flush(done: TransformCallback): void {
    done(null, Buffer.from(this.#held, 'latin1'));
  }

  /** Only the last of the lines may lack its newline. */
  #keep(line: string): boolean {
    const isWhole = line.endsWith('\n');
    if (this.#withinLine) {
      this.#withinLine = !isWhole;
      return true;
    }
    if (isWhole) return !BANNERS.includes(line.replace('\r\n', '\n'));
    if (BANNERS.some((banner) => banner.startsWith(line.replace('\r', '\n')))) {
      this.#held = line;
      return false;
    }
    this.#withinLine = true;
    return true;
  }
}
