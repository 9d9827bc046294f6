import { realpathSync } from 'node:fs';
import { resolve as toAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CallFrame, InspectorEvents } from './inspector-protocol.js';
import { type InspectorSession, OBJECT_GROUP } from './inspector-session.js';

/** When to look at a script: its first `debugger;` statement or else its end, or only its end. */
export type ScriptMoment = 'debugger' | 'exit';

export interface UserFrame {
  readonly call: CallFrame;
  /** `file:///…`; empty for code from `eval`. */
  readonly url: string;
}

/** Where the program is paused. */
export interface Stop {
  readonly at: ScriptMoment;
  /** Innermost first; neither Node's own frames nor ours, so none when the program just ended. */
  readonly frames: readonly UserFrame[];
}

/** A program that was over before it could be paused: with or without any of its code having run. */
export type Missed = 'ended' | 'never ran';

type PausedEvent = InspectorEvents['Debugger.paused'];

/** The function in hold-program.ts that stops the program at its end. */
const EXIT_STOP = 'showbackrefExitStop';

/**
 * Lets a held program run until `moment`. It never runs when its file cannot be parsed or is of an
 * unknown kind; it is missed when it ends in a way that passes by its exit listeners.
 *
 * @throws Error when the connection is lost, because the program was killed, for example.
 */
export async function runToStop(
  session: InspectorSession,
  { file, moment }: { file: string; moment: ScriptMoment },
): Promise<Stop | Missed> {
  const urls = new Map<string, string>();
  session.on('Debugger.scriptParsed', ({ scriptId, url }) => urls.set(scriptId, url));
  const [stop] = await Promise.all([
    waitForStop(session, moment, urls),
    session.send('Debugger.enable', {}),
    session.send('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true }),
    release(session),
  ]);
  if (stop?.at === 'debugger' || stop?.frames.length) return stop;
  return hasRun(file, urls) ? (stop ?? 'ended') : 'never ran';
}

/** In order, after the debugger was enabled: see hold-program.ts. */
async function release(session: InspectorSession): Promise<void> {
  const expression = "process[Symbol.for('showbackref.hold')].isOn = false";
  const answer = await session.send('Runtime.evaluate', { expression, objectGroup: OBJECT_GROUP });
  if (answer.exceptionDetails) throw new Error('it cannot be let go');
}

/** Takes our listener out of the paused program again, so that it is not in its heap. */
export async function removeExitStop(session: InspectorSession): Promise<void> {
  const expression = `for (const listener of process.rawListeners('exit'))
    if ((listener.listener ?? listener).name === '${EXIT_STOP}')
      process.removeListener('exit', listener);`;
  await session.send('Runtime.evaluate', { expression, objectGroup: OBJECT_GROUP });
}

/** Resolves to null when the program ends in a way that passes by its exit listeners. */
function waitForStop(
  session: InspectorSession,
  moment: ScriptMoment,
  urls: ReadonlyMap<string, string>,
): Promise<Stop | null> {
  return new Promise((resolve, reject) => {
    session.on('Debugger.paused', (event) => {
      const stop = toStop(event, urls);
      if (stop.at === 'exit' || moment === 'debugger') {
        resolve(stop);
      } else {
        session.send('Debugger.resume', {}).catch(reject);
      }
    });
    session.on('NodeRuntime.waitingForDisconnect', () => resolve(null));
    session.disconnected.then(() => reject(new Error('it ended')));
  });
}

function toStop({ callFrames }: PausedEvent, urls: ReadonlyMap<string, string>): Stop {
  const frames = callFrames.map((call) => ({ call, url: urls.get(call.location.scriptId) ?? '' }));
  const isUsers = ({ call, url }: UserFrame) =>
    call.functionName !== EXIT_STOP && !url.startsWith('node:');
  return {
    at: callFrames[0]?.functionName === EXIT_STOP ? 'exit' : 'debugger',
    frames: frames.filter(isUsers),
  };
}

/** Loaders add queries to the URLs of modules, and Node.js 22 names TypeScript by its path. */
function hasRun(file: string, urls: ReadonlyMap<string, string>): boolean {
  const absolute = toAbsolute(file);
  const paths = [absolute, realpathSync(absolute)];
  const own = [...paths, ...paths.map((path) => pathToFileURL(path).href)];
  return [...urls.values()].some((url) => own.includes(url.replace(/\?.*$/, '')));
}
