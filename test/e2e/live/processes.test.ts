import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runBin } from '../../support/run-bin.js';
import { programFile, type RunningProgram, startProgram } from '../../support/running-program.js';
import { describeRuntime, RUNTIMES } from '../../support/runtimes.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { reserveUsualPort } from '../../support/usual-port.js';

const IS_LINUX = process.platform === 'linux';
const POLL_MS = 10;
const TXT = ['--format', 'txt'];

interface Row {
  readonly pid: number;
  readonly command: string;
  readonly script: string | null;
  readonly role: string;
  readonly ageSeconds: number;
  readonly rss: number;
  readonly heapUsed: number | null;
  readonly inspector: string | null;
  readonly parent: number | null;
  readonly workers: number | null;
}

async function listed(): Promise<readonly Row[]> {
  const { code, stdout, stderr } = await runBin(['ps', '--format', 'json']);
  expect(code, stderr).toBe(0);
  const answer = JSON.parse(stdout) as { schema: string; processes: readonly Row[] };
  expect(answer.schema).toBe('showbackref/ps@1');
  return answer.processes;
}

/** The processes that a starter has started; the starter ends with the test. */
async function childrenOf({ pid }: RunningProgram, count: number): Promise<readonly Row[]> {
  for (;;) {
    const children = (await listed()).filter(({ parent }) => parent === pid);
    if (children.length === count) {
      onTestFinished(() => {
        for (const child of children) endAlone(child.pid);
      });
      return children;
    }
    await wait(POLL_MS);
  }
}

function endAlone(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended with its parent
  }
}

/** A program under a name that no other process has. */
function renamed(program: string, name: string): string {
  const file = join(temporaryFolder(), name);
  copyFileSync(programFile(program), file);
  return file;
}

describe.runIf(IS_LINUX)('ps', () => {
  test('names the script, what it takes, an open inspector and its heap', async () => {
    const file = programFile('live-server.cjs');
    const [plain, open] = [
      await startProgram(process.execPath, ['--inspect-port=0', file]),
      await startProgram(process.execPath, ['--inspect=127.0.0.1:0', file]),
    ];
    const rows = await listed();
    const [first, second] = [plain, open].map(({ pid }) => rows.find((row) => row.pid === pid));
    expect(first).toMatchObject({ command: 'node live-server.cjs', role: 'program' });
    expect(first).toMatchObject({ inspector: null, heapUsed: null, workers: 0 });
    expect(first?.rss).toBeGreaterThan(10e6);
    const port = /:(\d+)\//.exec(await open.inspector())?.[1];
    expect(second?.inspector).toBe(`127.0.0.1:${port}`);
    expect(second?.heapUsed).toBeGreaterThan(1e6);
    expect(second?.workers).toBe(0);
    const { stdout } = await runBin(['ps', '--width', '120']);
    expect(stdout).toMatch(new RegExp(`^ *${plain.pid} +node live-server`, 'm'));
  });

  test('reports what cannot be listed, and that it takes no source', async () => {
    const { code, stderr } = await runBin(['ps', 'app.js']);
    expect(code).toBe(2);
    expect(stderr).toBe('showbackref: ps lists all processes; leave "app.js" out\n');
  });
});

describe.runIf(IS_LINUX).each(RUNTIMES)('ps and $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test('counts worker threads', async () => {
      const { pid } = await startProgram(execPath, [programFile('live-workers.cjs')]);
      const rows = await listed();
      expect(rows.find((row) => row.pid === pid)?.workers).toBe(2);
    });
  });
});

describe.runIf(IS_LINUX)('pid:NAME', () => {
  test('one process with that script is taken', async () => {
    await reserveUsualPort();
    const name = `only-${process.pid}.cjs`;
    const { pid } = await startProgram(process.execPath, [renamed('live-waits.cjs', name)]);
    const argv = [`pid:${name}`, '--target', 'process.versions', ...TXT];
    const { code, stderr } = await runBin(argv);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain(`Looking at pid:${pid} (node ${name}).`);
  });

  test('for several and for none it says what there is', async () => {
    const name = `two-${process.pid}.cjs`;
    const file = renamed('live-waits.cjs', name);
    const [a, b] = [
      await startProgram(process.execPath, [file]),
      await startProgram(process.execPath, [file]),
    ];
    const several = await runBin([`pid:${name}`, '--target', 'x', ...TXT]);
    expect(several.code).toBe(1);
    expect(several.stderr).toContain(`2 processes run "${name}"; name one\n`);
    for (const { pid } of [a, b]) expect(several.stderr).toContain(`pid:${pid}  node ${name}`);
    const none = await runBin(['pid:no-such-script.cjs', '--target', 'x', ...TXT]);
    expect(none.code).toBe(1);
    expect(none.stderr).toContain(
      'no process of Node.js runs "no-such-script.cjs"; see showbackref ps',
    );
  });
});

