import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.js';
import { reserveUsualPort } from '../support/usual-port.js';
import { blocksOf, pageOf } from './read-blocks.js';

/*
 * Follows docs/leaks.md from start to fix, and compares what it shows with what is printed now.
 */

const PAGE = 'docs/leaks.md';
const MOST_MS = 300_000;
const TOOL = `"${process.execPath}" "${pageOf('bin/showbackref.js')}"`;
const blocks = blocksOf(PAGE, 'sh');
const answers = blocksOf(PAGE, 'text');
/** Waits until so many snapshots are there and written to their end. */
const UNTIL_WRITTEN = `written() {
  until [ "$(ls Heap.*.heapsnapshot 2>/dev/null | wc -l)" = "$1" ] &&
    [ "$(tail -c 2 "$(ls Heap.*.heapsnapshot | tail -1)")" = "]}" ]; do sleep 0.2; done
}`;

/** The block that has a text. */
function block(among: readonly string[], text: string): string {
  const found = among.find((one) => one.includes(text));
  if (found === undefined) throw new Error(`${PAGE} has no block with ${text}`);
  return found;
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs lines of the page in a folder that has the examples, on a free port. */
async function run(lines: string): Promise<Ended> {
  const cwd = temporaryFolder();
  cpSync(pageOf('examples'), `${cwd}/examples`, { recursive: true });
  const script = lines
    .replaceAll('npx showbackref', TOOL)
    .replace(/(?<=^|\s)node (?=examples|--test)/gm, `"${process.execPath}" `);
  // its programs end with the test
  const child = spawn('bash', ['-c', script], {
    cwd,
    detached: true,
    env: { ...process.env, PORT: String(await freePort()) },
  });
  onTestFinished(() => endGroup(child.pid));
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  const [code] = await once(child, 'exit');
  return { code, ...texts };
}

function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // they have ended by themselves
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** The text without what differs each time: ids, sizes, names of files with dates, and line breaks. */
function lasting(text: string): string {
  return text
    .slice(Math.max(0, text.indexOf('Leak suspects')))
    .replace(/Heap\.[\w.]*?(?=\d{3}\.heapsnapshot)/g, 'Heap.…')
    .replace(/@\d+/g, '@#')
    .replace(/\+?\d+(?:\.\d+)? [kM]?B\b/g, '# B')
    .replace(/pid:\d+/g, 'pid:#')
    .replace(/-{5,}/g, '---')
    .replace(/\s+/g, ' ')
    .trim();
}

describe('docs/leaks.md', () => {
  test('a pod that grows, and is mended', { timeout: MOST_MS }, async () => {
    const [start, taking] = [block(blocks, '--heapsnapshot-signal'), block(blocks, 'kill -USR2')];
    const ask = block(blocks, 'Heap.*.heapsnapshot --out leak.png');
    let taken = 0;
    const take = taking.replaceAll('sleep 5', () => `written ${++taken}`);
    expect(taken).toBe(3);
    const grown = await run(`${UNTIL_WRITTEN}\n${start}${take}kill $!; ${ask}`);
    expect(grown.code, grown.stderr).toBe(0);
    expect(lasting(grown.stdout)).toBe(lasting(block(answers, 'listener "change"')));
    expect(grown.stderr).toContain('Image generated as leak.png');
  });

  test('a test that finds it first', { timeout: MOST_MS }, async () => {
    const { code, stdout } = await run(block(blocks, 'mkdir -p out'));
    expect(code).toBe(3);
    expect(lasting(stdout)).toBe(lasting(block(answers, 'quotes (Map of Quote)')));
  });

  test('a list of accepted leaks', { timeout: MOST_MS }, async () => {
    const make = block(blocks, 'mkdir -p out').split('\n').slice(0, 2).join('\n');
    const { code, stderr } = await run(`${make}\n${block(blocks, '--update-accept')}`);
    expect([code, stderr]).toEqual([3, expect.stringContaining('reason')]);
  });

  test('a process that is running now', { timeout: MOST_MS }, async () => {
    await reserveUsualPort();
    const { code, stdout, stderr } = await run(block(blocks, '--between'));
    expect(code, stderr).toBe(0);
    const answer = answers.find((text) => /before to after 2 runs/.test(text)) ?? '';
    expect(lasting(stdout)).toBe(lasting(answer));
    const said = block(answers, 'Taking up to 3 heaps').split('\n');
    expect(stderr).toContain(said[0]?.slice(0, 50));
    const form = /stands still while V8 takes its heap of [\d.]+ MB: up to 3 times, each for/;
    expect(said[1]).toMatch(form);
    expect(stderr).toMatch(form);
  });
});
