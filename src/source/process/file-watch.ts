import { readdir } from 'node:fs/promises';

/** A look that finds nothing new is followed by a whole one after so many: a number may be used again. */
const MOST_SKIPPED = 4;

/** Tells cheaply whether a process may have opened something, by the numbers of its open files. Linux only. */
export class FileWatch {
  readonly #folder: string;
  #before = '';
  #skipped = 0;

  constructor(pid: number) {
    this.#folder = `/proc/${pid}/fd`;
  }

  async hasChanged(): Promise<boolean> {
    const now = (await readdir(this.#folder).catch((): string[] => [])).join();
    if (now === this.#before && this.#skipped < MOST_SKIPPED) {
      this.#skipped++;
      return false;
    }
    this.#before = now;
    this.#skipped = 0;
    return true;
  }
}
