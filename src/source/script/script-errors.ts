import { ShowBackrefError } from '../../errors.js';
import { option, type Sentence, say } from '../../util/sentence.js';
import type { ScriptEnd } from './spawn-script.js';

/** How far a script got: the message about its end depends on it. */
export type ScriptPhase = 'starting' | 'running' | 'capturing';

export function scriptNotFound(file: string, cause: unknown): ShowBackrefError {
  const text = `there is no script ${JSON.stringify(file)}: check the path`;
  return new ShowBackrefError('SOURCE_NOT_FOUND', text, { cause });
}

export function scriptIsFolder(file: string): ShowBackrefError {
  const text = `${JSON.stringify(file)} is a folder: name the script in it`;
  return new ShowBackrefError('SOURCE_NOT_FOUND', text);
}

export function inspectorFlagGiven(flag: string): ShowBackrefError {
  const text = `${JSON.stringify(flag)} cannot be given to Node.js: the script's inspector is ours, leave it out`;
  return new ShowBackrefError('USAGE', text);
}

export function interrupted(file: string): ShowBackrefError {
  return new ShowBackrefError('INTERRUPTED', `interrupted: ${JSON.stringify(file)} was ended`);
}

/** A note on a script that was looked at when it had ended. */
export function endedWithoutDebugger(file: string): Sentence {
  return say`${JSON.stringify(file)} ended without a "debugger;" statement: variables of its modules that no function uses are gone. Put "debugger;" where they are, or name a line with ${option('when')} FILE:LINE.`;
}

/** For the failure `cause` while the script was alive. */
export function scriptUnreachable(file: string, cause: unknown): ShowBackrefError {
  const { message } = cause as Error;
  const text = `cannot look into ${JSON.stringify(file)}: ${message}; try again`;
  return new ShowBackrefError('SOURCE_UNREACHABLE', text, { cause });
}

/** The error for a script that ended too early, but not because of us. */
export function scriptEnded(
  file: string,
  { phase, end, execPath, cause }: EndedScript,
): ShowBackrefError {
  if (end.code === null && end.signal === null) return nodeNotStarted(execPath, cause);
  const how = describeEnd(end);
  const quoted = JSON.stringify(file);
  const text = {
    starting: say`Node.js ended ${how} before ${quoted} was started: see its message above, check ${option('nodeArg')}`,
    running: `${quoted} ended ${how} before its heap could be looked at: put "debugger;" in an earlier place`,
    capturing: `${quoted} ended ${how} while its heap was taken, which needs several times its memory: free some and try again`,
  }[phase];
  return new ShowBackrefError('SOURCE_UNREACHABLE', text, { cause });
}

export interface EndedScript {
  readonly phase: ScriptPhase;
  readonly end: ScriptEnd;
  readonly execPath: string;
  readonly cause?: unknown;
}

/**
 * The error for a script that was started but did not run a line. `version` is that of its Node.js.
 */
export function scriptNeverRan(
  file: string,
  { end, version }: { end: ScriptEnd; version: string },
): ShowBackrefError {
  const failed = `${JSON.stringify(file)} ended ${describeEnd(end)} before any of it ran`;
  const hint = /\.[cm]?tsx?$/i.test(file)
    ? say`Node.js ${version} may need a loader for TypeScript, such as ${option('nodeArg')}=--import=tsx`
    : 'see its message above';
  return new ShowBackrefError('SOURCE_UNREACHABLE', say`${failed}: ${hint}`);
}

export function nothingToCall(file: string, name: string): ShowBackrefError {
  const text = say`${JSON.stringify(file)} has no function for ${option('call', name)} among its variables, its exports and globals; give the name of one, such as handle or api.handle`;
  return new ShowBackrefError('NOTHING_SELECTED', text);
}

/** The error for a call; `thrown` in one line. */
export function callFailed(file: string, name: string, thrown: string): ShowBackrefError {
  const text = `${name} of ${JSON.stringify(file)} threw ${JSON.stringify(thrown)}; have it work without arguments, or name one that does`;
  return new ShowBackrefError('SOURCE_REFUSED', text);
}

function nodeNotStarted(execPath: string, cause: unknown): ShowBackrefError {
  const reason = cause instanceof Error ? cause.message : 'it cannot be run';
  const text = `cannot start Node.js as ${JSON.stringify(execPath)}: ${reason}; check its path`;
  return new ShowBackrefError('SOURCE_UNREACHABLE', text, { cause });
}

function describeEnd({ code, signal }: ScriptEnd): string {
  return signal === null ? `with exit code ${code}` : `by signal ${signal}`;
}
