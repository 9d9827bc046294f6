import type { NodeOrdinal } from '../graph/ordinals.js';
import type { SourcePlace } from './code/scripts.js';

/** A paused call frame of a live program, its variables already found in the heap. */
export interface Frame extends SourcePlace {
  /** Empty for top-level code and anonymous functions. */
  readonly functionName: string;
  readonly isTopLevel: boolean;
  readonly locals: readonly { readonly name: string; readonly node: NodeOrdinal }[];
}

export interface FrameLocal {
  /** Position in the list of frames, innermost first. */
  readonly frame: number;
  readonly name: string;
}

const NONE: readonly FrameLocal[] = [];

/** Finds the variables of all frames by the object they hold. */
export class FrameIndex {
  readonly frames: readonly Frame[];
  readonly #byNode = new Map<NodeOrdinal, FrameLocal[]>();

  constructor(frames: readonly Frame[]) {
    this.frames = frames;
    for (const [frame, { locals }] of frames.entries()) {
      for (const { name, node } of locals) {
        const list = this.#byNode.get(node) ?? [];
        list.push({ frame, name });
        this.#byNode.set(node, list);
      }
    }
  }

  localsHolding(node: NodeOrdinal): readonly FrameLocal[] {
    return this.#byNode.get(node) ?? NONE;
  }

  get heldNodes(): Iterable<NodeOrdinal> {
    return this.#byNode.keys();
  }
}
