import type { Frame } from '../engine/frames.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { LiveFrame } from '../source/opened-source.js';

/** The paused frames of a live program, with the objects of their variables found in its heap. */
export function toFrames(graph: HeapGraph, frames: readonly LiveFrame[]): readonly Frame[] {
  return frames.map(({ url, locals, ...place }) => ({
    ...place,
    file: url,
    locals: locals.flatMap(({ name, nodeId }) => {
      const node = graph.withId(nodeId);
      return node === null ? [] : [{ name, node }];
    }),
  }));
}
