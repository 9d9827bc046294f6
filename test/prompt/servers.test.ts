import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { programFile } from '../support/running-program.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { Terminal, testTerminal } from '../support/terminal.js';

/** Inside the package, so that its own name leads to it. */
const FOLDER = import.meta.dirname;
const PROMPT = /^(?:own)?> $/m;

describe.each(RUNTIMES)('other prompts of $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    testTerminal('two prompts of a program, one of them older than the commands', async () => {
      const terminal = await start(`${execPath} ${programFile('repl-servers.cjs')}`);
      const first = await terminal.type('.backrefs shared');
      // the globals of the prompt are named as the user of the prompt knows them
      expect(first).toMatch(/^└─ \.shared ← globalThis .*\(root\)$/m);
      expect(first).not.toContain('REPLServer');
      await terminal.type('var x = [shared]; const y = { x }');
      const tree = await terminal.type('.backrefs x');
      // a variable of such a prompt appears once
      expect(tree.match(/globalThis/g)).toHaveLength(2);
      expect(tree).toMatch(/^4 nodes, 3 references\./m);
      await terminal.type('const seen = await other(".refs list")');
      expect(await terminal.type('seen.join("|")')).toMatch(/Array @\d+.*Object @\d+ +\{kept\}/);
      expect(await terminal.type('(await other("%types 2")).length > 3')).toMatch(/^true$/m);
      const grown = '(await other(".growth 2")).at(-2)';
      expect(await terminal.type(grown)).toContain('This is the start');
      // each prompt has a separate start
      expect(await terminal.type('.growth 2')).toContain('This is the start');
    });

    testTerminal('imported at a prompt, and by an ES module with a prompt', async () => {
      const prompt = await start(execPath);
      await prompt.type("await import('showbackref/repl')");
      await prompt.type('const x = [1]');
      expect(await prompt.type('.chain x')).toContain('is the top-level variable x.');

      const own = await start(`${execPath} ${programFile('repl-import.mjs')}`);
      await own.type('const x = [1]');
      expect(await own.type('%chain x')).toContain('is the top-level variable x.');
    });

    testTerminal('the Tab key completes the commands', async () => {
      const prompt = await start(`${execPath} -r showbackref/repl`);
      prompt.press('%mp\t');
      await prompt.until(/%mprun/);
      prompt.press('\u0015.backr\t');
      await prompt.until(/\.backrefs/);
    });
  });
});

async function start(command: string): Promise<Terminal> {
  const terminal = new Terminal(command, join(FOLDER, '..', 'programs'));
  await terminal.until(PROMPT);
  return terminal;
}
