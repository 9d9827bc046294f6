import type { ScriptCall } from '../moments-plan.js';
import type { Stop } from '../stop/stop-program.js';
import type { Evaluation } from './inspector-protocol.js';
import { type InspectorSession, OBJECT_GROUP } from './inspector-session.js';

/**
 * The name by which the program finds the function to call, through a reference that holds nothing.
 */
const KEY = "Symbol.for('showbackref.call')";

/**
 * Called with the function as `this`. A timer keeps the program running and the function alive if
 * the program itself would not. What it holds is deep down: any path of the program's own to it is
 * shorter, and so the one that an answer shows.
 */
const KEEP = `function (receiver) {
  let held = [this, receiver];
  for (let depth = 0; depth < 12; depth++) held = [held];
  const timer = setInterval(function showbackrefCall() { return held; }, 2 ** 30);
  globalThis[${KEY}] = new WeakRef(timer);
}`;

const toCall = (times: number) => `(async () => {
  let held = globalThis[${KEY}].deref()._onTimeout();
  while (held.length === 1) [held] = held;
  const [called, receiver] = held;
  for (let turn = 0; turn < ${times}; turn++) await Reflect.apply(called, receiver, []);
})()`;

const FORGET = `clearInterval(globalThis[${KEY}].deref()); delete globalThis[${KEY}];`;

/**
 * Finds a function when a script has just been loaded: among the variables of its module, its
 * exports, and globals. Keeps it alive, and the program running.
 *
 * @returns whether there is one.
 * @throws Error when the connection is lost.
 */
export async function keepCalled(
  session: InspectorSession,
  stop: Stop,
  name: string,
): Promise<boolean> {
  for (const evaluate of waysToLook(session, stop)) {
    const { result, exceptionDetails } = await evaluate(name);
    if (exceptionDetails || result.type !== 'function' || result.objectId === undefined) continue;
    const [, owner] = /^(.*)\.[^.]+$/s.exec(name) ?? [];
    const receiver = owner === undefined ? undefined : (await evaluate(owner)).result.objectId;
    await session.send('Runtime.callFunctionOn', {
      functionDeclaration: KEEP,
      objectId: result.objectId,
      arguments: [receiver === undefined ? {} : { objectId: receiver }],
    });
    await session.send('Runtime.releaseObjectGroup', { objectGroup: OBJECT_GROUP });
    return true;
  }
  return false;
}

type Evaluate = (expression: string) => Promise<Evaluation>;

function waysToLook(session: InspectorSession, { frames }: Stop): readonly Evaluate[] {
  const [frame] = frames;
  const inProgram: Evaluate = (expression) =>
    session.send('Runtime.evaluate', { expression, objectGroup: OBJECT_GROUP });
  const ofModule: Evaluate = (expression) => inProgram(`process.mainModule?.exports.${expression}`);
  if (frame === undefined) return [ofModule, inProgram];
  const { callFrameId } = frame.call;
  const inFrame: Evaluate = (expression) =>
    session.send('Debugger.evaluateOnCallFrame', {
      ...{ callFrameId, expression, objectGroup: OBJECT_GROUP },
    });
  const ofExports: Evaluate = (expression) => inFrame(`module.exports.${expression}`);
  return [inFrame, ofExports, ofModule];
}

/**
 * Calls it repeatedly; if it returns a promise, waits for that before the next call.
 *
 * @returns the error that it has thrown, in one line; null for none.
 * @throws Error when the program ends.
 */
export async function callTimes(
  session: InspectorSession,
  { times }: ScriptCall,
): Promise<string | null> {
  const expression = toCall(times);
  let stopListening = () => {};
  const ending = new Promise<never>((_, reject) => {
    stopListening = session.on('NodeRuntime.waitingForDisconnect', () =>
      reject(new Error('it ended')),
    );
  });
  const called = session.send('Runtime.evaluate', {
    ...{ expression, awaitPromise: true, returnByValue: true, objectGroup: OBJECT_GROUP },
  });
  try {
    const { exceptionDetails } = await Promise.race([called, ending]);
    if (exceptionDetails === undefined) return null;
    const { exception, text } = exceptionDetails;
    const [line = ''] = (exception?.description ?? String(exception?.value ?? text)).split('\n');
    return line;
  } finally {
    stopListening();
  }
}

/** Removes everything of ours from the program. */
export async function forgetCalled(session: InspectorSession): Promise<void> {
  await session.send('Runtime.evaluate', { expression: FORGET, objectGroup: OBJECT_GROUP });
}
