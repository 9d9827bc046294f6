/**
 * The module that `require('showbackref/repl')` loads, by hand, with `node -r` or in a program:
 * gives the commands to every REPL of this process, including that of `node inspect`. CommonJS,
 * because Node.js 20 cannot `require` anything else; all the work is in modules that are loaded
 * when a command is used.
 */
import repl = require('node:repl');

import commandTable = require('../prompt/command-table.cjs');

import completePercent = require('../prompt/complete-percent.cjs');

const { COMMANDS, PERCENT_NAMES } = commandTable;

type Server = repl.REPLServer;

/** Servers that have the commands, each with a promise for the end of its last command. */
const equipped = new Map<Server, Promise<void>>();
/** Through this symbol a server runs a command as if it had been typed. */
const COMMAND = Symbol.for('showbackref.command');

const { prototype } = repl.REPLServer;
const { displayPrompt, emit } = prototype;

/** A server is known only once it shows its prompt or is given a line, unless it is Node's own. */
prototype.displayPrompt = function showPrompt(this: Server, ...rest) {
  equip(this);
  return displayPrompt.apply(this, rest);
};
prototype.emit = function tell(this: Server, ...event: Parameters<Server['emit']>) {
  if (`${event[0]}` === 'line') equip(this);
  return emit.apply(this, event);
} as Server['emit'];

const running = (repl as { repl?: Server }).repl;
if (running !== undefined) equip(running);

function equip(server: Server): void {
  if (equipped.has(server)) return;
  equipped.set(server, Promise.resolve());
  server.once('exit', () => equipped.delete(server));
  for (const [name, help] of Object.entries(COMMANDS)) {
    server.defineCommand(name, {
      help,
      action(text) {
        this.clearBufferedCommand();
        void runCommand(this, name, text).finally(() => this.displayPrompt());
      },
    });
  }
  takePercentForms(server);
  completePercent(server);
}

/** `%lprun -f f f(1)`, as in IPython. */
function takePercentForms(server: Server): void {
  const { eval: evaluate } = server;
  type Rest = Parameters<typeof evaluate> extends [string, ...infer R] ? R : never;
  Object.assign(server, {
    eval(this: Server, code: string, ...rest: Rest) {
      const [, name = '', text = ''] = /^\s*%(\w+)[ \t]*(.*?)\s*$/.exec(code) ?? [];
      if (PERCENT_NAMES.includes(name))
        void runCommand(this, name, text).finally(() => answerNothing(this, rest[2]));
      else evaluate.call(this, code, ...rest);
    },
  });
}

function answerNothing(server: Server, done: (error: null, value: undefined) => void): void {
  // `last` is what the prompt calls _
  const { ignoreUndefined, last } = server;
  Object.assign(server, { ignoreUndefined: true });
  done(null, undefined);
  Object.assign(server, { ignoreUndefined, last });
}

/** Runs commands one after the other, even when they were typed ahead. */
function runCommand(server: Server, name: string, text: string): Promise<void> {
  const earlier = equipped.get(server);
  const interruption = new AbortController();
  const run = (async () => {
    await earlier;
    const commands = await import('../prompt/run-typed.js');
    await commands.runReplCommand(server, name, text, interruption.signal);
  })();
  const ended = hold(server, run, interruption);
  equipped.set(server, ended);
  return ended;
}

/**
 * Has the server await the command: only then does it keep what is typed, and its own end, for
 * later. Ctrl-C is watched separately, because Node.js 20 and 22 do not report it in that state.
 */
async function hold(
  server: Server,
  run: Promise<void>,
  interruption: AbortController,
): Promise<void> {
  const interrupt = () => interruption.abort(new Error('interrupted'));
  const value = () => run;
  Object.defineProperty(server.context, COMMAND, { value, configurable: true });
  server.once('SIGINT', interrupt);
  const code = "await globalThis[Symbol.for('showbackref.command')]()\n";
  server.eval(code, server.context, 'REPL', () => undefined);
  try {
    await run;
  } catch (error) {
    server.output.write(`${error}\n`);
  } finally {
    server.off('SIGINT', interrupt);
  }
}
