import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve as toAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CallFrame, InspectorEvents } from '../inspector/inspector-protocol.js';
import { type InspectorSession, OBJECT_GROUP } from '../inspector/inspector-session.js';
import { LoadedScripts } from '../inspector/loaded-scripts.js';
import { escapeRegExp, FORGET_COMPILE_STOP, LineStop, type LineStopOptions } from './line-stop.js';
import { sayingWhatIsAwaited } from './script-waits.js';
import type { StopMoment } from './stop-moment.js';

export interface UserFrame {
  readonly call: CallFrame;
  /** `file:///…`; empty for code from `eval`. */
  readonly url: string;
}

/** The reason why the program stopped; `now` means that a look was requested. */
export type StopReason = 'debugger' | 'line' | 'loaded' | 'now' | 'exit';

/** The place where the program is paused. */
export interface Stop {
  readonly at: StopReason;
  /**
   * Innermost first; without frames of Node itself and ours, so empty when the program just ended.
   */
  readonly frames: readonly UserFrame[];
  /** To which later ones are added. */
  readonly scripts: LoadedScripts;
}

/**
 * The reason why a program could not be paused before its end: with or without any of its code
 * having run.
 */
export type Missed = 'ended' | 'never ran';

type PausedEvent = InspectorEvents['Debugger.paused'];

/** The function in hold-program.cts that stops the program at its end. */
const EXIT_STOP = 'showbackrefExitStop';

/** The function that stops a CommonJS module at its end, where V8 does not stop at a breakpoint. */
const LOADED_STOP = 'showbackrefLoadedStop';
/** Code added after the text of the main module, so that no position in it changes. */
const STOP_WHEN_LOADED = `{
  const { Module } = require('node:module');
  const { _compile } = Module.prototype;
  globalThis.${LOADED_STOP} = function ${LOADED_STOP}() { debugger; };
  Module.prototype._compile = function (text, ...rest) {
    if (this.id !== '.') return Reflect.apply(_compile, this, [text, ...rest]);
    Module.prototype._compile = _compile;
    return Reflect.apply(_compile, this, [text + '\\n;globalThis.${LOADED_STOP}?.();', ...rest]);
  };
}\n//# sourceURL=node:showbackref`;

/**
 * The function that stops the program at once, busy or idle: V8 evaluates between two turns of any
 * loop.
 */
const LOOK_STOP = 'showbackrefLookStop';
const LOOK_NOW = `(function ${LOOK_STOP}() { debugger; })()\n//# sourceURL=node:showbackref`;

export interface StopRequest extends LineStopOptions {
  readonly file: string;
  readonly moment: StopMoment;
  /** Aborted to look now, whatever the moment. */
  readonly lookNow?: AbortSignal | undefined;
}

/**
 * Lets a held program run until `moment`. It never runs if its file cannot be parsed or is of an
 * unknown kind; it is missed if it ends in a way that skips its exit listeners.
 *
 * @throws Error if the connection is lost, because the program was killed, for example.
 */