describe.runIf(IS_LINUX)('the process of a program that only starts others', () => {
  const target = ['--target', 'process.versions', ...TXT];

  test('of one program, through a shell: that is looked at', async () => {
    const starter = await startProgram(process.execPath, [
      renamed('starts-node.cjs', 'nodemon.js'),
      '1',
      programFile('live-waits.cjs'),
    ]);
    const [child] = await childrenOf(starter, 1);
    const { code, stderr } = await runBin([`pid:${starter.pid}`, ...target]);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain(
      `Process ${starter.pid} (node nodemon.js) only starts ${child?.pid} (node live-waits.cjs): looking at pid:${child?.pid}.`,
    );
  });

  test('of several: they are listed', async () => {
    const starter = await startProgram(process.execPath, [
      renamed('starts-node.cjs', 'nodemon.js'),
      '2',
      programFile('live-waits.cjs'),
    ]);
    const children = await childrenOf(starter, 2);
    const { code, stderr } = await runBin([`pid:${starter.pid}`, ...target]);
    expect(code).toBe(1);
    expect(stderr).toContain('only starts 2 others; name the one that you mean');
    for (const { pid } of children) expect(stderr).toContain(`pid:${pid}  node live-waits.cjs`);
  });

  test('node --watch: its child', async () => {
    await reserveUsualPort();
    const file = renamed('live-waits.cjs', `watched-${process.pid}.cjs`);
    const starter = await startProgram(process.execPath, ['--watch', file]);
    const [child] = await childrenOf(starter, 1);
    const { code, stderr } = await runBin([`pid:${starter.pid}`, ...target]);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain(`only starts ${child?.pid}`);
  });

  test('the primary of a cluster: its only worker, or the names of several', async () => {
    await reserveUsualPort();
    const one = await startProgram(process.execPath, [programFile('cluster.cjs'), '1']);
    const [worker] = await childrenOf(one, 1);
    expect(worker?.role).toBe('worker');
    const found = await runBin([`pid:${one.pid}`, '--target', 'jobOfWorker', ...TXT]);
    expect(found.code, found.stderr).toBe(0);
    expect(found.stderr).toContain(`looking at pid:${worker?.pid}.`);
    const two = await startProgram(process.execPath, [programFile('cluster.cjs'), '2']);
    const workers = await childrenOf(two, 2);
    const { stderr } = await runBin([`pid:${two.pid}`, ...target]);
    for (const { pid } of workers) expect(stderr).toContain(`pid:${pid}`);
    expect(stderr).toContain('is the primary of a cluster whose work is done by its workers');
  });
});

describe.runIf(IS_LINUX)('a process that does not answer', () => {
  test('is stopped: how to let it run on; what waits for it does nothing meanwhile', async () => {
    const { pid } = await startProgram(process.execPath, [
      '--inspect-port=0',
      programFile('live-waits.cjs'),
    ]);
    process.kill(pid, 'SIGSTOP');
    onTestFinished(() => endAlone(pid));
    const asking = runBin([`pid:${pid}`, '--target', 'process.versions', ...TXT]);
    const { code, stderr } = await asking;
    expect(code).toBe(1);
    expect(stderr).toContain(
      `Process ${pid} is stopped and answers nothing; kill -CONT ${pid} lets it run on.`,
    );
    expect(stderr).toContain(`process ${pid} is stopped, so it opens no inspector`);
  });

  test('computes: that it is busy, and then the answer', async () => {
    const code =
      "console.log('busy'); setTimeout(() => { const end = Date.now() + 6000; while (Date.now() < end) /^(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaab'); }, 50); setInterval(() => {}, 1000)";
    const { pid } = await startProgram(process.execPath, ['--inspect-port=0', '-e', code]);
    await wait(500);
    const answer = await runBin([`pid:${pid}`, '--target', 'process.versions', ...TXT]);
    expect(answer.code, answer.stderr).toBe(0);
  });
});

test.runIf(IS_LINUX)('several captures over one connection: objects keep their ids', async () => {
  const { pid } = await startProgram(process.execPath, [
    '--inspect-port=0',
    programFile('growing-server.cjs'),
  ]);
  const cwd = temporaryFolder();
  const numbered = ['--count', '3', '--every', '100ms', '--out', 'a-%d.heapsnapshot.gz'];
  const captured = await runBin(['capture', `pid:${pid}`, ...numbered], { cwd });
  expect(captured.code, captured.stderr).toBe(0);
  const files = [1, 2, 3].map((n) => `a-${n}.heapsnapshot.gz`);
  expect(readdirSync(cwd).sort()).toEqual(files);
  const growth = await runBin(['growth', 'a-1.heapsnapshot.gz', 'a-3.heapsnapshot.gz'], { cwd });
  expect(growth.stdout).toContain('Compared by object id.');
  const later = await runBin(['capture', `pid:${pid}`, '--out', 'b.heapsnapshot'], { cwd });
  expect(later.code, later.stderr).toBe(0);
  for (const command of ['growth', 'leaks']) {
    const apart = await runBin([command, 'a-3.heapsnapshot.gz', 'b.heapsnapshot'], { cwd });
    expect(apart.stdout.replaceAll(/\s+/g, ' ')).toContain(
      'V8 assigns new object ids in each process, and again after each debugger that leaves it; capture with --count stays connected, so that objects keep their ids.',
    );
  }
});
