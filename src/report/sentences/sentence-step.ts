import type { Share } from '../../collect/picture/subgraph.js';
import type { NodeInWords } from '../../words/node-phrases.js';
import type { LinkWords } from '../../words/phrases.js';

/** One step up: who holds, and how. */
export interface SentenceStep {
  readonly holder: NodeInWords;
  /** One for each reference of the holder. */
  readonly words: readonly LinkWords[];
  /** Told in any case: what a programmer can look for. */
  readonly isKept?: boolean;
  /** Of a package or the runtime; absent where that is not known. */
  readonly isForeign?: boolean;
  /** The holder is one object, and what it holds are many. */
  readonly isFunnel?: boolean;
  /** The holder is one object that holds so many of those below. */
  readonly share?: Share;
}
