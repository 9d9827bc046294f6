import type { REPLServer } from 'node:repl';
import { types } from 'node:util';
import { ShowBackrefError } from '../errors.js';
import type { GraphCommand } from '../question/graph-question.js';
import { escapeTerminal } from '../report/escape-terminal.js';
import type { RunTyped, TypedCommand } from './prompt-command.js';

/**
 * The first frame of the code that a command has evaluated; frames below it are ours and Node's.
 */
const PROMPT_FRAME = /\n\s+at [^\n]*\bREPL:\d+:\d/;

/** Commands at the prompt of the program that they look at. */
const COMMANDS: Readonly<Record<string, RunTyped>> = {
  types: async (typed) => (await import('./table-commands.js')).runTypesLine(typed),
  growth: async (typed) => (await import('./table-commands.js')).runGrowthLine(typed),
  leaks: async (typed) => (await import('./leaks-command.js')).runLeaksLine(typed),
  backrefs: async (typed) => (await import('./graph-commands.js')).runGraphLine('backrefs', typed),
  refs: async (typed) => (await import('./graph-commands.js')).runGraphLine('refs', typed),
  chain: async (typed) => (await import('./graph-commands.js')).runGraphLine('chain', typed),
  lprun: async (typed) => (await import('./profile-command.js')).runLprun(typed),
  mprun: async (typed) => (await import('./profile-command.js')).runMprun(typed),
};

/** Commands in `node inspect`, where they look at another program. */
const COMMANDS_ON_DEBUGGEE: Readonly<Record<string, RunTyped>> = {
  types: async (typed) => (await import('./debuggee-commands.js')).runDebuggeeTypes(typed),
  growth: async (typed) => (await import('./debuggee-commands.js')).runDebuggeeGrowth(typed),
  backrefs: onDebuggee('backrefs'),
  refs: onDebuggee('refs'),
  chain: onDebuggee('chain'),
  leaks: refuseLeaks,
  lprun: refuse,
  mprun: refuse,
};

/** Commands that are the same everywhere. */
const OTHER_COMMANDS: Readonly<Record<string, RunTyped>> = {
  showbackref: async (typed) => (await import('./help-commands.js')).tellCommands(typed),
  load_ext: async (typed) => (await import('./help-commands.js')).loadExtension(typed),
};

/**
 * Runs a command; reports its own errors in one sentence, and passes through errors of the user's
 * code.
 */
export async function runReplCommand(
  server: REPLServer,
  name: string,
  text: string,
  signal: AbortSignal,
): Promise<void> {
  const commands = isDebugger(server) ? COMMANDS_ON_DEBUGGEE : COMMANDS;
  try {
    await { ...commands, ...OTHER_COMMANDS }[name]?.({ server, name, text, signal });
  } catch (error) {
    if (error instanceof ShowBackrefError) {
      const lines = error.inWords('flags').map(escapeTerminal);
      server.output.write(`showbackref: ${lines.join('\n')}\n`);
    } else server.output.write(`Uncaught ${describeError(server, error)}\n`);
  }
}

/** Describes an error without the frames of the prompt itself, as Node's prompt does. */
function describeError(server: REPLServer, error: unknown): string {
  if (types.isNativeError(error) && typeof error.stack === 'string' && !Object.isFrozen(error)) {
    Object.assign(error, { stack: error.stack.split(PROMPT_FRAME)[0] });
  }
  // one without a stack is put into brackets
  return server.writer(error).replace(/^\[([^\n]*)\]$/, '$1');
}

/** True for `node inspect`, which can only be recognised by the names at its prompt. */
function isDebugger({ context }: REPLServer): boolean {
  return ['exec', 'HeapProfiler', 'takeHeapSnapshot'].every((name) => name in context);
}

function onDebuggee(command: GraphCommand): RunTyped {
  return async (typed) => (await import('./debuggee-commands.js')).runDebuggeeGraph(command, typed);
}

async function refuse({ name }: TypedCommand): Promise<void> {
  throw new ShowBackrefError(
    'USAGE',
    `.${name} measures the program that its prompt is in, and node inspect runs yours in another process; use "showbackref ${name} SCRIPT -f FUNC"`,
  );
}

async function refuseLeaks(): Promise<void> {
  throw new ShowBackrefError(
    'USAGE',
    '.leaks looks at the program that its prompt is in, and node inspect runs yours in another process; save a heap at each stop with "showbackref capture" and use "showbackref leaks"',
  );
}
