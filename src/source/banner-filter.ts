import { Transform, type TransformCallback } from 'node:stream';

const LISTENING = /^Debugger listening on (ws:\/\/\S+)\r?\n$/;
const ENDING = /^Debugger ending on ws:\/\/\S+\r?\n$/;
const HELP = /^For help, see: https:\/\/nodejs\.org\/\S+\r?\n$/;
const STATUS = /^(Debugger attached\.|Waiting for the debugger to disconnect\.\.\.)\r?\n$/;
const STARTS = ['Debugger ', 'For help, see: ', 'Waiting for the debugger '];

/**
 * Passes a script's standard error through byte for byte, less the lines that Node.js writes about
 * the inspector that we opened. Unfinished lines are held back only while they may still become one.
 */
export class BannerFilter extends Transform {
  #url: string | null = null;
  /** Node writes the help line right after the lines on listening and ending. */
  #helpFollows = false;
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
    if (this.#withinLine) {
      this.#withinLine = !line.endsWith('\n');
      return true;
    }
    if (line.endsWith('\n')) return !this.#isBanner(line);
    if (mayBecomeBanner(line)) {
      this.#held = line;
      return false;
    }
    this.#withinLine = true;
    return true;
  }

  #isBanner(line: string): boolean {
    if (this.#helpFollows && HELP.test(line)) {
      this.#helpFollows = false;
      return true;
    }
    const isOurs = this.#isListening(line) || (ENDING.test(line) && line.includes(`${this.#url}`));
    if (isOurs) this.#helpFollows = true;
    return isOurs || STATUS.test(line);
  }

  /** A later line of this kind is about an inspector that the script opened itself. */
  #isListening(line: string): boolean {
    const url = LISTENING.exec(line)?.[1];
    if (url === undefined || this.#url !== null) return false;
    this.#url = url;
    return true;
  }
}

function mayBecomeBanner(line: string): boolean {
  return STARTS.some((start) => start.startsWith(line) || line.startsWith(start));
}
