import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { referencesOf } from '../support/picture.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Inside the package, so that its own name leads to it. */
const FOLDER = import.meta.dirname;
const TOP = 'top-level let, const and class';

describe.each(RUNTIMES)('showBackrefs typed into the REPL of $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test.each([
      ['awaited', 'await showBackrefs'],
      ['not awaited', 'void showBackrefs'],
    ])('%s', async (_, call) => {
      const file = join(temporaryFolder(), 'backrefs.json');
      const repl = spawn(execPath, ['-i'], { cwd: FOLDER, stdio: ['pipe', 'ignore', 'pipe'] });
      onTestFinished(() => void repl.kill('SIGKILL'));
      let stderr = '';
      repl.stderr.on('data', (chunk) => {
        stderr += chunk;
      });
      repl.stdin.write("const { showBackrefs } = require('showbackref')\n");
      repl.stdin.write('const x = [1]\nconst y = [x, { a: x }]\n');
      repl.stdin.write(`${call}(x, { out: ${JSON.stringify(file)} })\n`);
      while (!existsSync(file) && repl.exitCode === null) await wait(10);
      repl.stdin.end('.exit\n');
      const code = await new Promise((resolve) => repl.once('exit', resolve));

      const graph = JSON.parse(readFileSync(file, 'utf8')) as Subgraph;
      expect(referencesOf(graph)).toEqual([
        'Array 2 elements -[0]-> target',
        'Array 2 elements -[1]-> Object {a}',
        'Object {a} -.a-> target',
        `${TOP} -x-> target`,
        `${TOP} -y-> Array 2 elements`,
      ]);
      expect(stderr).toBe('');
      expect(code).toBe(0);
    });
  });
});
