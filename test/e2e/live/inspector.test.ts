import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Subgraph } from '../../../src/collect/picture/subgraph.js';
import { connectInspector } from '../../../src/source/inspector/inspector-session.js';
import { runBin } from '../../support/run-bin.js';
import { programFile, startProgram } from '../../support/running-program.js';
import { describeRuntime, RUNTIMES } from '../../support/runtimes.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { reserveUsualPort } from '../../support/usual-port.js';

const INSPECT = '--inspect=127.0.0.1:0';

describe.each(RUNTIMES)('the inspector of $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test('a program that somebody else has paused: the variables of its frames', async () => {
      const program = await startProgram(execPath, [INSPECT, programFile('live-paused.cjs')]);
      const url = await program.inspector();
      const debug = await connectInspector(url);
      onTestFinished(() => debug.close());
      const paused = new Promise((resolve) => debug.on('Debugger.paused', resolve));
      await debug.send('Debugger.enable', {});
      await paused;
      const argv = [url, '--target', 'job', '--target', 'x', '--format', 'json'];
      const { code, stdout, stderr } = await runBin(argv);
      expect(code, stderr).toBe(0);
      const { nodes, edges, targets } = JSON.parse(stdout) as Subgraph;
      const [job, x] = targets.map((target) => edges.filter(({ to }) => to === target));
      const frame = nodes.find(({ id }) => id === job?.[0]?.from);
      expect([frame?.type, frame?.label]).toEqual(['frame', 'work() live-paused.cjs:6']);
      // nothing that the other client's debugger holds
      expect(x?.map(({ label }) => label).sort()).toEqual(['.a', '.input', '[0]', '[0]', 'x']);
    });

    test('a worker thread, and a table of them if several match', async () => {
      const program = await startProgram(execPath, [INSPECT, programFile('live-workers.cjs')]);
      const url = await program.inspector();
      const argv = [url, '--target', 'lastJob', '--format', 'txt', '--worker'];
      const { code, stdout, stderr } = await runBin([...argv, '2']);
      expect(code, stderr).toBe(0);
      expect(stdout).toMatch(/^Job @/);
      const several = await runBin([...argv, 'live']);
      expect(several.code).toBe(1);
      const rows = several.stderr.trimEnd().split('\n');
      expect(rows[1]).toMatch(/^worker +url +choose with$/);
      expect(rows.slice(2).map((row) => row.slice(-'--worker 1'.length))).toEqual([
        ...['--worker 1', '--worker 2'],
      ]);
    });
  });
});

test('without a source and a snapshot: the inspector on 127.0.0.1:9229, and it says so', async () => {
  await reserveUsualPort();
  await startProgram(process.execPath, [
    '--inspect=127.0.0.1:9229',
    programFile('live-server.cjs'),
  ]);
  const argv = ['--target', 'class:Session', '--format', 'txt'];
  const { code, stdout, stderr } = await runBin(argv, { cwd: temporaryFolder() });
  expect(code).toBe(0);
  expect(stderr).toMatch(/^Looking at the inspector on 127\.0\.0\.1:9229 \(node\.js\/v/);
  expect(stdout).toContain('sessions');
});

describe('a source that cannot be looked at: one sentence, exit code 1, no file', () => {
  test.each([
    ['a closed port', '127.0.0.1:1', 'nothing listens on "127.0.0.1:1"'],
    ['a host that is not there', 'ws://nowhere.invalid:1/x', 'no host "nowhere.invalid"'],
  ])('%s', async (_, source, words) => {
    expect(await refusalOf(source)).toContain(words);
  });

  test('a port that is not an inspector', async () => {
    const server = createServer((_, response) => response.end('<h1>Shop</h1>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const source = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await refusalOf(source)).toContain('is not an inspector');
  });

  test('a program that ends while it is looked at', async () => {
    const program = await startProgram(process.execPath, [INSPECT, programFile('live-waits.cjs')]);
    const url = await program.inspector();
    expect(await refusalOf(url, 'process.exit()')).toContain(`the connection to "${url}" was lost`);
  });
});

/** The sentence on standard error. */
async function refusalOf(source: string, target = 'x'): Promise<string> {
  const cwd = temporaryFolder();
  const { code, stdout, stderr } = await runBin([source, '--target', target, '--out', 'a.png'], {
    cwd,
  });
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(readdirSync(cwd)).toEqual([]);
  return stderr;
}
