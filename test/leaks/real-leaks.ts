/** A leak from a public thread, as a program of drivers/ makes it again. */
export interface RealLeak {
  /** Of the program: drivers/NAME.cjs. */
  readonly name: string;
  /** Where people met it. */
  readonly thread: string;
  /** The versions in package.json that leak; of Node.js itself where it needs no package. */
  readonly packages: readonly string[];
  /** What the thread blames, in its words. */
  readonly verdict: string;
  /** The last steps of the first suspect's path: who holds, and what piles up. */
  readonly blamed: RegExp;
}
