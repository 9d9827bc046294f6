import type { Frame } from '../../engine/frames.js';
import type { HeapFacts } from '../../engine/heap-facts.js';
import type { LiveFrame } from '../../source/opened-source.js';

/** The paused frames of a live program, with the objects of their variables found in its heap. */
export function toFrames(
  { graph, scripts }: HeapFacts,
  frames: readonly LiveFrame[],
): readonly Frame[] {
  return frames.map(({ url, scriptId, line, column, locals, ...frame }) => ({
    ...frame,
    ...(scripts.sourceOf({ scriptId, file: url, line, column }) ?? {
      ...{ file: `${url} (compiled)`, line, column },
    }),
    locals: locals.flatMap(({ name, nodeId }) => {
      const node = graph.withId(nodeId);
      return node === null ? [] : [{ name, node }];
    }),
  }));
}
