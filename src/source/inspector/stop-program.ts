import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve as toAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CallFrame, InspectorEvents } from './inspector-protocol.js';
import { type InspectorSession, OBJECT_GROUP } from './inspector-session.js';

/**
 * The moment at which to look at a script. Whatever was asked for, a program that ends before is
 * looked at when it ends.
 */
export type ScriptMoment =
  /** At its first `debugger;` statement. */
  | { readonly kind: 'debugger' }
  | { readonly kind: 'exit' }
  /** Before a line of one of its files; `file` is any ending of the path, `line` starts at 1. */
  | { readonly kind: 'line'; readonly file: string; readonly line: number }
  /** This many milliseconds after its start. */
  | { readonly kind: 'after'; readonly ms: number };

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
  /** Script ids and their URLs; later scripts are added. */
  readonly urls: ReadonlyMap<string, string>;
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

/** `loaded`: at the end of the script's own code, when all of its variables exist. */
export type StopMoment = ScriptMoment | { readonly kind: 'loaded' };

export interface StopRequest {
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
  { file, moment, lookNow }: StopRequest,
): Promise<Stop | Missed> {
  const urls = new Map<string, string>();
  session.on('Debugger.scriptParsed', ({ scriptId, url }) => urls.set(scriptId, url));
  // before anything is sent: everything that arranges a stop has to arrive before the program is
  // released
  const end = moment.kind === 'loaded' ? await endOf(file) : null;
  const [stop] = await Promise.all([
    waitForStop(session, moment, urls),
    session.send('Debugger.enable', {}),
    session.send('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true }),
    prepareStop(session, { moment, lookNow, end }),
    release(session),
  ]);
  if ((stop !== null && stop.at !== 'exit') || stop?.frames.length) return stop;
  return hasRun(file, urls) ? (stop ?? 'ended') : 'never ran';
}

/**
 * Lets a program that `runToStop` stopped run on to its next `debugger;`.
 *
 * @returns null if it ends before.
 * @throws Error when the connection is lost.
 */
export async function runOn(session: InspectorSession, { urls }: Stop): Promise<Stop | null> {
  const next = waitForStop(session, { kind: 'debugger' }, urls);
  await session.send('Debugger.resume', {});
  return next;
}

interface Prepared extends Pick<StopRequest, 'moment' | 'lookNow'> {
  /** The end of a script that is looked at when it is loaded. */
  readonly end: ScriptEndPlace | null;
}

/** Arranges the stops that neither the program nor its end causes. */
async function prepareStop(
  session: InspectorSession,
  { moment, lookNow, end }: Prepared,
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
  if (moment.kind === 'line') {
    await session.send('Debugger.setBreakpointByUrl', {
      urlRegex: `(^|[/\\\\])${escapeRegExp(moment.file)}([?#].*)?$`,
      lineNumber: moment.line - 1,
    });
  }
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

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** In order, after the debugger was enabled: see hold-program.cts. */
async function release(session: InspectorSession): Promise<void> {
  const expression = "process[Symbol.for('showbackref.hold')].isOn = false";
  const answer = await session.send('Runtime.evaluate', { expression, objectGroup: OBJECT_GROUP });
  if (answer.exceptionDetails) throw new Error('it cannot be released');
}

/** Removes our listener from the paused program, so that it is not in its heap. */
export async function removeExitStop(session: InspectorSession): Promise<void> {
  const expression = `delete globalThis.${LOADED_STOP};
    for (const listener of process.rawListeners('exit'))
    if ((listener.listener ?? listener).name === '${EXIT_STOP}')
      process.removeListener('exit', listener);`;
  await session.send('Runtime.evaluate', { expression, objectGroup: OBJECT_GROUP });
}

/** Resolves to null if the program ends in a way that skips its exit listeners. */
function waitForStop(
  session: InspectorSession,
  moment: StopMoment,
  urls: ReadonlyMap<string, string>,
): Promise<Stop | null> {
  const subscriptions: (() => void)[] = [];
  const stopped = new Promise<Stop | null>((resolve, reject) => {
    const onPaused = (event: PausedEvent) => {
      const stop = toStop(event, urls);
      const isWanted = stop.at !== 'debugger' || moment.kind === 'debugger';
      if (isWanted) {
        resolve(stop);
      } else {
        session.send('Debugger.resume', {}).catch(reject);
      }
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

function toStop(event: PausedEvent, urls: ReadonlyMap<string, string>): Stop {
  const { callFrames } = event;
  const frames = callFrames.map((call) => ({ call, url: urls.get(call.location.scriptId) ?? '' }));
  const isUsers = ({ call, url }: UserFrame) =>
    call.functionName !== EXIT_STOP && !url.startsWith('node:');
  return { at: reasonOf(event), frames: frames.filter(isUsers), urls };
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
