import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Subgraph } from '../../../src/collect/picture/subgraph.js';
import { decodePng } from '../../support/decode-png.js';
import { runBin } from '../../support/run-bin.js';
import { listeningPorts, programFile, startProgram } from '../../support/running-program.js';
import { describeRuntime, RUNTIMES } from '../../support/runtimes.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { reserveUsualPort } from '../../support/usual-port.js';

const SERVER = programFile('live-server.cjs');
const SESSION = ['--target', 'class:Session', '--largest'];

// what a process has open is read from /proc
describe.runIf(process.platform === 'linux')('pid:N', () => {
  describe.each(RUNTIMES)('of $name', (runtime) => {
    describeRuntime(runtime, (execPath) => {
      test('a server that was started plainly: the leaking Map, its key, its variable', async () => {
        await reserveUsualPort();
        const { pid, firstLine: port, stderr } = await startProgram(execPath, [SERVER]);
        const folder = temporaryFolder();
        const [png, json] = [join(folder, 's.png'), join(folder, 's.json')];
        const argv = [`pid:${pid}`, ...SESSION, '--out', png, '--out', json];
        const { code, stderr: words } = await runBin(argv);
        expect(code, words).toBe(0);
        expectLeak(JSON.parse(readFileSync(json, 'utf8')));
        expect(decodePng(readFileSync(png)).width).toBeGreaterThan(400);
        expect(readdirSync(folder).sort()).toEqual(['s.json', 's.png']);

        expect(await ask(port, '/after')).toBe('2');
        expect(listeningPorts(pid)).toEqual([Number(port)]);
        // it would say so twice if it were opened twice
        expect(stderr().match(/Debugger listening/g)).toHaveLength(1);
      });

      test('of two, if the other one is already on 9229', async () => {
        await reserveUsualPort();
        const other = await startProgram(execPath, [
          '--inspect=127.0.0.1:9229',
          programFile('live-waits.cjs'),
        ]);
        const { pid, firstLine: port, stderr } = await startProgram(execPath, [SERVER]);
        const result = await runBin([`pid:${pid}`, ...SESSION, '--format', 'json']);
        expect([result.code, result.stdout]).toEqual([1, '']);
        expect(result.stderr).toBe(
          `showbackref: process ${pid} cannot open its inspector, because process ${other.pid} (node) has 127.0.0.1:9229; close that one, or start the program with --inspect-port=0\n`,
        );
        expect([listeningPorts(pid), stderr()]).toEqual([[Number(port)], '']);
        expect(await ask(port, '/after')).toBe('2');
        // the other program's is neither used nor closed
        expect(listeningPorts(other.pid)).toEqual([9229]);
        expect(other.stderr()).not.toContain('Debugger attached');

        const again = await runBin([`pid:${other.pid}`, ...SESSION, '--format', 'json']);
        expect(again.stderr).toContain('Nothing in the heap matches "class:Session"');
        expect(listeningPorts(other.pid)).toEqual([9229]);
      });
    });
  });

  test('an inspector that was open before stays open, on whatever port', async () => {
    const { pid } = await startProgram(process.execPath, ['--inspect=127.0.0.1:0', SERVER]);
    const before = listeningPorts(pid);
    const { code } = await runBin([`pid:${pid}`, ...SESSION, '--format', 'json']);
    expect(code).toBe(0);
    expect(before).toHaveLength(2);
    expect(listeningPorts(pid)).toEqual(before);
  });

  test('one that was started with --inspect-port', async () => {
    const { pid, firstLine: port } = await startProgram(process.execPath, [
      ...['--inspect-port=0', SERVER],
    ]);
    const { code, stderr } = await runBin([`pid:${pid}`, ...SESSION, '--format', 'json']);
    expect(code, stderr).toBe(0);
    expect(listeningPorts(pid)).toEqual([Number(port)]);
    // the program's own port was not asked whether it is an inspector
    expect(await ask(port, '/after')).toBe('2');
  });

  test('one of its worker threads', async () => {
    await reserveUsualPort();
    const { pid } = await startProgram(process.execPath, [programFile('live-workers.cjs')]);
    const argv = [`pid:${pid}`, '--worker', 'thumb', '--target', 'class:Job', '--format', 'txt'];
    const { code, stdout, stderr } = await runBin(argv);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('Map["first"]');
    expect(listeningPorts(pid)).toEqual([]);
  });

  test('a pool: the worker that has the target, where there is exactly one', async () => {
    const pool = programFile('pool-of-workers.cjs');
    const { pid } = await startProgram(process.execPath, ['--inspect=127.0.0.1:0', pool]);
    const ask = (target: string) => runBin([`pid:${pid}`, '--target', target, '--format', 'txt']);
    const one = await ask('class:Resized');
    expect(one.code, one.stderr).toBe(0);
    expect(one.stdout).toMatch(/^Resized @\d+[\s\S]* done ← /);
    expect(one.stderr).toContain(
      'The target is not in the main thread but in worker 2, the only one of 2 that has it.\n',
    );
    const both = await ask('class:Ready');
    expect(both.code).toBe(1);
    expect(both.stderr.split('\n').slice(0, 3)).toEqual([
      'showbackref: 2 of 2 worker threads have the target, and the main thread does not; choose one with --worker',
      expect.stringMatching(/^ {2}--worker 1 {2}\S/),
      expect.stringMatching(/^ {2}--worker 2 {2}\S/),
    ]);
    const none = await ask('class:Nowhere_at_all');
    expect([none.code, none.stderr]).toEqual([
      1,
      expect.stringMatching(
        /^showbackref: Nothing in .*\nIts 2 worker threads do not have it either\.\n$/,
      ),
    ]);
  });

  describe('a process that cannot be looked at: one sentence, exit code 1, no file, and it lives on', () => {
    test('a process that is not Node.js', async () => {
      const { pid, child } = await startProgram('/bin/sh', ['-c', 'echo ready; exec sleep 600']);
      expect(await refusalOf(`pid:${pid}`)).toContain('and not Node.js, so it was left alone');
      expect(child.signalCode).toBeNull();
    });

    test('a process that is not there', async () => {
      expect(await refusalOf('pid:4194303')).toContain('there is no process 4194303');
    });

    test('a program that handles SIGUSR1 itself', async () => {
      await reserveUsualPort();
      const program = await startProgram(process.execPath, [programFile('live-signal.cjs')]);
      expect(await refusalOf(`pid:${program.pid}`)).toContain('it handles that signal itself');
      expect(listeningPorts(program.pid)).toEqual([]);
      expect(program.child.signalCode).toBeNull();
      expect(program.stdout()).toBe('ready\nrotated\n');
    });

    test.each(RUNTIMES.filter(({ name, missing }) => missing === null && !/v20\./.test(name)))(
      'one started with --disable-sigusr1 on $name',
      async ({ execPath }) => {
        const argv = ['--disable-sigusr1', programFile('live-waits.cjs')];
        const { pid, child } = await startProgram(execPath, argv);
        expect(await refusalOf(`pid:${pid}`)).toContain('with --disable-sigusr1');
        expect(child.signalCode).toBeNull();
      },
    );

    test('one that ends while it is looked at', async () => {
      await reserveUsualPort();
      const { pid, child } = await startProgram(process.execPath, [SERVER]);
      const exited = once(child, 'exit');
      const kill = 'process.kill(process.pid, "SIGKILL")';
      expect(await refusalOf(`pid:${pid}`, kill)).toContain(`process ${pid} ended while`);
      expect((await exited)[1]).toBe('SIGKILL');
    });

    test.runIf(process.getuid?.() === 0)('one of another user', async () => {
      const { pid } = await startProgram(process.execPath, [programFile('live-waits.cjs')]);
      const argv = [`pid:${pid}`, '--target', 'x', '--format', 'txt'];
      const nodeArgs = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath];
      const { code, stderr } = await runBin(argv, { execPath: 'setpriv', nodeArgs });
      expect(stderr).toContain(`no permission to look at process ${pid}`);
      expect(code).toBe(1);
    });
  });
});

