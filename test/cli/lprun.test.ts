import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LineProfile, ProfiledFunction } from '../../src/lines/run/line-profile.js';
import { runBin } from '../support/run-bin.js';
import { programFile } from '../support/running-program.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** The true counts of primes(1000): 500 tests of the first loop, 16 and 467 of the others. */
const PRIMES = [0, 1, 1, 1, 500, 1, 1, 1, 1, 16, 15, 10, 10, 467, 457, 457, 0, 0, 15, 15, 0, 1, 0];

describe.each(RUNTIMES)('lprun on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test.each(['primes.cjs', 'primes.mjs'])('the hits of %s are correct', async (script) => {
      const [primes] = await profile(execPath, [programFile(script), '-f', 'primes']);
      expect(primes?.calls).toBe(1);
      expect(primes?.lines.map(({ hits }) => hits)).toEqual(PRIMES);
      // a pass over one number takes less time than a clock can measure
      expect(primes?.lines.slice(13, 16).some(({ isShort }) => isShort)).toBe(true);
    });

    test('async functions, generators, recursion, private fields', async () => {
      const names = ['mixed', 'parts', 'fibonacci', 'Account.add'].flatMap((name) => ['-f', name]);
      const found = await profile(execPath, [programFile('lines.mjs'), ...names]);
      const [mixed, parts, fibonacci, add] = ['mixed', 'parts', 'fibonacci', 'Account.add'].map(
        (name) => found.find((one) => one.name === name),
      );
      expect(hitsOf(mixed)).toEqual([0, 1, 1, 4, 3, 0, 1, 0, 0, 1, 0]);
      expect(hitsOf(parts)).toEqual([0, 4, 3, 0, 0]);
      // fibonacci(8) makes 67 calls, 34 of them for 0 and 1
      expect(hitsOf(fibonacci)).toEqual([0, 67, 33, 0]);
      expect(hitsOf(add)).toEqual([0, 3, 3, 0]);
      expect(fibonacci?.calls).toBe(67);
      const [, work, sleep] = mixed!.lines;
      expect(work?.waited).toBe(0);
      expect(work?.time).toBeGreaterThanOrEqual(5.9);
      expect(work?.isShort).toBe(false);
      expect(sleep?.waited).toBeGreaterThanOrEqual(38);
      expect(sleep!.time).toBeLessThan(sleep!.waited);
    });

    test('times match those that the called functions have measured themselves', async () => {
      // between our reading and theirs the system may take the processor away: use the best of
      // several runs
      let least = [1, 1, 1, 1];
      for (let run = 0; run < 40 && Math.max(...least) >= 0.02; run++) {
        const errors = await errorsOfTimes(execPath);
        least = least.map((error, line) => Math.min(error, errors[line] ?? 1));
      }
      expect(Math.max(...least)).toBeLessThan(0.02);
    });
  });
});

test('TypeScript is shown as it was written, through its source map', async () => {
  const folder = temporaryFolder();
  const source = [
    'enum Kind { A, B }',
    '',
    'interface Unused { readonly a: string }',
    '',
    'class Counter<T> {',
    '  #seen = new Map<T, number>();',
    '  add(value: T): number {',
    '    const count: number = (this.#seen.get(value) ?? 0) + 1;',
    '    for (let i = 0 as number; i < 2; i++) {',
    '      this.#seen.set(value, count);',
    '    }',
    '    return count;',
    '  }',
    '}',
    'const counter = new Counter<Kind>();',
    'for (const kind of [Kind.A, Kind.B, Kind.A]) counter.add(kind);',
  ];
  writeFileSync(join(folder, 'a.ts'), source.join('\n'));
  const tsc = ['node_modules/typescript/bin/tsc', '--ignoreConfig', '--target', 'es2022'];
  execFileSync(process.execPath, [...tsc, '--sourceMap', '--outDir', folder, join(folder, 'a.ts')]);
  const [add] = await profile(process.execPath, [join(folder, 'a.js'), '-f', 'Counter.add']);
  expect(add?.file).toBe(join(folder, 'a.ts'));
  expect(add?.line).toBe(7);
  expect(add?.lines.map(({ hits, text }) => [hits, text])).toEqual([
    [0, source[6]],
    [3, source[7]],
    [9, source[8]],
    [6, source[9]],
    [0, source[10]],
    [3, source[11]],
    [0, source[12]],
  ]);
});

