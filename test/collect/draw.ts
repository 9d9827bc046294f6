import { expect } from 'vitest';
import { collectBackrefs } from '../../src/collect/collect-backrefs.js';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { type Frame, FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView } from '../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import type { CollectOptions } from '../../src/question/walk-options.js';
import type { FileStyle, HeapBuilder } from '../support/heap-builder.js';
import { WALK_OPTIONS } from '../support/walk-options.js';
import { InvariantChecker, SOURCE } from './invariants.js';
import { pictureLines } from './picture-lines.js';

export interface Question extends Partial<CollectOptions> {
  readonly frames?: readonly Frame[];
  readonly style?: FileStyle;
}

/** Collects who holds some nodes of a tiny heap, and checks every invariant on the way. */
export function collect(
  heap: HeapBuilder,
  targets: NodeOrdinal | readonly NodeOrdinal[],
  { frames = [], style = {}, ...question }: Question = {},
): Subgraph {
  const asked = typeof targets === 'number' ? [targets] : targets;
  const view = buildHeapView(heap.facts(style), new FrameIndex(frames));
  const options = { ...WALK_OPTIONS, ...question };
  // a masked name is not one of the heap's
  const unmasked = { ...options, redact: 'none' as const };
  expect(new InvariantChecker(view).violations(asked, unmasked)).toEqual([]);
  return collectBackrefs(view, asked, options, SOURCE);
}

/** The same as lines: `globalThis -.cache-> Map`. */
export function draw(
  heap: HeapBuilder,
  targets: NodeOrdinal | readonly NodeOrdinal[],
  question: Question = {},
): readonly string[] {
  return pictureLines(collect(heap, targets, question));
}

/** A paused frame of a function in app.js. */
export function frame(functionName: string, locals: Readonly<Record<string, NodeOrdinal>>): Frame {
  return {
    functionName,
    isTopLevel: functionName === '',
    file: '/srv/app.js',
    line: 7,
    column: 3,
    locals: Object.entries(locals).map(([name, node]) => ({ name, node })),
  };
}
