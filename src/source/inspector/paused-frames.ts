import type { LiveFrame } from '../opened-source.js';
import type { UserFrame } from '../stop/stop-program.js';
import type { PropertyDescriptor, RemoteObject, Scope } from './inspector-protocol.js';
import type { InspectorSession } from './inspector-session.js';

/** A frame whose variables are still handles instead of heap ids. */
export interface ReadFrame {
  readonly place: Omit<LiveFrame, 'locals'>;
  /** Only the variables that hold objects, innermost scope first, and `this`. */
  readonly objects: readonly { readonly name: string; readonly objectId: string }[];
  /** The global object that the frame sees. */
  readonly globalId: string | undefined;
}

/** The parameters of the function that Node.js wraps around a CommonJS module. */
const MODULE_PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];

/**
 * Reads the variables of each frame. The handles belong to the group `backtrace`.
 *
 * @throws Error when the connection is lost.
 */
export function readFrames(
  session: InspectorSession,
  frames: readonly UserFrame[],
): Promise<ReadFrame[]> {
  return Promise.all(frames.map((frame) => readFrame(session, frame)));
}

async function readFrame(session: InspectorSession, frame: UserFrame): Promise<ReadFrame> {
  const { functionName, location, scopeChain, this: receiver } = frame.call;
  const scopes = selectOwnScopes(scopeChain);
  const variables = (await Promise.all(scopes.map((scope) => readScope(session, scope)))).flat();
  const isBody = functionName === '' && isTopLevel(scopeChain, variables);
  // the `this` of a module is its exports, which have a name already
  const own = isBody ? variables : [...variables, { name: 'this', value: receiver }];
  return {
    place: {
      functionName,
      isTopLevel: isBody,
      scriptId: Number(location.scriptId),
      url: frame.url,
      line: location.lineNumber + 1,
      column: (location.columnNumber ?? 0) + 1,
    },
    objects: own.flatMap(({ name, value }) => {
      const objectId = value && toObjectId(value);
      return objectId === undefined ? [] : [{ name, objectId }];
    }),
    globalId: scopeChain.find(({ type }) => type === 'global')?.object.objectId,
  };
}

/** The handle of an object or a function; undefined for primitive values, including symbols. */
export function toObjectId({ type, objectId }: RemoteObject): string | undefined {
  return type === 'object' || type === 'function' ? objectId : undefined;
}

/**
 * The scopes that end with the frame. Blocks, `catch` and `with` come before the function's own
 * scope; those further out belong to the functions around it, whatever their type says. Variables
 * of classic scripts, including lines of a REPL, outlive their frame: the heap itself names them.
 */
function selectOwnScopes(scopeChain: readonly Scope[]): readonly Scope[] {
  const outer = scopeChain.findIndex(({ type }) => /^(closure|script|global)$/.test(type));
  const inner = outer < 0 ? scopeChain : scopeChain.slice(0, outer);
  const last = inner.findIndex(({ type }) => /^(local|module|eval)$/.test(type));
  return last < 0 ? inner : inner.slice(0, last + 1);
}

async function readScope(
  session: InspectorSession,
  { object }: Scope,
): Promise<readonly PropertyDescriptor[]> {
  if (object.objectId === undefined) return [];
  const { objectId } = object;
  return (await session.send('Runtime.getProperties', { objectId, ownProperties: true })).result;
}

/** True if a frame without a function name is the body of a module or script. */
function isTopLevel(
  scopeChain: readonly Scope[],
  variables: readonly PropertyDescriptor[],
): boolean {
  const functionScope = scopeChain.find(({ type }) => !/^(block|catch|with)$/.test(type));
  if (functionScope?.type !== 'local') return functionScope?.type !== 'closure';
  const names = new Set(variables.map(({ name }) => name));
  return MODULE_PARAMETERS.every((name) => names.has(name));
}
