import { highest } from './many.js';
/** The time that each stage of a job took, in order. */
export class StageTimes {
  readonly #now: () => number;
  readonly #begun: { readonly name: string; readonly at: number }[] = [];

  /** @param now milliseconds since the process began. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#begun.push({ name: 'Starting', at: 0 });
  }

  /** The stage before ends here. */
  begin(name: string): void {
    this.#begun.push({ name, at: this.#now() });
  }

  /** A table to read: a line per stage and one for the total, in milliseconds. */
  toLines(): readonly string[] {
    const end = this.#now();
    const rows = this.#begun.map(({ name, at }, i) => {
      return { name, time: (this.#begun[i + 1]?.at ?? end) - at };
    });
    const width = highest(
      rows.map(({ name }) => name.length),
      5,
    );
    return [...rows, { name: 'total', time: end }].map(
      ({ name, time }) => `${name.padEnd(width)} ${time.toFixed(0).padStart(7)} ms`,
    );
  }
}
