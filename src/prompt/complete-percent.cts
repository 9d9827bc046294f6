import type repl = require('node:repl');

import commandTable = require('./command-table.cjs');

const NAMES = commandTable.PERCENT_NAMES.map((name) => `%${name}`);

/** Has the Tab key complete `%lp` as it does `.lp`. */
function completePercent(server: repl.REPLServer): void {
  const { completer } = server;
  type Done = (error: null, found: [string[], string]) => void;
  Object.assign(server, {
    completer(this: repl.REPLServer, line: string, done: Done) {
      const [, typed] = /^\s*(%\w*)$/.exec(line) ?? [];
      if (typed === undefined) return Reflect.apply(completer, this, [line, done]);
      done(null, [NAMES.filter((name) => name.startsWith(typed)), typed]);
    },
  });
}

export = completePercent;
