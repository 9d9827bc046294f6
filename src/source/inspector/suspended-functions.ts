import type { SuspendedFunction } from '../opened-source.js';
import type { PropertyDescriptor } from './inspector-protocol.js';
import { type InspectorSession, OBJECT_GROUP } from './inspector-session.js';
import { toObjectId } from './paused-frames.js';

/** The scopes that belong to the function itself, by V8's names: `Local (f)`, `Block`. */
const OWN_SCOPE = /^(Local|Block|Catch|With)\b/;

/**
 * Reads the variables of suspended async functions and generators. A heap only has their values; V8
 * gives the names to a debugger that asks for the scopes of the object that stands for the
 * function. A function that has continued since the heap was taken is matched by what its variables
 * hold now.
 *
 * Needs an enabled debugger. Leaves no handle in it.
 *
 * @param nodeIds heap ids of the objects that stand for the functions.
 * @throws Error when the connection is lost.
 */
export async function readSuspendedFunctions(
  session: InspectorSession,
  nodeIds: readonly number[],
): Promise<readonly SuspendedFunction[]> {
  const functions = await Promise.all(
    nodeIds.map(async (nodeId) => ({ nodeId, locals: await readLocals(session, nodeId) })),
  );
  await session.send('Runtime.releaseObjectGroup', { objectGroup: OBJECT_GROUP });
  return functions;
}

async function readLocals(
  session: InspectorSession,
  nodeId: number,
): Promise<SuspendedFunction['locals']> {
  const answer = await session
    .send('HeapProfiler.getObjectByHeapObjectId', {
      ...{ objectId: String(nodeId), objectGroup: OBJECT_GROUP },
    })
    // it has ended since then
    .catch(() => null);
  const objectId = answer?.result.objectId;
  if (objectId === undefined) return [];
  const { internalProperties = [] } = await readProperties(session, objectId);
  const scopes = internalProperties.find(({ name }) => name === '[[Scopes]]');
  const variables = await readOwnScopes(session, scopes?.value?.objectId);
  const locals = variables.map(async ({ name, value }) => {
    const id = value && toObjectId(value);
    return id === undefined ? [] : [{ name, nodeId: await findNodeId(session, id) }];
  });
  return (await Promise.all(locals)).flat();
}

async function readOwnScopes(
  session: InspectorSession,
  listId: string | undefined,
): Promise<readonly PropertyDescriptor[]> {
  if (listId === undefined) return [];
  const { result } = await readProperties(session, listId);
  const own = result.flatMap(({ value }) => {
    const id = OWN_SCOPE.test(value?.description ?? '') ? value?.objectId : undefined;
    return id === undefined ? [] : [id];
  });
  const scopes = await Promise.all(own.map((objectId) => readProperties(session, objectId)));
  return scopes.flatMap((scope) => scope.result);
}

function readProperties(session: InspectorSession, objectId: string) {
  return session.send('Runtime.getProperties', { objectId, ownProperties: true });
}

async function findNodeId(session: InspectorSession, objectId: string): Promise<number> {
  const answer = await session.send('HeapProfiler.getHeapObjectId', { objectId });
  return Number(answer.heapSnapshotObjectId);
}
