import { setTimeout as wait } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import { streamHeap } from '../inspector/heap-stream.js';
import type { InspectorEvents } from '../inspector/inspector-protocol.js';
import { type InspectorSession, OBJECT_GROUP } from '../inspector/inspector-session.js';
import { LoadedScripts } from '../inspector/loaded-scripts.js';
import { readPausedProgram } from '../inspector/paused-program.js';
import type { MappedScriptText, OpenedSource } from '../opened-source.js';
import type { UserFrame } from '../stop/stop-program.js';
import {
  advance,
  CALLS,
  releaseLock,
  type SelfWorkerData,
  Step,
  tryLock,
} from './self-protocol.js';
import { connectToProgram } from './self-session.js';

/** How often to check whether the call has returned without having been stopped. */
const POLL_MS = 2;
/** How long another worker may take for its heap. */
const LOCK_MS = 60_000;
/** The function in self-call.ts that stops the program. */
const STOP = 'showbackrefStop';

export interface SelfSource extends OpenedSource {
  /** The heap was taken within the call, so its arguments were on the program's stack. */
  readonly isWithinCall: boolean;
}

type PausedEvent = InspectorEvents['Debugger.paused'];

/** The state of the program when the worker looked at it. */
interface Moment {
  /** Paused by the call, paused by another debugger, or running. */
  readonly state: 'stopped' | 'paused' | 'running';
  readonly frames: readonly UserFrame[];
  /** The scripts that have their source map in them. */
  readonly scripts: readonly MappedScriptText[];
}

/**
 * In a worker: takes the heap of the program that made the call, with the variables of its frames
 * if it is paused. `live.evaluated` is our own list of targets, and then the call's targets in
 * order. The heap is on its way when this resolves, and the program runs on as soon as V8 has
 * written it.
 *
 * @throws Error if the program cannot be looked at; it then runs on.
 */
export async function openSelf(data: SelfWorkerData<unknown>): Promise<SelfSource> {
  const session = connectToProgram();
  // in this order: the next worker must not get its ids before this session is closed
  void session.disconnected.then(() => releaseLock(data.lock, threadId));
  try {
    const moment = await awaitMoment(session, data);
    try {
      await awaitLock(data.lock);
      return await takeHeap(session, moment, data);
    } finally {
      // queued after the heap: the program does not wait for us to read it
      if (moment.state === 'stopped') letGo(session);
    }
  } catch (error) {
    await session.close();
    throw error;
  }
}

/**
 * Keeps two workers from taking the heap at once, which happens if a debugger's console makes the
 * calls: V8 may renumber all objects between two heaps, and the ids of one would mean other objects
 * in the other.
 *
 * @throws Error if the other worker takes too long.
 */
async function awaitLock(lock: SharedArrayBuffer): Promise<void> {
  const last = performance.now() + LOCK_MS;
  while (!tryLock(lock, threadId)) {
    if (performance.now() > last) throw new Error('another call is still taking its heap');
    await wait(POLL_MS);
  }
}

/** Resolves once the heap was requested. */
async function takeHeap(
  session: InspectorSession,
  { state, frames, scripts }: Moment,
  { number, targets: [start, end] }: SelfWorkerData<unknown>,
): Promise<SelfSource> {
  const list = `${CALLS}.targets`;
  const targets = Array.from({ length: end - start }, (_, i) => `${list}[${start + i}]`);
  const expressions = [list, ...targets];
  const seen = await readPausedProgram(session, frames, expressions).catch((error) => {
    // another debugger may have resumed the program meanwhile
    if (state !== 'paused') throw error;
    return readPausedProgram(session, [], expressions);
  });
  await evaluate(session, `${CALLS}.byNumber[${number}].end()`);
  const bytes = streamHeap(session, { onLast: () => void session.close() });
  const first = bytes.next();
  // the reader of the bytes receives the error
  first.catch(() => undefined);
  return {
    kind: 'process',
    name: 'this program',
    bytes: continueFrom(first, bytes),
    live: { producer: `Node.js ${process.version}`, ...seen, scripts },
    isWithinCall: state === 'stopped',
    close: () => session.close(),
  };
}

function letGo(session: InspectorSession): void {
  session.send('Debugger.resume', {}).catch(() => undefined);
  ignorePauses(session);
}

/** From here on the program's own `debugger;` statements do not stop it for us. */
function ignorePauses(session: InspectorSession): void {
  session.send('Debugger.disable', {}).catch(() => undefined);
}

async function* continueFrom<T>(
  first: Promise<IteratorResult<T>>,
  rest: AsyncIterator<T>,
): AsyncGenerator<T> {
  for (let item = await first; item.done !== true; item = await rest.next()) yield item.value;
}

/** Connects, tells the call that it may stop, and waits until it has stopped or returned. */
async function awaitMoment(
  session: InspectorSession,
  { step, number, ownFolder }: SelfWorkerData<unknown>,
): Promise<Moment> {
  const steps = new Int32Array(step);
  const loaded = new LoadedScripts(session);
  loaded.listen();
  const pauses: PausedEvent[] = [];
  session.on('Debugger.paused', (event) => pauses.push(event));
  const taken = Promise.all([
    evaluate(session, `${CALLS}.byNumber[${number}].isHeard = true`),
    session.send('Debugger.enable', {}),
  ]);
  advance(steps, Step.starting, Step.connected);
  await taken;
  if (advance(steps, Step.connected, Step.ready)) await stopOrLeave(session, steps);
  // a pause by another debugger was reported before our debugger was enabled
  const [pause] = pauses;
  const scripts = await loaded.mapped();
  if (pause === undefined) {
    ignorePauses(session);
    return { state: 'running', frames: [], scripts };
  }
  const isOurs = pause.callFrames[0]?.functionName === STOP;
  const frames = toUserFrames(pause, loaded.urls, ownFolder);
  return { state: isOurs ? 'stopped' : 'paused', frames, scripts };
}

function stopOrLeave(session: InspectorSession, steps: Int32Array): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      clearInterval(poll);
      unsubscribe();
      resolve();
    };
    const poll = setInterval(() => Atomics.load(steps, 0) === Step.left && settle(), POLL_MS);
    const unsubscribe = session.on('Debugger.paused', () => {
      advance(steps, Step.ready, Step.paused);
      settle();
    });
  });
}

/** Leaves out frames of Node itself and ours. */
function toUserFrames(
  { callFrames }: PausedEvent,
  urls: ReadonlyMap<string, string>,
  ownFolder: string,
): readonly UserFrame[] {
  return callFrames
    .map((call) => ({ call, url: urls.get(call.location.scriptId) ?? '' }))
    .filter(({ url }) => !url.startsWith('node:') && !url.startsWith(ownFolder));
}

async function evaluate(session: InspectorSession, expression: string): Promise<void> {
  const answer = await session.send('Runtime.evaluate', { expression, objectGroup: OBJECT_GROUP });
  if (answer.exceptionDetails) throw new Error('it no longer knows the call');
}
