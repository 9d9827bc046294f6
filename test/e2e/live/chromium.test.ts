import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Subgraph } from '../../../src/collect/picture/subgraph.js';
import { startBrowser } from '../../support/browser.js';
import { runBin } from '../../support/run-bin.js';
import { programFile } from '../../support/running-program.js';
import { CHROMIUM, describeRuntime } from '../../support/runtimes.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const PAGE = `file://${programFile('live-page.html')}`;
const POLL_MS = 50;

interface Tab {
  readonly title: string;
  readonly type: string;
}

describeRuntime(CHROMIUM, (chromium) => {
  test('a detached element, by the function and the variable that hold it', async () => {
    const port = await openPage(chromium);
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
    const port = await openPage(chromium);
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
    const port = await openPage(chromium);
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
    const port = await openPage(chromium);
    const version = await fetch(`http://127.0.0.1:${port}/json/version`);
    const { webSocketDebuggerUrl } = (await version.json()) as { webSocketDebuggerUrl: string };
    const { code, stderr } = await runBin([webSocketDebuggerUrl, '--target', 'x']);
    expect(stderr).toContain(`is the whole browser; name http://127.0.0.1:${port} to look at one`);
    expect(code).toBe(1);
  });
});

/** Resolves with the port of the page's inspector when the page is ready. */
async function openPage(chromium: string): Promise<number> {
  const { port, stop } = await startBrowser(chromium, PAGE);
  onTestFinished(stop);
  while ((await countReady(port)) !== 1) await wait(POLL_MS);
  return port;
}

async function openTab(port: number, query: string): Promise<void> {
  const before = await countReady(port);
  await fetch(`http://127.0.0.1:${port}/json/new?${PAGE}${query}`, { method: 'PUT' });
  while ((await countReady(port)) === before) await wait(POLL_MS);
}

async function countReady(port: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => null);
  const tabs = answer === null ? [] : ((await answer.json()) as Tab[]);
  return tabs.filter(({ type, title }) => type === 'page' && title.includes('(ready)')).length;
}
