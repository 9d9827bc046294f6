import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Subgraph } from '../../../src/collect/subgraph.js';
import { runBin } from '../../support/run-bin.js';
import { endProgram, programFile } from '../../support/running-program.js';
import { CHROMIUM, describeRuntime } from '../../support/runtimes.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  ...['--disable-dev-shm-usage', '--remote-debugging-port=0'],
];
const PAGE = `file://${programFile('live-page.html')}`;
const POLL_MS = 50;

interface Tab {
  readonly title: string;
  readonly type: string;
}

describeRuntime(CHROMIUM, (chromium) => {
  test('a detached element, by the function and the variable that hold it', async () => {
    const port = await startBrowser(chromium);
    const folder = temporaryFolder();
    const [svg, json] = [join(folder, 'd.svg'), join(folder, 'd.json')];
    const source = `http://127.0.0.1:${port}`;
    const argv = ['--page', 'demo', '--target', 'detached', '--out', svg, '--out', json];
    const { code, stderr } = await runBin([source, ...argv]);
    expect(code, stderr).toBe(0);
    const graph = JSON.parse(readFileSync(json, 'utf8')) as Subgraph;
    expect(graph.source).toMatchObject({ kind: 'inspector' });
    expect(graph.source.producer).toMatch(/^Chrome \d+\.\d+/);
    const target = graph.nodes.find(({ id }) => id === graph.targets[0]);
    expect(target?.name).toBe('Detached <div>');
    const held = graph.edges.find(({ to, label }) => to === target?.id && label === 'dialog');
    const holder = graph.nodes.find(({ id }) => id === held?.from);
    expect([holder?.name, holder?.location]).toEqual(['closeDialog', 'live-page.html:9:82']);
    expect(readFileSync(svg, 'utf8')).toContain('closeDialog');
  });

  test('an expression, in the page and in its worker', async () => {
    const port = await startBrowser(chromium);
    const ask = (argv: readonly string[]) =>
      runBin([`127.0.0.1:${port}`, ...argv, '--format', 'txt']);
    const page = await ask(['--target', 'document.querySelector("#add")']);
    expect(page.code, page.stderr).toBe(0);
    expect(page.stdout).toMatch(/^<button id="add"/);
    const worker = await ask(['--worker', 'thumbnails', '--target', 'jobs[0]']);
    expect(worker.code, worker.stderr).toBe(0);
    expect(worker.stdout).toMatch(/^Job @\d+[\s\S]* \.jobs ← globalThis/);
  });

  test('several tabs: a table with what to type for each, which then works', async () => {
    const port = await startBrowser(chromium);
    await openTab(port, '?second');
    const cwd = temporaryFolder();
    const argv = [`127.0.0.1:${port}`, '--target', 'document.body', '--out', 'a.txt'];
    const { code, stdout, stderr } = await runBin(argv, { cwd });
    expect([code, stdout]).toEqual([1, '']);
    const [sentence, head, ...rows] = stderr.trimEnd().split('\n');
    expect(sentence).toBe(
      `showbackref: there are 2 pages of "127.0.0.1:${port}"; choose one with --page`,
    );
    expect(head).toMatch(/^page +url +choose with$/);
    expect(rows).toHaveLength(2);
    expect(readdirSync(cwd)).toEqual([]);
    const second = rows.find((row) => row.includes('?second'));
    const page = /--page (\S+)$/.exec(second ?? '')?.[1] ?? '';
    for (const choice of [page, '/SECOND$/i']) {
      const again = await runBin([...argv, '--page', choice], { cwd });
      expect(again.code, again.stderr).toBe(0);
    }
    const none = await runBin([...argv, '--page', 'nowhere'], { cwd });
    expect(none.code).toBe(1);
    expect(none.stderr).toContain(`no page of "127.0.0.1:${port}" matches --page "nowhere"`);
  });

  test('the address of the whole browser', async () => {
    const port = await startBrowser(chromium);
    const version = await fetch(`http://127.0.0.1:${port}/json/version`);
    const { webSocketDebuggerUrl } = (await version.json()) as { webSocketDebuggerUrl: string };
    const { code, stderr } = await runBin([webSocketDebuggerUrl, '--target', 'x']);
    expect(stderr).toContain(`is the whole browser; name http://127.0.0.1:${port} to look at one`);
    expect(code).toBe(1);
  });
});

/** Resolves with the port of its inspector when the page is ready. */
async function startBrowser(chromium: string): Promise<number> {
  const profile = mkdtempSync(join(tmpdir(), 'showbackref-browser-'));
  const argv = [...FLAGS, `--user-data-dir=${profile}`, PAGE];
  const child = spawn(chromium, argv, { stdio: 'ignore', detached: true });
  onTestFinished(async () => {
    await endProgram(child);
    endGroup(child.pid as number);
    await removeProfile(profile);
  });
  for (;;) {
    expect(child.exitCode).toBeNull();
    const port = readPort(profile);
    if (port !== null && (await countReady(port)) === 1) return port;
    await wait(POLL_MS);
  }
}

/** The browser's other processes go by themselves, but not at once. */
function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // they have gone
  }
}

/** What is left of them writes on for a moment. */
async function removeProfile(profile: string): Promise<void> {
  for (;;) {
    try {
      return rmSync(profile, { recursive: true, force: true });
    } catch {
      await wait(POLL_MS);
    }
  }
}

async function openTab(port: number, query: string): Promise<void> {
  const before = await countReady(port);
  await fetch(`http://127.0.0.1:${port}/json/new?${PAGE}${query}`, { method: 'PUT' });
  while ((await countReady(port)) === before) await wait(POLL_MS);
}

function readPort(profile: string): number | null {
  try {
    return Number(readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0]);
  } catch {
    return null;
  }
}

async function countReady(port: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => null);
  const tabs = answer === null ? [] : ((await answer.json()) as Tab[]);
  return tabs.filter(({ type, title }) => type === 'page' && title.includes('(ready)')).length;
}