/** The sentence on standard error. */
async function refusalOf(source: string, target = 'x'): Promise<string> {
  const cwd = temporaryFolder();
  const argv = [source, '--target', target, '--out', 'a.png', '--out', 'a.json'];
  const { code, stdout, stderr } = await runBin(argv, { cwd });
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).not.toContain('    at ');
  expect(readdirSync(cwd)).toEqual([]);
  return stderr;
}

function expectLeak({ source, nodes, edges, targets }: Subgraph): void {
  expect(source.kind).toBe('process');
  expect(source.producer).toMatch(/^Node\.js v\d+\.\d+\.\d+$/);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const intoTarget = edges.filter(({ to }) => to === targets[0]);
  expect(intoTarget.map(({ label, from }) => [label, byId.get(from)?.name])).toEqual([
    // keys of sessions give access to anybody who has them
    ['Map["<secret 1>"] →', 'Map'],
  ]);
  const intoMap = edges.filter(({ to }) => to === intoTarget[0]?.from);
  expect(intoMap.map(({ label }) => label)).toEqual(['sessions']);
  const module = byId.get(intoMap[0]?.from ?? '');
  expect(`${module?.label} ${module?.location}`).toContain('live-server.cjs');
}

async function ask(port: string, path: string): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}${path}`)).text();
}