export async function runToStop(
  session: InspectorSession,
  { file, moment, lookNow, ...options }: StopRequest,
): Promise<Stop | Missed> {
  const scripts = new LoadedScripts(session);
  scripts.listen();
  // before anything is sent: all that arranges for a stop has to arrive before the program is let go
  const end = moment.kind === 'loaded' ? await endOf(file) : null;
  const lineStop =
    moment.kind === 'line' ? new LineStop(session, { scripts, wanted: moment }, options) : null;
  const [stop] = await Promise.all([
    sayingWhatIsAwaited(waitForStop(session, { moment, scripts, lineStop }), {
      ...{ ...options, file, moment, waitsFor: () => lineStop?.waitsFor ?? null },
    }),
    session.send('Debugger.enable', {}),
    session.send('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true }),
    prepareStop(session, { moment, lookNow, end, lineStop }),
    release(session),
  ]);
  if ((stop !== null && stop.at !== 'exit') || stop?.frames.length) return stop;
  const isMissed = lineStop !== null && stop !== null && hasRun(file, scripts.urls);
  if (isMissed) options.onNote?.(`${lineStop.missed(file)}: this is its heap at the end.`);
  return hasRun(file, scripts.urls) ? (stop ?? 'ended') : 'never ran';
}

/**
 * Lets a program that `runToStop` stopped run on to its next `debugger;`.
 *
 * @returns null if it ends before.
 * @throws Error when the connection is lost.
 */
export async function runOn(session: InspectorSession, { scripts }: Stop): Promise<Stop | null> {
  const next = waitForStop(session, { moment: { kind: 'debugger' }, scripts, lineStop: null });
  await session.send('Debugger.resume', {});
  return next;
}

interface Prepared extends Pick<StopRequest, 'moment' | 'lookNow'> {
  /** The end of a script that is looked at when it is loaded. */
  readonly end: ScriptEndPlace | null;
  readonly lineStop: LineStop | null;
}

/** Arranges the stops that neither the program nor its end causes. */
async function prepareStop(
  session: InspectorSession,
  { moment, lookNow, end, lineStop }: Prepared,
): Promise<void> {
  // the answer comes when the program runs on, or never
  const request = { expression: LOOK_NOW, objectGroup: OBJECT_GROUP };
  const look = () => void session.sendAlone('Runtime.evaluate', request).catch(() => undefined);
  lookNow?.addEventListener('abort', look, { once: true });
  if (moment.kind === 'after') {
    const timer = setTimeout(look, moment.ms);
    void session.disconnected.then(() => clearTimeout(timer));
  }
  if (end !== null) await stopWhenLoaded(session, end);
  await lineStop?.prepare();
}

interface ScriptEndPlace {
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** The place after the last character of a script. */
async function endOf(file: string): Promise<ScriptEndPlace> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  return {
    url: pathToFileURL(realpathSync(toAbsolute(file))).href,
    lineNumber: lines.length - 1,
    columnNumber: lines.at(-1)?.length ?? 0,
  };
}

/** Stops an ES module at a breakpoint after its last character. */
async function stopWhenLoaded(
  session: InspectorSession,
  { url, ...place }: ScriptEndPlace,
): Promise<void> {
  await Promise.all([
    session.send('Debugger.setBreakpointByUrl', {
      urlRegex: `^${escapeRegExp(url)}([?#].*)?$`,
      ...place,
    }),
    session.send('Runtime.evaluate', {
      ...{ expression: STOP_WHEN_LOADED, includeCommandLineAPI: true, objectGroup: OBJECT_GROUP },
    }),
  ]);
}

/** In order, after the debugger was enabled: see hold-program.cts. */
async function release(session: InspectorSession): Promise<void> {
  const expression = "process[Symbol.for('showbackref.hold')].isOn = false";
  const answer = await session.send('Runtime.evaluate', { expression, objectGroup: OBJECT_GROUP });
  if (answer.exceptionDetails) throw new Error('it cannot be released');
}

/** Removes our listener from the paused program, so that it is not in its heap. */
export async function removeExitStop(session: InspectorSession): Promise<void> {
  const expression = `${FORGET_COMPILE_STOP} delete globalThis.${LOADED_STOP};
    for (const listener of process.rawListeners('exit'))
    if ((listener.listener ?? listener).name === '${EXIT_STOP}')
      process.removeListener('exit', listener);`;
  await session.send('Runtime.evaluate', { expression, objectGroup: OBJECT_GROUP });
}

interface Awaited {
  readonly moment: StopMoment;
  readonly scripts: LoadedScripts;
  readonly lineStop: LineStop | null;
}

/** Resolves to null when the program ends in a way that passes by its exit listeners. */
function waitForStop(session: InspectorSession, awaited: Awaited): Promise<Stop | null> {
  const subscriptions: (() => void)[] = [];
  const stopped = new Promise<Stop | null>((resolve, reject) => {
    const goOn = () => session.send('Debugger.resume', {});
    const onPaused = (event: PausedEvent) => {
      const arranging = awaited.lineStop?.onPaused(event) ?? null;
      if (arranging !== null) {
        arranging.then(goOn).catch(reject);
        return;
      }
      const stop = toStop(event, awaited.scripts);
      if (isWanted(stop, event, awaited)) resolve(stop);
      else goOn().catch(reject);
    };
    subscriptions.push(
      session.on('Debugger.paused', onPaused),
      session.on('NodeRuntime.waitingForDisconnect', () => resolve(null)),
    );
    session.disconnected.then(() => reject(new Error('it ended')));
  });
  return stopped.finally(() => {
    for (const unsubscribe of subscriptions) unsubscribe();
  });
}

function isWanted({ at }: Stop, event: PausedEvent, { moment, lineStop }: Awaited): boolean {
  if (at === 'debugger') return moment.kind === 'debugger';
  return at !== 'line' || lineStop === null || lineStop.isAt(event);
}

function toStop(event: PausedEvent, scripts: LoadedScripts): Stop {
  const { callFrames } = event;
  const frames = callFrames.map((call) => ({
    call,
    url: scripts.urls.get(call.location.scriptId) ?? '',
  }));
  const isUsers = ({ call, url }: UserFrame) =>
    call.functionName !== EXIT_STOP && !url.startsWith('node:');
  return { at: reasonOf(event), frames: frames.filter(isUsers), scripts };
}

function reasonOf({ callFrames, hitBreakpoints = [] }: PausedEvent): StopReason {
  switch (callFrames[0]?.functionName) {
    case EXIT_STOP:
      return 'exit';
    case LOOK_STOP:
      return 'now';
    case LOADED_STOP:
      return 'loaded';
    default:
      return hitBreakpoints.length > 0 ? 'line' : 'debugger';
  }
}

/**
 * True if a file has run: loaders add queries to the URLs of modules, and Node.js 22 names
 * TypeScript by its path.
 */
function hasRun(file: string, urls: ReadonlyMap<string, string>): boolean {
  const absolute = toAbsolute(file);
  const paths = [absolute, realpathSync(absolute)];
  const own = [...paths, ...paths.map((path) => pathToFileURL(path).href)];
  return [...urls.values()].some((url) => own.includes(url.replace(/\?.*$/, '')));
}
