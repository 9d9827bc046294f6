import type { EvaluatedExpression, LiveFacts, LiveFrame } from '../opened-source.js';
import type { UserFrame } from '../stop/stop-program.js';
import { type EvaluatedTargets, evaluateTargets } from './evaluate-targets.js';
import { assignNodeIds } from './heap-stream.js';
import type { InspectorSession } from './inspector-session.js';
import { type ReadFrame, readFrames } from './paused-frames.js';

type SeenFacts = Omit<LiveFacts, 'producer'>;

/**
 * Evaluates the expressions in a paused program, reads its variables and finds the heap ids of
 * both. Leaves no handle in it; the heap has to be taken next.
 *
 * @throws Error when the connection is lost.
 */
export async function readPausedProgram(
  session: InspectorSession,
  frames: readonly UserFrame[],
  expressions: readonly string[],
): Promise<SeenFacts> {
  const [evaluated, read] = await Promise.all([
    evaluateTargets(session, frames, expressions),
    readFrames(session, frames),
  ]);
  return nameNodes(evaluated, read, await findNodeIds(session, evaluated, read));
}

async function findNodeIds(
  session: InspectorSession,
  evaluated: readonly EvaluatedTargets[],
  frames: readonly ReadFrame[],
): Promise<ReadonlyMap<string, number>> {
  const targets = evaluated.flatMap((item) => (item.kind === 'handle' ? item.objectId : []));
  const locals = frames.flatMap(({ objects }) => objects.map(({ objectId }) => objectId));
  const globals = frames.flatMap(({ globalId }) => globalId ?? []);
  const objectIds = [...new Set([...targets, ...locals, ...globals])];
  const nodeIds = await assignNodeIds(session, objectIds);
  return new Map(objectIds.map((objectId, index) => [objectId, nodeIds[index] ?? 0]));
}

function nameNodes(
  evaluated: readonly EvaluatedTargets[],
  frames: readonly ReadFrame[],
  nodeIds: ReadonlyMap<string, number>,
): SeenFacts {
  return {
    frames: frames.map((frame) => ({ ...frame.place, locals: nameLocals(frame, nodeIds) })),
    evaluated: evaluated.map((item) => withNodeId(item, nodeIds)),
  };
}

/** Names locals; the `this` of a function that was called without one is global anyway. */
function nameLocals(
  { objects, globalId }: ReadFrame,
  nodeIds: ReadonlyMap<string, number>,
): LiveFrame['locals'] {
  const globalNode = globalId === undefined ? 0 : (nodeIds.get(globalId) ?? 0);
  return objects
    .map(({ name, objectId }) => ({ name, nodeId: nodeIds.get(objectId) ?? 0 }))
    .filter(({ name, nodeId }) => nodeId !== (name === 'this' ? globalNode : 0) && nodeId !== 0);
}

function withNodeId(
  item: EvaluatedTargets,
  nodeIds: ReadonlyMap<string, number>,
): EvaluatedExpression {
  if (item.kind !== 'handle') return item;
  const { expression, objectId } = item;
  const nodeId = nodeIds.get(objectId) ?? 0;
  if (nodeId !== 0) return { kind: 'object', expression, nodeId };
  return { kind: 'error', expression, message: 'it gave an object that V8 keeps outside its heap' };
}
