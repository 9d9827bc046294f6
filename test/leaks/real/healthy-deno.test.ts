import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runBin } from '../../support/run-bin.js';
import { startProgram } from '../../support/running-program.js';
import { DENO, describeRuntime } from '../../support/runtimes.js';
import type { Leaks } from './run-program.js';

const FILE = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const LONG_MS = 300_000;

describeRuntime(DENO, (deno) => {
  it('a server with a bounded cache has no leak, asked over its inspector', {
    timeout: LONG_MS,
  }, async () => {
    const argv = ['run', '--allow-net', '--inspect=127.0.0.1:0', FILE('./healthy/deno-server.mjs')];
    const program = await startProgram(deno, argv);
    const visit = [FILE('./visit.cjs'), program.firstLine, '100'];
    execFileSync(process.execPath, visit);
    const between = [process.execPath, ...visit].join(' ');
    const options = ['--rounds', '5', '--between', between, '--format', 'json'];
    const { code, stdout, stderr } = await runBin(['leaks', await program.inspector(), ...options]);
    expect(code, stderr).toBe(0);
    const { suspects } = JSON.parse(stdout) as Leaks;
    expect(suspects.filter(({ evidence }) => evidence !== 'growth')).toEqual([]);
  });
});
