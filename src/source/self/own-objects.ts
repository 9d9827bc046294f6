import { Session } from 'node:inspector';

/**
 * A connection of this thread to itself, whose commands are answered at once. It stays open: V8
 * forgets the ids of all objects when one is closed.
 */
let session: Session | null = null;

/** The name by which the inspector finds our list of objects, for no longer than a call. */
const BOX = 'showbackrefBox';
const OBJECT_GROUP = 'showbackref-own';

type Command =
  | 'Runtime.evaluate'
  | 'Runtime.callFunctionOn'
  | 'Runtime.queryObjects'
  | 'Runtime.releaseObjectGroup'
  | 'HeapProfiler.getObjectByHeapObjectId';

/**
 * All living objects of this thread that inherit from `prototype`, except ours. Collects garbage
 * first.
 *
 * @throws Error if Node.js was built without its inspector.
 */
export function objectsInheriting(prototype: object): readonly object[] {
  return withBox(prototype, (box) => {
    const { objectId } = evaluate(`${BOX}.value`);
    const { objects } = post<{ objects: Handle }>('Runtime.queryObjects', {
      prototypeObjectId: objectId,
      objectGroup: OBJECT_GROUP,
    });
    handOver(objects);
    return (box.value as readonly object[]).filter(
      (object) => object !== box && object !== session,
    );
  });
}

/** The object with a heap id; undefined if V8 knows none, or it is not an object of the program. */
export function objectWithId(id: number): object | undefined {
  return withBox(undefined, (box) => {
    const found = tryPost<{ result: Handle }>('HeapProfiler.getObjectByHeapObjectId', {
      objectId: String(id),
      objectGroup: OBJECT_GROUP,
    });
    if (found?.result.objectId === undefined) return undefined;
    handOver(found.result);
    return box.value as object;
  });
}

interface Handle {
  readonly objectId?: string;
}

/** Puts the object of a handle into the box. */
function handOver({ objectId }: Handle): void {
  post('Runtime.callFunctionOn', {
    objectId: evaluate(BOX).objectId,
    functionDeclaration: 'function (value) { this.value = value; }',
    arguments: [{ objectId }],
    objectGroup: OBJECT_GROUP,
  });
}

function withBox<T>(value: unknown, work: (box: { value: unknown }) => T): T {
  const box = { value };
  const descriptor = { value: box, enumerable: false, configurable: true };
  Object.defineProperty(globalThis, BOX, descriptor);
  try {
    return work(box);
  } finally {
    tryPost('Runtime.releaseObjectGroup', { objectGroup: OBJECT_GROUP });
    Reflect.deleteProperty(globalThis, BOX);
  }
}

function evaluate(expression: string): Handle {
  const params = { expression, objectGroup: OBJECT_GROUP };
  return post<{ result: Handle }>('Runtime.evaluate', params).result;
}

function post<T>(method: Command, params: object): T {
  let failure: Error | null = null;
  let answer: unknown;
  connected().post(method, params, (error: Error | null, result?: object) => {
    failure = error;
    answer = result;
  });
  if (failure !== null) throw failure;
  return answer as T;
}

function tryPost<T>(method: Command, params: object): T | null {
  try {
    return post<T>(method, params);
  } catch {
    return null;
  }
}

function connected(): Session {
  if (session === null) {
    session = new Session();
    session.connect();
  }
  return session;
}
