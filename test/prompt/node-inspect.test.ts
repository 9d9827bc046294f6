import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { decodePng } from '../support/decode-png.js';
import { programFile } from '../support/running-program.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { Terminal, testTerminal } from '../support/terminal.js';

const FOLDER = import.meta.dirname;
const PAUSED = /break in [^\n]*:7[\s\S]*^debug> $/m;

describe.each(RUNTIMES)('the prompt of node inspect of $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    testTerminal('looks at the debugged program, in its paused frame', async () => {
      const terminal = await debug(`${execPath} -r showbackref/repl inspect`);
      const ask = (line: string, answer: RegExp) => terminal.type(line, answer);
      await ask('cont', PAUSED);
      const tree = await ask('.backrefs request', /\d+ nodes, .*\.$/m);
      expect(tree).toMatch(/Map\["first"\] ← Map/);
      expect(tree).toMatch(/← handle\(\) repl-paused\.cjs:7 +\(root\)/);
      const file = join(temporaryFolder(), 'x.png');
      await ask(`%backrefs request ${file}`, /Image generated as .*$/m);
      expect(decodePng(readFileSync(file)).width).toBeGreaterThan(100);
      await ask('.chain request', /local variable request of handle\(\)[\s\S]*references?\./);
      await ask('.refs cache --depth 1', /Map\["first"\] → Object/);
      await ask('.types 3 --filter Map', /Map +\d+ /);
      await ask('.growth 3', /This is the start/);
      // the debugger is as it was, and its program goes on
      await ask('exec request.name', /'first'/);
      await ask('cont', PAUSED);
      await ask('.backrefs request', /Map\["second"\] ← Map/);
      await ask('.growth --filter Map', /Nothing has grown/);
      await ask('.backrefs nope', /showbackref: .*nope/);
      await ask('.lprun -f handle handle()', /showbackref: \.lprun measures the program that/);
      await ask('exec 6 * 7', /^(?:debug> )?42$/m);
    });

    testTerminal('by NODE_OPTIONS, in the debugger and the program', async () => {
      const terminal = await debug(`${execPath} inspect`, {
        NODE_OPTIONS: '-r showbackref/repl',
      });
      await terminal.type('cont', PAUSED);
      await terminal.type('.chain request', /local variable request of handle\(\)/);
    });
  });
});

async function debug(command: string, env: NodeJS.ProcessEnv = {}): Promise<Terminal> {
  const terminal = new Terminal(
    `${command} --port=0 ${programFile('repl-paused.cjs')}`,
    FOLDER,
    env,
  );
  await terminal.until(/Break on start[\s\S]*^debug> $/m);
  return terminal;
}
