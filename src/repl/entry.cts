/**
 * What `require('showbackref/repl')` loads, by hand, with `node -r` or in a program: gives the commands to
 * every REPL of this process. CommonJS, because Node.js 20 cannot `require` anything else; all the work is
 * in modules that are loaded when a command is used.
 */
import repl = require('node:repl');

const NAMES = {
  backrefs: 'Draw who holds an object: .backrefs EXPR [FILE]',
  lprun: 'Time each line of a function: .lprun -f FUNC STATEMENT',
  mprun: 'Memory of each line of a function: .mprun -f FUNC STATEMENT',
  showbackref: 'Tell about these commands',
} as const;

type Server = repl.REPLServer;

/** Servers that have the commands, with the end of the last one. */
const equipped = new Map<Server, Promise<void>>();
/** Through this a server runs a command as if it had been typed. */
const COMMAND = Symbol.for('showbackref.command');

const { prototype } = repl.REPLServer;
const { displayPrompt } = prototype;

/** A server is not known before it shows its prompt, unless it is that of the command line. */
prototype.displayPrompt = function showPrompt(this: Server, ...rest) {
  equip(this);
  return displayPrompt.apply(this, rest);
};

const running = (repl as { repl?: Server }).repl;
if (running !== undefined) equip(running);

function equip(server: Server): void {
  if (equipped.has(server)) return;
  equipped.set(server, Promise.resolve());
  server.once('exit', () => equipped.delete(server));
  for (const [name, help] of Object.entries(NAMES)) {
    server.defineCommand(name, {
      help,
      action(text) {
        this.clearBufferedCommand();
        void runCommand(this, name, text).finally(() => this.displayPrompt());
      },
    });
  }
  takeMagics(server);
}

/** `%lprun -f f f(1)`, as in IPython. */
function takeMagics(server: Server): void {
  const { eval: evaluate } = server;
  type Rest = Parameters<typeof evaluate> extends [string, ...infer R] ? R : never;
  Object.assign(server, {
    eval(this: Server, code: string, ...rest: Rest) {
      const [, name = '', text = ''] = /^\s*%(\w+)[ \t]*(.*?)\s*$/.exec(code) ?? [];
      const isOurs = name === 'load_ext' || name in NAMES;
      if (isOurs) void runCommand(this, name, text).finally(() => answerNothing(this, rest[2]));
      else evaluate.call(this, code, ...rest);
    },
  });
}

function answerNothing(server: Server, done: (error: null, value: undefined) => void): void {
  const { ignoreUndefined } = server;
  Object.assign(server, { ignoreUndefined: true });
  done(null, undefined);
  Object.assign(server, { ignoreUndefined });
}

/** One after the other, even when they were typed ahead. */
function runCommand(server: Server, name: string, text: string): Promise<void> {
  const earlier = equipped.get(server);
  const interruption = new AbortController();
  const run = (async () => {
    await earlier;
    const commands = await import('./commands.js');
    await commands.runReplCommand(server, name, text, interruption.signal);
  })();
  const ended = hold(server, run, interruption);
  equipped.set(server, ended);
  return ended;
}

/**
 * Has the server await it: only then does it keep what is typed, and its own end, for later. Ctrl-C is
 * seen apart from that, because Node.js 20 and 22 tell of it no further.
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
