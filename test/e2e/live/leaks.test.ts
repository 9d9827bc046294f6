import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startBrowser, untilTitled } from '../../support/browser.js';
import { type BinResult, runBin } from '../../support/run-bin.js';
import {
  endProgram,
  listeningPorts,
  programFile,
  startProgram,
} from '../../support/running-program.js';
import { CHROMIUM, describeRuntime, RUNTIMES } from '../../support/runtimes.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { Terminal, testTerminal } from '../../support/terminal.js';
import { reserveUsualPort } from '../../support/usual-port.js';

const BIN = fileURLToPath(new URL('../../../bin/showbackref.js', import.meta.url));
const SERVER = programFile('leaking-server.cjs');
const JOB = programFile('leaking-job.cjs');
const IS_LINUX = process.platform === 'linux';
const REQUESTS = 30;
const POLL_MS = 10;

/** The function to call, the holder to blame for it, and what that holds. */
const CALLS = [
  ['a function of a server', 'leaking-server.cjs', 'handle', 'sessions', 'Session'],
  ['an export of an ES module', 'leaking-module.mjs', 'write', 'log', 'Line'],
  ['a variable', 'leaking-job.cjs', 'run', 'variable seen of leaking-job.cjs', 'Job'],
  ['a method', 'leaking-job.cjs', 'queue.add', 'jobs', 'Job'],
] as const;

interface Leaks {
  readonly moments: readonly string[];
  readonly suspects: readonly {
    readonly evidence: string;
    readonly holder: { readonly label: string; readonly location: string | null };
    readonly sentence: string;
    readonly items: { readonly class: string };
    readonly counts: readonly number[];
  }[];
}

/** Its suspects. */
async function leaksOf(argv: readonly string[], cwd = temporaryFolder()) {
  const result = await runBin(['leaks', ...argv, '--format', 'json'], { cwd });
  expect(result.code, result.stderr).toBe(0);
  return { ...result, found: JSON.parse(result.stdout) as Leaks };
}

/** A shell command that sends several requests to a server. */
function requests(port: string): string {
  const file = join(temporaryFolder(), 'requests.mjs');
  writeFileSync(
    file,
    `for (let i = 0; i < ${REQUESTS}; i++) await (await fetch('http://127.0.0.1:${port}/')).text();`,
  );
  return `"${process.execPath}" "${file}"`;
}

const startServer = (argv: readonly string[], execPath = process.execPath) =>
  startProgram(execPath, argv);

/** Checks that its sessions are named first, with as many more each time as were requested. */
function expectSessions({ found }: { readonly found: Leaks }): void {
  const [first] = found.suspects;
  expect(first).toMatchObject({ evidence: 'leak', items: { class: 'Session' } });
  expect(first?.sentence).toContain('variable sessions of leaking-server.cjs');
  const counts = first?.counts ?? [];
  expect(counts.slice(1).map((count, at) => count - (counts[at] ?? 0))).toEqual(
    counts.slice(1).map(() => REQUESTS),
  );
}

