import { register } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import repl from 'node:repl';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { hookTexts } from '../lines/probe/load-hooks.js';
import { newerModule } from '../lines/probe/newer-node.js';
import './repl.cjs';
import { openScope, SCRIPT, type ScriptScope } from '../prompt/script-scope.js';

/** Also used by run-repl.ts; its value is the file as Node.js finds it, with links followed. */
const SCRIPT_VARIABLE = 'SHOWBACKREF_REPL';

/** Names that the prompt defines itself, or that Node.js defines in every module. */
const TAKEN = ['_', '_error', 'module', 'exports', 'require', 'repl'];

/** Stack frames of the code that loads a script. */
const LOADING = /^\s+at .*(?:node:internal\/|\/profile\/load-hooks\.js)/;

/**
 * Loaded by Node.js into the process of `showbackref repl SCRIPT` before the script (`--import`):
 * shows a prompt when the script has come to its end; at the prompt the script's own variables can
 * be named.
 */
const script = process.env[SCRIPT_VARIABLE];
// Worker threads load this module, too, and so do processes that the script forks.
if (isMainThread && script !== undefined) start(script);

function start(file: string): void {
  delete process.env[SCRIPT_VARIABLE];
  const found: ScriptScope[] = [];
  const show = once(() => showPrompt(found[0] ?? null));
  Object.defineProperty(globalThis, SCRIPT, {
    configurable: true,
    value(scope: ScriptScope) {
      Reflect.deleteProperty(globalThis, SCRIPT);
      found.push(scope);
      void awaitEnd(scope, file).then(show);
    },
  });
  openScopeOf(file);
  process.on('uncaughtException', (error) => {
    process.stderr.write(`Uncaught ${describeError(error)}\n`);
    setImmediate(show);
  });
}

/** Resolves when the script has run to its end or to an error, or when Ctrl-C ends the waiting. */
async function awaitEnd({ kind }: ScriptScope, file: string): Promise<void> {
  const turn = new Promise((resolve) => setImmediate(resolve));
  if (kind !== 'module') return void (await turn);
  // it is already being evaluated, so this does not start it a second time
  const end = import(pathToFileURL(file).href).catch(() => undefined);
  // a script that never yields cannot be interrupted from here: Ctrl-C ends it
  await Promise.race([end, turn]);
  await new Promise<void>((resolve) => {
    const stop = () => {
      process.off('SIGINT', stop);
      resolve();
    };
    process.on('SIGINT', stop);
    void end.then(stop);
  });
}

function openScopeOf(file: string): void {
  const url = pathToFileURL(file).href;
  const isScript = (place: string) =>
    (place.startsWith('file:') ? fileURLToPath(place) : place) === file;
  const probe = (source: string, format: string, place: string) => {
    const [, kind = '', types] = /^(module|commonjs)(-typescript)?$/.exec(format) ?? [];
    if (!isScript(place) || kind === '') return null;
    const text = types === undefined ? source : newerModule.stripTypeScriptTypes?.(source);
    return text === undefined ? null : openScope(text, kind as 'module' | 'commonjs');
  };
  hookTexts({ probe }, () => {
    register(new URL('./script-loader.js', import.meta.url), { data: { url } });
  });
}

function showPrompt(scope: ScriptScope | null): void {
  const own = new Set(Object.getOwnPropertyNames(globalThis));
  const names = Object.keys(scope?.variables ?? {});
  const hidden = names.filter((name) => own.has(name) || TAKEN.includes(name));
  if (hidden.length > 0) {
    process.stdout.write(`At the prompt these are not the script's own: ${hidden.join(', ')}\n`);
  }
  const server = repl.start({ useGlobal: true, breakEvalOnSigint: true });
  // as for Node's own prompt, where an empty path means the default one
  const history = process.env.NODE_REPL_HISTORY ?? join(homedir(), '.node_repl_history');
  if (server.terminal) server.setupHistory(history, () => undefined);
  server.on('exit', () => process.exit(process.exitCode ?? 0));
  if (scope !== null) shareVariables(scope, hidden);
}

/**
 * Shares the script's variables with the prompt, except those whose names the prompt itself uses.
 */
function shareVariables({ variables }: ScriptScope, hidden: readonly string[]): void {
  for (const [name, variable] of Object.entries(variables)) {
    if (hidden.includes(name)) continue;
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get: () => variable.get(),
      set: (value) => variable.set(value),
    });
  }
}

/** Describes an error without the frames of the code that loads a script. */
function describeError(error: unknown): string {
  const lines = inspect(error).split('\n');
  return lines.filter((line) => !LOADING.test(line)).join('\n');
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    action();
  };
}
