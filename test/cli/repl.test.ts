import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/fake-io.js';
import { runBin } from '../support/run-bin.js';
import { programFile } from '../support/running-program.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { Terminal, testTerminal } from '../support/terminal.js';

const BIN = fileURLToPath(new URL('../../bin/showbackref.js', import.meta.url));
const FOLDER = import.meta.dirname;
const SCRIPT = programFile('repl-script.cjs');

describe.each(RUNTIMES)('showbackref repl with $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    const start = async (args: string, first = /^> $/m) => {
      const terminal = new Terminal(`${execPath} ${BIN} repl ${args}`, FOLDER);
      return { terminal, text: await terminal.until(first) };
    };

    testTerminal('a script, and then its variables', async () => {
      const { terminal, text } = await start(`${SCRIPT} -- /a/anna /b/bert`);
      expect(text).toContain('isMain: true');
      expect(text).toContain("these are not the script's own: crypto");
      expect(await terminal.type('sessions.map(({ name }) => name)')).toContain(
        "[ 'anna', 'bert' ]",
      );
      await terminal.type('count = 10; new Session("carl"); 0');
      expect(await terminal.type('count')).toMatch(/^11$/m);
      const tree = await terminal.type('.backrefs last');
      expect(tree).toMatch(/last ← module repl-script\.cjs .*\(root/);
      expect(tree).toMatch(/\[1\] ← Array/);
      expect(tree).toMatch(/^3 nodes, 3 references\./m);
      const table = await terminal.type('.lprun -f sum const r = sum(3)');
      expect(table).toContain('Function: sum at line 13');
      expect(table).not.toContain('showbackref.script');
      expect(await terminal.type('r + path.basename("/a/b")')).toMatch(/^'3b'$/m);
      terminal.press('.exit\r');
      expect(await terminal.end()).toBe(0);
    });

    testTerminal('an ES module, which goes on after its end', async () => {
      const { terminal } = await start(`${programFile('repl-script.mjs')} -- /a/anna`);
      const tree = await terminal.type('.backrefs owner');
      expect(tree).toMatch(/owner ← module repl-script\.mjs .*\(root/);
      expect(tree).toMatch(/Map\["owner"\] ← Map/);
      await terminal.type(
        'const before = ticks; await new Promise((done) => setTimeout(done, 50))',
      );
      expect(await terminal.type('ticks > before')).toMatch(/^true$/m);
    });

    testTerminal('Ctrl-C does not wait for the end of a script that waits', async () => {
      const { terminal } = await start(`${programFile('repl-script.mjs')} -- wait`, /^waiting$/m);
      terminal.press('\u0003');
      await terminal.until(/> $/m);
      expect(await terminal.type('late.size')).toMatch(/^1$/m);
      terminal.press('.exit\r');
      expect(await terminal.end()).toBe(0);
    });

    testTerminal('the variables of a script before an error', async () => {
      const { terminal, text } = await start(SCRIPT);
      expect(text).toContain('Uncaught RangeError: no names');
      expect(await terminal.type('sum(4)')).toMatch(/^6$/m);
      await terminal.type(
        'setTimeout(() => { throw new Error("later") }); 0',
        /Uncaught Error: later/,
      );
      await terminal.type('sessions.length', /^0$/m);
    });

    testTerminal('a prompt without a script', async () => {
      const { terminal } = await start('');
      await terminal.type('const x = [1]');
      expect(await terminal.type('.chain x')).toContain('is the top-level variable x.');
    });
  });
});

describe('exit codes', () => {
  test('0 after piped lines', async () => {
    const stdin = Buffer.from('const x = [1]\n.chain x\n');
    const { code, stdout } = await runBin(['repl'], { stdin });
    expect(stdout).toContain('is the top-level variable x.');
    expect(code).toBe(0);
  });

  test('1 when the session ends otherwise', async () => {
    const { code, stderr } = await runBin(['repl'], { stdin: Buffer.from('process.exit(3)\n') });
    expect(stderr).toContain('showbackref: the session ended with exit code 3');
    expect(code).toBe(1);
  });

  test.each([
    [1, ['repl', 'none.js'], 'there is no script "none.js"'],
    [1, ['repl', FOLDER], 'is not a file; name a script'],
    [2, ['repl', 'a.js', 'b.js'], 'more than one script: "a.js" and "b.js"'],
    [2, ['repl', '--', 'x'], 'arguments after -- are for a script'],
    [2, ['repl', '--target', 'x'], '--target is not an option of repl'],
  ] as const)('%i for %j', async (expected, argv, words) => {
    const { code, stdout, stderr } = await runCli(argv);
    expect(stderr).toContain(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(expected);
  });
});