describe.runIf(IS_LINUX)('a process', () => {
  test('a server with a Map that grows: the Map, with its variable and file', async () => {
    await reserveUsualPort();
    const { pid, firstLine, child } = await startServer([SERVER]);
    const between = ['--between', requests(firstLine), '--rounds', '4'];
    const answer = await leaksOf([`pid:${pid}`, ...between]);
    expectSessions(answer);
    expect(answer.found.moments).toEqual(['before', 'after 1 run', 'after 2 runs', 'after 3 runs']);
    expect(answer.stderr).toContain('Taking up to 4 heaps, one after each run of');
    expect(answer.stderr).toMatch(
      /"pid:\d+" stands still while V8 takes its heap of [\d.]+ MB: up to 4 times, each for/,
    );
    // it answers on, and its inspector is closed again
    expect(await (await fetch(`http://127.0.0.1:${firstLine}/`)).text()).toMatch(/^\d+$/);
    expect(listeningPorts(pid)).toEqual([Number(firstLine)]);
    expect(child.exitCode).toBeNull();
  });

  test('a healthy server: no suspect, and no more heaps than needed to see that', async () => {
    await reserveUsualPort();
    const { pid, firstLine } = await startServer([SERVER, 'healthy']);
    const between = ['--between', requests(firstLine), '--rounds', '9'];
    const { found, stderr } = await leaksOf([`pid:${pid}`, ...between]);
    expect(found.suspects).toEqual([]);
    expect(stderr).toMatch(/^Stopped after \d heaps: nothing that could be a leak grows\.$/m);
    expect(found.moments.length).toBeLessThan(9);
  });

  test('Ctrl-C between two heaps: an answer from those taken so far, and no inspector is left', async () => {
    await reserveUsualPort();
    const { pid, firstLine, child } = await startServer([SERVER]);
    const folder = temporaryFolder();
    const [count, waiting] = [join(folder, 'count'), join(folder, 'waiting')];
    // the third time it takes forever
    const slow = `echo x >> ${count}; if [ $(wc -l < ${count}) = 3 ]; then mkdir ${waiting}; sleep 600; fi`;
    const argv = [`pid:${pid}`, '--between', `${requests(firstLine)}; ${slow}`];
    const { tool, ended } = startTool(argv);
    await exists(waiting);
    tool.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect(code, stderr).toBe(0);
    const found = JSON.parse(stdout) as Leaks;
    expect(found.moments).toEqual(['before', 'after 1 run', 'after 2 runs']);
    expectSessions({ found });
    expect(listeningPorts(pid)).toEqual([Number(firstLine)]);
    expect(child.exitCode).toBeNull();
  });

  test('a failing command between two heaps is reported', async () => {
    await reserveUsualPort();
    const { pid } = await startServer([SERVER]);
    const said = await leaksOf([`pid:${pid}`, '--between', 'exit 3', '--rounds', '2']);
    expect(said.stderr).toContain('The command "exit 3" ended with exit code 3');
    const argv = ['leaks', `pid:${pid}`, '--between', 'showbackref-no-such-command'];
    const { code, stderr } = await runBin(argv, { cwd: temporaryFolder() });
    expect(code).toBe(1);
    expect(stderr).toContain('--between "showbackref-no-such-command" cannot be run');
    expect(stderr).not.toContain('    at ');
  });

  testTerminal('Enter takes the next heap', async () => {
    await reserveUsualPort();
    const { pid } = await startServer([SERVER]);
    const argv = ['leaks', `pid:${pid}`, '--every', 'enter', '--rounds', '3'];
    const terminal = new Terminal([process.execPath, BIN, ...argv].join(' '), temporaryFolder());
    await terminal.until(/one at each Enter; Ctrl-C answers/);
    for (let turn = 1; turn < 3; turn++) {
      await terminal.until(/Waiting for the next moment/);
      terminal.press('\r');
    }
    await terminal.until(/No suspect|Leak suspects/);
    expect(await terminal.end()).toBe(0);
  });

  testTerminal('Ctrl-C on a terminal, while it waits for the time to pass', async () => {
    await reserveUsualPort();
    const { pid } = await startServer([SERVER]);
    const argv = ['leaks', `pid:${pid}`, '--every', '60m'];
    const terminal = new Terminal([process.execPath, BIN, ...argv].join(' '), temporaryFolder());
    await terminal.until(/Enter takes the next one at once, Ctrl-C answers/);
    await terminal.until(/Waiting for the next moment/);
    terminal.press('\u0003');
    await terminal.until(/Leak suspects in 0 s/);
    expect(await terminal.end()).toBe(0);
  });
});

test('an inspector: the same, by its address', async () => {
  const server = await startServer(['--inspect=127.0.0.1:0', SERVER]);
  const between = ['--between', requests(server.firstLine), '--rounds', '3'];
  expectSessions(await leaksOf([await server.inspector(), ...between]));
});

