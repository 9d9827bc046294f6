import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { decodePng } from '../support/decode-png.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { Terminal, testTerminal } from '../support/terminal.js';

/** Inside the package, so that its own name leads to it. */
const FOLDER = import.meta.dirname;
const PROMPT = /^> $/m;
const MORE = /^(?:\.\.\.|\|) $/m;

describe.each(RUNTIMES)('the REPL of $name in a terminal', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    testTerminal('.lprun, %lprun and .backrefs', async () => {
      const terminal = await start(execPath);
      await terminal.type("require('showbackref/repl')");
      await typeSum(terminal);
      for (const command of ['.lprun', '%load_ext showbackref', '%lprun']) {
        const table = await terminal.type(`${command} -f sum sum(3)`);
        if (!command.endsWith('lprun')) continue;
        expect(hitsIn(table)).toEqual([1, 4, 3, 1]);
        expect(table).toContain('Function: sum at line 1');
      }
      // as it was: its text has no probes
      expect(await terminal.type('/showbackref/.test(sum)')).toMatch(/^false$/m);

      const file = join(temporaryFolder(), 'x.png');
      await terminal.type('const x = [1]; const y = [x, { a: x }]');
      expect(await terminal.type(`.backrefs x ${file}`)).toContain(`Image generated as ${file}`);
      expect(decodePng(readFileSync(file)).width).toBeGreaterThan(100);
      expect(await terminal.type('.help')).toContain('.backrefs EXPR [FILE]');
    });

    testTerminal('Ctrl-C ends a statement, shows what was counted and restores', async () => {
      const terminal = await start(execPath, '-r showbackref/repl');
      await typeSum(terminal);
      terminal.press(
        '.lprun -f sum (sum(2), await new Promise(() => setTimeout(() => {}, 1e6)))\r',
      );
      await terminal.until(/1e6\)\)\)\n/);
      // it says nothing while it waits
      await new Promise((resolve) => setTimeout(resolve, 1000));
      terminal.press('\u0003');
      const table = await terminal.until(/Line #[\s\S]*Uncaught[\s\S]*interrupted[\s\S]*^> $/m);
      expect(hitsIn(table)).toEqual([1, 3, 2, 1]);
      expect(await terminal.type('/showbackref/.test(sum)')).toMatch(/^false$/m);
      expect(await terminal.type('sum(3)')).toMatch(/^3$/m);
    });

    testTerminal('errors of a statement pass through, ours are one sentence', async () => {
      const terminal = await start(execPath, '-r showbackref/repl');
      await terminal.type('function fails() {', MORE);
      await terminal.type("throw new RangeError('passed on')", MORE);
      await terminal.type('}');
      const shown = await terminal.type('.lprun -f fails fails()');
      expect(hitsIn(shown)).toEqual([1]);
      expect(shown).toContain('Uncaught RangeError: passed on');
      expect(await terminal.type('.lprun -f Math.sin 1')).toContain('"Math.sin" is no function');
      expect(await terminal.type('.lprun fails()')).toContain('use .lprun -f FUNC STATEMENT');
      expect(await terminal.type('.lprun -f nope 1')).toContain('nope is not defined');
    });
  });
});

async function start(execPath: string, args = ''): Promise<Terminal> {
  const terminal = new Terminal(`${execPath} ${args}`, FOLDER);
  await terminal.until(PROMPT);
  return terminal;
}

async function typeSum(terminal: Terminal): Promise<void> {
  await terminal.type('function sum(n) { let s = 0;', MORE);
  await terminal.type('for (let i = 0; i < n; i++)', MORE);
  await terminal.type('s += i;', MORE);
  await terminal.type('return s; }');
}

/** The second column of a table, without empty cells. */
function hitsIn(table: string): readonly number[] {
  return [...table.matchAll(/^ +\d+ +(\d+) +~?[\d.]+ /gm)].map(([, hits]) => Number(hits));
}