test('an error passes through, and the counts until then are shown', async () => {
  const argv = ['lprun', programFile('lines.mjs'), '-f', 'mixed', '--', '--fail'];
  const { code, stdout, stderr } = await runBin(argv);
  expect(code).toBe(0);
  expect(stderr).toContain('Error: passed on');
  expect(stderr).toContain('ended with code 1');
  expect(stdout).toMatch(/ 15 +1 .*throw new Error/);
});

test('text, Markdown, JSON and HTML of one run', async () => {
  const folder = temporaryFolder();
  const files = ['md', 'json', 'html'].map((format) => join(folder, `a.${format}`));
  const argv = ['lprun', programFile('primes.cjs'), '-f', 'primes', '-T', join(folder, 'table')];
  const { code, stdout, stderr } = await runBin([
    ...argv,
    '-z',
    ...files.flatMap((f) => ['-o', f]),
  ]);
  expect(code, stderr).toBe(0);
  expect(stdout).toBe('');
  const [md = '', json = '', html = ''] = files.map((file) => readFileSync(file, 'utf8'));
  const table = readFileSync(join(folder, 'table'), 'utf8');
  expect(md).toBe(`\`\`\`text\n${table}\`\`\`\n`);
  expect(table).toMatch(/Line # +Hits +Time +Per Hit +% Time {2}Line Contents\n=+\n/);
  // one of them may have been running when the system took the processor away
  expect(table).toMatch(/\n +1[456] +4[56]7 +~/);
  expect(table).toContain('~ so short that');
  // -z: a closing brace is never reached
  expect(table).not.toMatch(/ 23 +}/);
  expect(JSON.parse(json)).toMatchObject({ schema: 'showbackref/lprun@1', measure: 'time' });
  expect(html).toContain('<td>  while (m &lt;= mroot) {</td>');
  expect(html).toMatch(/rgba\(220,50,30,0\.\d+\)/);
});

test('secrets in the lines are masked', async () => {
  const script = join(temporaryFolder(), 'a.cjs');
  writeFileSync(script, "function f() {\n  return 'AKIAIOSFODNN7EXAMPLE';\n}\nf();\n");
  const { stdout } = await runBin(['lprun', script, '-f', 'f']);
  expect(stdout).not.toContain('AKIAIOSFODNN7EXAMPLE');
  expect(stdout).toContain('1 secret masked.');
});

describe('a question that cannot be answered gives one sentence', () => {
  test.each([
    ['a name nobody has', [programFile('primes.cjs'), '-f', 'nope'], 1, 'no function "nope"'],
    ['no function', [programFile('primes.cjs')], 2, 'no function given'],
    ['no script', ['-f', 'a'], 2, 'no script given'],
    ['a script that is not there', ['no.js', '-f', 'a'], 1, 'there is no script'],
    ['a wrong unit', [programFile('primes.cjs'), '-f', 'a', '-u', 'ms'], 2, '--unit "ms"'],
    ['a picture', [programFile('primes.cjs'), '-f', 'a', '-o', 'a.png'], 2, '".png"'],
  ])('%s', async (_, argv, code, words) => {
    const result = await runBin(['lprun', ...argv]);
    expect(result.code).toBe(code);
    expect(result.stderr).toContain(words);
    expect(result.stdout).toBe('');
  });
});

async function profile(
  execPath: string,
  argv: readonly string[],
): Promise<readonly ProfiledFunction[]> {
  const { code, stdout, stderr } = await runBin(['lprun', ...argv, '--format', 'json'], {
    execPath,
  });
  expect(code, stderr).toBe(0);
  return (JSON.parse(stdout) as LineProfile).functions;
}

/** Errors for the lines of true-times.mjs that take 0.4 ms or more. */
async function errorsOfTimes(execPath: string): Promise<readonly number[]> {
  const argv = ['lprun', programFile('true-times.mjs'), '-f', 'work', '--format', 'json'];
  const { stdout, stderr } = await runBin(argv, { execPath });
  const truths = JSON.parse(/^truths (.*)$/m.exec(stderr)?.[1] ?? '[]') as number[];
  const lines = (JSON.parse(stdout) as LineProfile).functions[0]?.lines ?? [];
  const found = lines.filter(({ text }) => text.includes('spin('));
  expect(found.map(({ isShort }) => isShort)).toEqual([false, false, false, false]);
  return truths.map((truth, at) => Math.abs((found[at]?.time ?? 0) / truth - 1));
}

function hitsOf(profiled: ProfiledFunction | undefined): readonly number[] | undefined {
  return profiled?.lines.map(({ hits }) => hits);
}