describe.each(RUNTIMES)('a script and --call, on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    const ask = async (argv: readonly string[]): Promise<BinResult & { readonly found: Leaks }> => {
      const options = { cwd: temporaryFolder(), execPath };
      const result = await runBin(['leaks', ...argv, '--format', 'json'], options);
      expect(result.code, result.stderr).toBe(0);
      return { ...result, found: JSON.parse(result.stdout) as Leaks };
    };

    test.each(runtime === RUNTIMES[0] ? CALLS : CALLS.slice(0, 2))('%s', async (...row) => {
      const [, program, name, words, items] = row;
      const argv = [programFile(program), '--call', name, '--times', '40', '--rounds', '3'];
      const { found } = await ask(argv);
      const [first] = found.suspects;
      expect(first).toMatchObject({ evidence: 'leak', items: { class: items } });
      expect(first?.sentence).toContain(words);
      expect(first?.counts).toEqual([40, 80, 120]);
      expect(found.moments).toEqual(['40 calls', '80 calls', '120 calls']);
    });

    test('one that keeps nothing: no suspect', async () => {
      const { found, stderr } = await ask([JOB, '--call', 'renamed', '--rounds', '9']);
      expect(found.suspects).toEqual([]);
      expect(stderr).toContain('Stopped after ');
    });
  });
});

test('a script: each of its "debugger;" is a moment', async () => {
  const { found } = await leaksOf([programFile('leaking-stops.cjs')]);
  expect(found.moments).toEqual([1, 2, 3, 4].map((n) => `leaking-stops.cjs:5, stop ${n}`));
  expect(found.suspects[0]).toMatchObject({ evidence: 'leak', items: { class: 'Session' } });
  const { found: two } = await leaksOf([programFile('leaking-stops.cjs'), '--rounds', '2']);
  expect(two.moments).toHaveLength(2);
});

describe('a script that cannot be called', () => {
  test.each([
    ['it throws', 'fail', 'fail of "JOB" threw "TypeError: no job"'],
    ['there is none', 'nowhere', '"JOB" has no function for --call nowhere among its variables'],
    ['it is not a function', 'seen', '"JOB" has no function for --call seen'],
  ])('%s', async (_, name, words) => {
    const { code, stdout, stderr } = await runBin(['leaks', JOB, '--call', name]);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(words.replace('JOB', JOB));
    expect(stderr).not.toContain('    at ');
  });
});

describeRuntime(CHROMIUM, (chromium) => {
  test('a page: an array that grows, and one of removed elements', async () => {
    const page = `file://${programFile('leaking-page.html')}`;
    const { port, stop } = await startBrowser(chromium, page);
    onTestFinished(stop);
    await untilTitled(port, 'leaking page (ready)');
    const source = [`127.0.0.1:${port}`, '--page', 'leaking page'];
    // the page's own clock adds to it: once a second at the latest
    const { found } = await leaksOf([...source, '--between', 'sleep 2', '--rounds', '4']);
    const suspects = found.suspects.map(({ evidence, sentence, items }) => {
      return `${evidence}: ${sentence} ${items.class}`;
    });
    expect(suspects.join('\n')).toMatch(/^leak: Array @\d+ is .*visits\. Visit$/m);
    expect(suspects.join('\n')).toMatch(
      /^proof: Array @\d+ is .*removedRows\. Detached <section>$/m,
    );
  });
});

/** The tool in a process that a test can interrupt. */
function startTool(argv: readonly string[]) {
  const tool = spawn(process.execPath, [BIN, 'leaks', ...argv, '--format', 'json'], {
    cwd: temporaryFolder(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => endProgram(tool));
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    tool[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  const ended = once(tool, 'close').then(([code]) => ({ code, ...texts }));
  return { tool, ended };
}

async function exists(path: string): Promise<void> {
  while (!existsSync(path)) await wait(POLL_MS);
}
