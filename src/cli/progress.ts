import type { Progress } from '../answer/work.js';
import { formatBytes } from '../util/format-bytes.js';
import { type Sentence, spell } from '../util/sentence.js';
import type { StageTimes } from '../util/stage-times.js';
import type { Io } from './io.js';
import { toTerminalLine } from './terminal-line.js';

/** The bytes read between two updates of the same line. */
const STEP_BYTES = 16 << 20;

interface ProgressOptions {
  readonly quiet: boolean;
  /** Told when a stage begins; printed by `sayTimes`. */
  readonly times?: StageTimes | null;
}

/**
 * Shows progress on standard error. Stages overwrite each other and only appear on a terminal;
 * warnings and results are lines that stay. With `quiet`, only errors appear.
 */
export class TerminalProgress implements Progress {
  readonly #stderr: Io['stderr'];
  readonly #quiet: boolean;
  readonly #times: StageTimes | null;
  #hasLine = false;
  #shown = 0;
  #percent = -1;

  constructor(stderr: Io['stderr'], { quiet, times = null }: ProgressOptions) {
    this.#stderr = stderr;
    this.#quiet = quiet;
    this.#times = times;
  }

  taking(share: number): void {
    const percent = Math.floor(100 * share);
    if (percent === this.#percent) return;
    this.#percent = percent;
    this.#show(`V8 takes the heap: ${percent} %`);
  }

  reading(bytes: number): void {
    if (bytes - this.#shown < STEP_BYTES) return;
    this.#shown = bytes;
    this.#show(`Reading ${formatBytes(bytes)}`);
  }

  stage(words: string): void {
    this.#times?.begin(words);
    this.#show(words);
  }

  /** Prints the time of each stage, if asked for. */
  sayTimes(): void {
    this.clear();
    for (const line of this.#times?.toLines() ?? []) this.#stderr.write(`${line}\n`);
  }

  #show(words: string): void {
    if (this.#quiet || this.#stderr.isTTY !== true) return;
    this.#stderr.write(`\r\u001b[K${words}…`);
    this.#hasLine = true;
  }

  warn(sentence: Sentence): void {
    this.say(sentence);
  }

  say(line: Sentence): void {
    this.clear();
    if (!this.#quiet) this.#stderr.write(`${toTerminalLine(spell(line, 'flags'))}\n`);
  }

  /** Clears the line of the current stage. */
  clear(): void {
    if (this.#hasLine) this.#stderr.write('\r\u001b[K');
    this.#hasLine = false;
  }
}
