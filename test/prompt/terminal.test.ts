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
const COMMANDS = ['types', 'growth', 'backrefs', 'refs', 'chain', 'lprun', 'mprun', 'showbackref'];
const TOP = 'top-level let, const and class';
const REFUSED = [
  ['.backrefs', 'use .backrefs EXPR [FILE]'],
  ['.backrefs 42', '"42" is a number'],
  ['.refs [] /tmp/x.gif', '".gif" is not a known format'],
  ['.chain {} --depth 3', '--depth is not an option of .chain'],
  ['.backrefs [1] --depth x', 'depth "x" is not a whole number'],
  ['.backrefs for', 'is not JavaScript'],
  ['.types many', '"many" is not a number of classes'],
  ['.growth --filter', '--filter needs a value'],
  ['%load_ext autoreload', 'there is no extension "autoreload"'],
] as const;
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
      // unchanged: its text has no probes
      expect(await terminal.type('/showbackref/.test(sum)')).toMatch(/^false$/m);

      const file = join(temporaryFolder(), 'x.png');
      await terminal.type('const x = [1]; const y = [x, { a: x }]');
      expect(await terminal.type(`.backrefs x ${file}`)).toContain(`Image generated as ${file}`);
      expect(decodePng(readFileSync(file)).width).toBeGreaterThan(100);
      const help = await terminal.type('.help');
      for (const name of COMMANDS) expect(help).toMatch(new RegExp(`^\\.${name} +[A-Z]`, 'm'));
    });

    testTerminal('trees and tables as wide as the terminal', async () => {
      const widest = (text: string) =>
        Math.max(
          ...text
            .split('\n')
            .slice(1)
            .map((l) => l.length),
        );
      const program = `${execPath} -r showbackref/repl`;
      const terminal = new Terminal(`sh -c 'stty cols 60; exec ${program}'`, FOLDER);
      await terminal.until(PROMPT);
      await terminal.type('const x = [1]; const held = { aLongName: { anotherLongName: { x } } }');
      expect(widest(await terminal.type('.chain x'))).toBeLessThanOrEqual(60);
      expect(widest(await terminal.type('.types'))).toBeLessThanOrEqual(60);
    });

    testTerminal('.backrefs, .refs and .chain as trees', async () => {
      const terminal = await start(execPath, '-r showbackref/repl');
      await terminal.type('const x = [1]; const y = [x, { a: x }]; var v = { q: x }');
      const tree = await terminal.type('.backrefs x');
      // neither the prompt nor what makes the call is among the holders
      expect(rowsIn(tree)).toEqual([
        '.a ← Object {a}',
        '.q ← Object {q}',
        '.v ← globalThis (root)',
        'Array (target)',
        '[0] ← Array',
        '[1] ← Array',
        `x ← ${TOP} (root)`,
        `y ← ${TOP} (root)`,
      ]);
      expect(tree).toContain('is the top-level variable x.');
      expect(rowsIn(await terminal.type('%refs y'))).toEqual([
        '.a → Array',
        'Array (target)',
        '[0] → Array',
        '[1] → Object {a}',
      ]);
      expect(rowsIn(await terminal.type('.chain await Promise.resolve(y)'))).toEqual([
        'Array (target)',
        `y ← ${TOP} (root)`,
      ]);
      const cut = await terminal.type('.backrefs x --cut Array->Array --depth 1');
      expect(cut).toMatch(/^Cut Array->Array: \d+ references? removed\.$/m);
      expect(rowsIn(cut)).not.toContain('[0] ← Array');

      await terminal.type('({ loose: 1 })');
      expect(await terminal.type('.backrefs _')).toContain('as its last result (_)');
      // a message of a command is not a result
      expect(await terminal.type('_')).toMatch(/^\{ loose: 1 \}$/m);
    });

    testTerminal('.types and .growth', async () => {
      const terminal = await start(execPath, '-r showbackref/repl');
      await terminal.type(
        'class Session {}; const kept = Array.from({length: 300}, () => new Session())',
      );
      const types = await terminal.type('.types --filter Session');
      expect(types).toMatch(/^Session +300 +[\d.]+ kB +[\d.]+ kB$/m);
      expect(classesIn(await terminal.type('%types 3'))).toHaveLength(3);
      expect(classesIn(await terminal.type('.types --limit 2 --sort size'))).toHaveLength(2);

      const first = await terminal.type('.growth 4');
      expect(first).toContain('From nothing to now');
      expect(first).toContain('This is the start');
      expect(classesIn(first)).toHaveLength(4);
      await terminal.type('kept.push(...Array.from({length: 200}, () => new Session())); 0');
      const grown = await terminal.type('.growth');
      expect(classesIn(grown)[0]).toBe('Session');
      expect(grown).toMatch(/^Session +300 +500 .* \+200 /m);
      // the number of the peak is not growth
      await terminal.type('kept.length = 400; 0');
      await terminal.type('kept.push(...Array.from({length: 100}, () => new Session())); 0');
      expect(await terminal.type('%growth --filter Session')).toContain('Nothing has grown');
      await terminal.type('kept.push(new Session())');
      expect(await terminal.type('.growth --filter Session')).toMatch(/^Session +500 +501 /m);
    });

    testTerminal('declarations of a measured statement stay', async () => {
      const terminal = await start(execPath, '-r showbackref/repl');
      await typeSum(terminal);
      await terminal.type('.lprun -f sum const r = sum(3), { length } = [r, r]');
      expect(await terminal.type('r + length')).toMatch(/^5$/m);
      await terminal.type(
        '.mprun -f sum const m = await Promise.resolve(sum(5)); function f() { return m }',
      );
      expect(await terminal.type('m + f()')).toMatch(/^20$/m);
      // measured a second time, as users do
      await terminal.type('%lprun -f sum const r = sum(5)');
      expect(await terminal.type('r')).toMatch(/^10$/m);
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
      expect(await terminal.type('.lprun -f Math.sin 1')).toContain('"Math.sin" is not a function');
      expect(await terminal.type('.lprun fails()')).toContain('use .lprun -f FUNC STATEMENT');
      const lines = (text: string) => text.trim().split('\n').slice(0, -1);
      expect(lines(await terminal.type('.lprun -f nope 1'))).toEqual([
        'Uncaught ReferenceError: nope is not defined',
      ]);
      for (const [line, words] of REFUSED) {
        const shown = lines(await terminal.type(line));
        expect(shown).toHaveLength(1);
        expect(shown[0]).toMatch(/^showbackref: /);
        expect(shown[0]).toContain(words);
      }
      for (const name of ['showbackref', 'line_profiler', 'memory_profiler']) {
        expect(await terminal.type(`%load_ext ${name}`)).toContain(`${name} is already loaded`);
      }
      expect(await terminal.type('6 * 7')).toMatch(/^42$/m);
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

/** The rows of a tree without ids, sizes and branches, in alphabetical order. */
function rowsIn(tree: string): readonly string[] {
  return tree
    .split('\n')
    .filter((line) => /@\d| ← | → /.test(line) && !line.includes(' is '))
    .map((line) =>
      line
        .replace(/^[│├└─ ]+/, '')
        .replace(/ @\d+/g, '')
        .replace(/,? [\d.]+ k?B/g, '')
        // the id of an object decides which of its rows is the one with more
        .replace(/, shown (?:above|below)|\(shown (?:above|below)\)|\d+ elements?/g, '')
        .replace(/ +/g, ' ')
        .trim(),
    )
    .sort();
}

/** The first column of a table. */
function classesIn(table: string): readonly string[] {
  const [, rows = ''] = /^-{9,}\n([\s\S]*?)^(?:This|\n|[a-z]*> )/m.exec(table) ?? [];
  return rows.split('\n').flatMap((row) => /^(\S.*?) {2,}\d/.exec(row)?.[1] ?? []);
}

/** The second column of a table, without empty cells. */
function hitsIn(table: string): readonly number[] {
  return [...table.matchAll(/^ +\d+ +(\d+) +~?[\d.]+ /gm)].map(([, hits]) => Number(hits));
}
