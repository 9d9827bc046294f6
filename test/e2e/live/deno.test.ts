import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Subgraph } from '../../../src/collect/picture/subgraph.js';
import { runBin } from '../../support/run-bin.js';
import { listeningPorts, programFile, startProgram } from '../../support/running-program.js';
import { DENO, describeRuntime } from '../../support/runtimes.js';
import { reserveUsualPort } from '../../support/usual-port.js';

const PROGRAM = programFile('live-deno.mjs');

describeRuntime(DENO, (deno) => {
  describe('started with --inspect', () => {
    test('an object of a module variable and one of a global, by address and by HOST:PORT', async () => {
      const program = await startProgram(deno, ['run', '--inspect=127.0.0.1:0', PROGRAM]);
      const url = await program.inspector();
      const argv = ['--target', 'class:Session', '--target', 'shown.list', '--format', 'json'];
      for (const source of [url, new URL(url).host, `http://${new URL(url).host}`]) {
        const { code, stdout, stderr } = await runBin([source, ...argv]);
        expect(code, stderr).toBe(0);
        const graph = JSON.parse(stdout) as Subgraph;
        expect(graph.source.kind).toBe('inspector');
        expect(graph.source.producer).toMatch(/^Deno \d+\.\d+\.\d+$/);
        expect(graph.edges.map(({ label }) => label).sort()).toEqual([
          ...['.list', '.shown', 'Map["<secret 1>"] →', 'sessions'],
        ]);
      }
      expect(program.child.exitCode).toBeNull();
    });
  });

  test('started plainly: its inspector is opened and closed again', async () => {
    await reserveUsualPort();
    const { pid, child } = await startProgram(deno, ['run', PROGRAM]);
    const argv = [`pid:${pid}`, '--target', 'class:Session', '--format', 'txt'];
    const { code, stdout, stderr } = await runBin(argv);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('sessions ← module live-deno.mjs');
    expect(listeningPorts(pid)).toEqual([]);
    expect(child.exitCode).toBeNull();
  });

  test('started plainly while another process has its port: says which one, and what to do', async () => {
    await reserveUsualPort();
    const server = createServer().listen(9229, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { pid, child, stderr } = await startProgram(deno, ['run', PROGRAM]);
    const answer = await runBin([`pid:${pid}`, '--target', 'class:Session', '--format', 'txt']);
    expect(answer.code).toBe(1);
    expect(answer.stderr).toMatch(
      /^showbackref: process \d+ cannot open its inspector, because process \d+ \(node\d*\) has 127\.0\.0\.1:9229; .*\n$/,
    );
    // nothing was asked of it
    expect(stderr()).toBe('');
    expect(child.exitCode).toBeNull();
  });
});
