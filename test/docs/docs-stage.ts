import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runBin } from '../support/run-bin.js';
import { startProgram } from '../support/running-program.js';
import { blocksOf, pageOf } from './read-blocks.js';

/** Heaps that the documentation names. */
const HEAPS = ['app', '1', '2', '3', 'before', 'after'];
/** The process id in the documentation, replaced by that of a running program. */
const PID = 'pid:4711';
const INSPECTOR = '127.0.0.1:9229';

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A folder with the programs and heaps that the documentation names, in which its commands run. */
export class DocsStage {
  readonly folder = mkdtempSync(join(tmpdir(), 'showbackref-docs-'));
  #someId = '';

  async fill(): Promise<void> {
    cpSync(pageOf('test/docs/stage'), this.folder, { recursive: true });
    mkdirSync(this.path('bin'));
    symlinkSync(pageOf('bin/showbackref.js'), this.path('bin/showbackref'));
    mkdirSync(this.path('node_modules'));
    symlinkSync(pageOf(''), this.path('node_modules/showbackref'));
    await runBin(['capture', 'app.js', '--out', 'heap.heapsnapshot'], { cwd: this.folder });
    const heap = readFileSync(this.path('heap.heapsnapshot'));
    for (const name of HEAPS) writeFileSync(this.path(`${name}.heapsnapshot`), heap);
    writeFileSync(this.path('bug.md'), blocksOf('docs/templates.md', 'md')[0] ?? '');
    writeFileSync(this.path('heap.heapsnapshot.gz'), gzipSync(heap, { level: 1 }));
    const found = [
      'heap.heapsnapshot',
      '--target',
      'class:Session',
      '--largest',
      '--format',
      'json',
    ];
    const { stdout } = await runBin(found, { cwd: this.folder });
    this.#someId = JSON.parse(stdout).targets[0];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Runs a line of a shell block, with programs that run here, and with less time to wait. */
  async run(line: string): Promise<Ended> {
    const text = line
      .replaceAll('@12345', this.#someId)
      // a prompt that waits for Enter needs a terminal, in which test/e2e/live types
      .replace(/(--every|--when) (?:\d+(?:s|m)\b|enter)/, '$1 200ms')
      .replace(/^(showbackref leaks pid:\d+)$/, '$1 --every 200ms')
      .replace('npx autocannon -d 10 http://localhost:3000', 'node -e 0');
    return this.#runInShell(await this.#withServers(text));
  }

  /** Runs a program, with the names that it does not declare itself. */
  runProgram(code: string): Promise<Ended> {
    writeFileSync(this.path('block.mjs'), `${PROGRAM}\n${code}`);
    return ended(spawn(process.execPath, ['--expose-gc', 'block.mjs'], { cwd: this.folder }));
  }

  async #withServers(line: string): Promise<string> {
    const server = this.path('server.js');
    if (line.includes(PID)) {
      const { pid } = await startProgram(process.execPath, [server]);
      return line.replaceAll(PID, `pid:${pid}`);
    }
    if (line.includes(INSPECTOR)) {
      const program = await startProgram(process.execPath, ['--inspect=0', server]);
      return line.replaceAll(INSPECTOR, new URL(await program.inspector()).host);
    }
    if (!line.includes('pid:server.js')) return line;
    // others on this machine may run a server.js, too
    const name = `server-${process.pid}.js`;
    cpSync(server, this.path(name));
    await startProgram(process.execPath, [this.path(name)]);
    return line.replaceAll('server.js', name);
  }

  #runInShell(line: string): Promise<Ended> {
    const PATH = [this.path('bin'), process.env.PATH].join(delimiter);
    const command = line.replace(/^npx showbackref/, 'showbackref');
    const env = { ...process.env, PATH };
    return ended(spawn('sh', ['-c', command], { cwd: this.folder, env }));
  }
}

/** The declarations that the programs of the documentation assume. */
const PROGRAM = `
import { test } from 'node:test';
import v8 from 'node:v8';
import * as tool from 'showbackref';
Object.assign(globalThis, tool);
class Session { isClosed = true; close() {} }
const session = new Session();
const [x, y, cache] = [[1], [2], new Map([['a', session]])];
const request = {};
const primes = (n) => n;
const load = (file) => file;
const handle = () => session;
const handleRequests = () => [new Session()];
const openSession = () => new Session();
const openAndClose = () => new Session();
`;

function ended(child: ChildProcess): Promise<Ended> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  child.stdin?.end();
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, output }));
  });
}
