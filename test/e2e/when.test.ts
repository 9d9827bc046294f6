import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { runBin } from '../support/run-bin.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';

const BIN = fileURLToPath(new URL('../../bin/showbackref.js', import.meta.url));

describe.each(RUNTIMES)('when to look, on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test('before a line: its frame, and the one that called it', async () => {
      const argv = [
        'test/programs/steps.cjs',
        '--target',
        'box',
        '--when',
        'steps.cjs:4',
        '-f',
        'json',
      ];
      const { code, stdout, stderr } = await runBin(argv, { execPath });
      expect(code, stderr).toBe(0);
      expect(frameLabels(JSON.parse(stdout))).toEqual([
        'step() steps.cjs:4 -> local box in step()',
        'module steps.cjs:8 -> box',
      ]);
    });

    test('after a time, in the middle of a loop that never ends', async () => {
      const argv = ['test/programs/spins.cjs', '--target', 'kept', '--when', '200ms', '-f', 'json'];
      const { code, stdout, stderr } = await runBin(argv, { execPath });
      expect(code, stderr).toBe(0);
      expect(frameLabels(JSON.parse(stdout))).toEqual([
        expect.stringMatching(/^spin\(\) spins\.cjs:\d+ -> local kept in spin\(\)$/),
      ]);
      expect(stderr).toContain('was still running and was ended');
    });

    test('a line that is never reached: the end of the program', async () => {
      const argv = [
        'test/programs/captured.cjs',
        '--target',
        'kept',
        '--when',
        'captured.cjs:4',
        '-f',
        'json',
      ];
      const { code, stdout, stderr } = await runBin(argv, { execPath });
      expect(code, stderr).toBe(0);
      expect((JSON.parse(stdout) as Subgraph).edges.map(({ label }) => label)).toContain('kept');
      expect(stderr).toContain(
        '"test/programs/captured.cjs" ended without coming to captured.cjs:4: this is its heap at the end.',
      );
    });

    test('a line without code: the nearest one, and that is said', async () => {
      const { stdout, stderr } = await lookAt('steps.cjs:6');
      expect(stderr).toContain(
        'There is no code on line 6 of steps.cjs: looking before line 5, the nearest that has some.',
      );
      expect(stdout).toContain('step() steps.cjs:5');
    });

    test('a line after the last one, and a file that is not loaded', async () => {
      const short = await lookAt('steps.cjs:40');
      expect(short.stderr).toContain('There is no line 40 in steps.cjs: it has 9.');
      expect(short.stderr).toContain('ended without coming to steps.cjs:40: ');
      const other = await lookAt('step.cjs:4');
      expect(other.stderr).toContain(
        'ended without coming to step.cjs:4, since no file of that name was loaded, only steps.cjs: ',
      );
    });

    /** At the end of the program there is no such variable, which is not what is tested. */
    function lookAt(when: string) {
      const argv = ['test/programs/steps.cjs', '--target', 'box', '--when', when, '-f', 'txt'];
      return runBin(argv, { execPath });
    }

    test('a script without debugger; says that variables of its modules may be gone', async () => {
      const argv = ['test/programs/steps.cjs', '--target', 'box', '-f', 'txt'];
      const { code, stderr } = await runBin(argv, { execPath });
      expect(code).toBe(1);
      expect(stderr).toContain(
        '"test/programs/steps.cjs" ended without a "debugger;" statement: variables of its modules that no function uses are gone. Put "debugger;" where they are, or name a line with --when FILE:LINE.',
      );
    });

    test('Ctrl-C once looks at once; the program does not get it', async () => {
      const child = startEndless(execPath);
      await child.started;
      await expect
        .poll(() => child.output.stderr, { timeout: 30_000 })
        .toContain(
          'Waiting for "test/programs/spins.cjs" to come to a "debugger;" statement or to its end; Ctrl-C looks now.',
        );
      child.process.kill('SIGINT');
      const [code] = await child.closed;
      expect(code, child.output.stderr).toBe(0);
      expect(child.output.stdout).toContain('local kept in spin() ← spin() spins.cjs:');
    });
  });
});

test('SIGTERM ends the tool with 130 and the program with it', async () => {
  const child = startEndless(process.execPath);
  const pid = await child.started;
  child.process.kill('SIGTERM');
  const [code] = await child.closed;
  expect(code).toBe(130);
  expect(child.output.stderr).toContain('showbackref: interrupted\n');
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

/** The program prints its process id when it has started to spin. */
function startEndless(execPath: string) {
  const argv = [BIN, 'test/programs/spins.cjs', '--target', 'kept', '-f', 'txt'];
  const child = spawn(execPath, argv);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  const started = new Promise<number>((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      output.stderr += chunk;
      const pid = /spinning (\d+)/.exec(output.stderr)?.[1];
      if (pid !== undefined) resolve(Number(pid));
    });
    child.once('close', () => reject(new Error(output.stderr)));
  });
  return { process: child, output, started, closed: once(child, 'close') };
}

function frameLabels(value: unknown): readonly string[] {
  const { nodes, edges, targets } = value as Subgraph;
  return nodes
    .filter(({ type }) => type === 'frame')
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap(({ id, label }) =>
      edges
        .filter(({ from, to }) => from === id && targets.includes(to))
        .map((edge) => `${label} -> ${edge.label}`),
    );
}
