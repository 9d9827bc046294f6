import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.js';

const EXAMPLE = fileURLToPath(new URL('../../../examples/leaking-server/', import.meta.url));
const SERVER = readFileSync(`${EXAMPLE}server.js`, 'utf8');
const CAUSE = "  orders.on('change', tell);\n";
const VISITORS = '50';

/** The server of the examples. */
export function leakingServer(): string {
  return SERVER;
}

/** The same with the line that its README gives. */
export function mendedServer(): string {
  const readme = readFileSync(`${EXAMPLE}README.md`, 'utf8');
  const [, fix = ''] = /```js\n(.*?)```/s.exec(readme) ?? [];
  expect(fix).toContain("orders.off('change', tell)");
  const mended = SERVER.replace(CAUSE, CAUSE + fix);
  expect(mended.length).toBe(SERVER.length + fix.length);
  return mended;
}

/** As its README says: three snapshots by signal, visitors in between. */
export async function serverSnapshots(source: string): Promise<readonly string[]> {
  const folder = temporaryFolder();
  writeFileSync(`${folder}/server.mjs`, source);
  const server = spawn(process.execPath, ['--heapsnapshot-signal=SIGUSR2', 'server.mjs'], {
    cwd: folder,
    env: { ...process.env, PORT: '0' },
  });
  onTestFinished(() => void server.kill());
  const port = await portOf(server);
  for (let moment = 1; moment <= 3; moment += 1) {
    await visit(port);
    // the server has seen that the last one left
    await wait(500);
    server.kill('SIGUSR2');
    await snapshotsIn(folder, moment);
  }
  return snapshotsIn(folder, 3);
}

function portOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    server.stdout?.setEncoding('utf8').on('data', (some: string) => {
      text += some;
      const [, port] = /:(\d+)\/orders/.exec(text) ?? [];
      if (port !== undefined) resolve(port);
    });
    server.on('error', reject);
    server.on('close', (code) => reject(new Error(`the server ended with ${code}: ${text}`)));
  });
}

function visit(port: string): Promise<void> {
  const visitors = spawn(process.execPath, [`${EXAMPLE}visit.js`, VISITORS, port]);
  return new Promise((resolve, reject) => {
    visitors.on('error', reject).on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the visitors ended with ${code}`));
    });
  });
}

/** Waits until so many are written to their end. */
async function snapshotsIn(folder: string, count: number): Promise<readonly string[]> {
  for (;;) {
    const names = readdirSync(folder).filter((name) => name.endsWith('.heapsnapshot'));
    const files = names.sort().map((name) => `${folder}/${name}`);
    if (files.length === count && files.every(isWhole)) return files;
    await wait(100);
  }
}

function isWhole(file: string): boolean {
  const descriptor = openSync(file, 'r');
  const { size } = fstatSync(descriptor);
  const last = Buffer.alloc(2);
  if (size > 2) readSync(descriptor, last, { position: size - 2 });
  closeSync(descriptor);
  return String(last).trim().endsWith('}');
}
