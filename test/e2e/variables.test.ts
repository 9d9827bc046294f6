import { describe, expect, test } from 'vitest';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { referencesOf } from '../support/picture.js';
import { runBin } from '../support/run-bin.js';
import { programFile, startProgram } from '../support/running-program.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';

describe.each(RUNTIMES)('variables are named as they were written, on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test.each([
      ['of a suspended async function', 'suspended.mjs', 'Session', 'local session in answer()'],
      ['of a suspended generator', 'suspended.mjs', 'Row', 'local row in readRows()'],
      ['of a block', 'block-scopes.mjs', 'Entry', 'entry'],
      ['of a catch clause', 'block-scopes.mjs', 'Failure', 'failure'],
      ['of a loop', 'block-scopes.mjs', 'Step', 'step'],
    ])('a variable %s', async (_, program, name, label) => {
      const graph = await ask(execPath, `test/programs/${program}`, `class:${name}`);
      expect(labelsInto(graph)).toContain(label);
    });

    test('the object whose method is paused', async () => {
      const graph = await ask(execPath, 'test/programs/methods.cjs', 'class:Job');
      expect(referencesOf(graph)).toEqual([
        'Object {job} -.job-> target',
        'frame -local local in run()-> Object {job}',
        'frame -local this in run()-> target',
      ]);
    });

    test.each(['cjs', 'mjs'])(
      'of a paused module (.%s), captured by a function, once',
      async (extension) => {
        const graph = await ask(execPath, `test/programs/captured-paused.${extension}`, 'cache');
        expect(labelsInto(graph)).toEqual(['cache']);
      },
    );

    test('of a classic script, once', async () => {
      const graph = await ask(execPath, 'test/programs/classic-script.cjs', 'kept');
      expect(labelsInto(graph)).toEqual(['[0]', 'kept']);
    });

    test('of a suspended function of a running program', async () => {
      const program = await startProgram(execPath, [
        ...['--inspect=127.0.0.1:0', programFile('live-suspended.mjs')],
      ]);
      const graph = await ask(process.execPath, await program.inspector(), 'class:Session');
      expect(labelsInto(graph)).toEqual(['local session in handle()']);
      expect(program.child.exitCode).toBeNull();
    });
  });
});

async function ask(execPath: string, source: string, target: string): Promise<Subgraph> {
  const argv = [source, '--target', target, '--format', 'json'];
  const { code, stdout, stderr } = await runBin(argv, { execPath });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Subgraph;
}

function labelsInto({ edges, targets }: Subgraph): readonly string[] {
  return edges
    .filter(({ to }) => targets.includes(to))
    .map(({ label }) => label)
    .sort();
}
