import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import type { CallFrame } from '../../src/source/inspector/inspector-protocol.js';
import {
  connectInspector,
  type InspectorSession,
} from '../../src/source/inspector/inspector-session.js';
import { referencesOf, SEED } from '../support/picture.js';
import { programFile } from '../support/running-program.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const CONSOLE = { objectGroup: 'console' };
const IN_MAIN = SEED.map((line) => line.replace(/^frame -(.)->/, 'frame -local $1 in main()->'));

describe.each(RUNTIMES)('showBackrefs typed into a debugger on $name', (runtime) => {
  describeRuntime(runtime, (execPath) => {
    test('draws the frames it is paused in, leaves it paused, keeps its console', async () => {
      const file = join(temporaryFolder(), 'backrefs.json');
      const { child, session } = await startWithInspector(execPath, 'library-console.cjs');
      const frame = await runToDebugger(session);
      const evaluate = (expression: string) =>
        session.send('Debugger.evaluateOnCallFrame', {
          callFrameId: frame.callFrameId,
          expression,
          ...CONSOLE,
        });
      const call = await evaluate(`showBackrefs(x, { out: ${JSON.stringify(file)} })`);
      expect(call.result.className).toBe('Promise');

      expect(referencesOf(await readWhenThere(file))).toEqual(IN_MAIN);
      // neither resumed nor robbed of its results
      expect((await evaluate('y')).result.description).toBe('Array(3)');
      const objectId = call.result.objectId ?? '';
      await session.send('Runtime.getProperties', { objectId, ownProperties: true });
      await session.send('Debugger.resume', {});
      await session.close();
      expect(await exitOf(child)).toBe(0);
    });

    test('takes the heap between two turns of a running program, for each of two calls', async () => {
      const folder = temporaryFolder();
      const files = ['a.json', 'b.json'].map((name) => join(folder, name));
      const { child, session } = await startWithInspector(execPath, 'library-idle.cjs');
      // as soon as the program has ended
      while ((await look(session, 'typeof cache')) !== 'object') await wait(5);
      const calls = files.map((out) => `void showBackrefs(cache.foo, ${JSON.stringify({ out })})`);
      await look(session, calls.join(';'));
      for (const file of files) {
        const lines = referencesOf(await readWhenThere(file));
        expect(lines).toEqual(['Object {foo} -.foo-> target', 'globalThis -.cache-> Object {foo}']);
      }
      await session.close();
      child.kill();
      await exitOf(child);
    });
  });
});

async function look(session: InspectorSession, expression: string): Promise<unknown> {
  const { result } = await session.send('Runtime.evaluate', { expression, ...CONSOLE });
  return result.value;
}

async function startWithInspector(execPath: string, program: string) {
  const child = spawn(execPath, ['--inspect=127.0.0.1:0', programFile(program)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const session = await connectInspector(await addressOf(child));
  return { child, session };
}

function addressOf({ stderr }: ChildProcess): Promise<string> {
  let text = '';
  return new Promise((resolve) => {
    stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const [url] = /ws:\S+/.exec(text) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
}

/** The innermost frame at the `debugger;` statement of library-console.cjs. */
async function runToDebugger(session: InspectorSession): Promise<CallFrame> {
  const paused = new Promise<CallFrame>((resolve) => {
    session.on('Debugger.paused', ({ callFrames }) => resolve(callFrames[0] as CallFrame));
  });
  await session.send('Debugger.enable', {});
  while ((await look(session, 'typeof isWatched')) !== 'boolean') await wait(5);
  await look(session, 'isWatched = true');
  return paused;
}

/** Waits for a file; our files appear whole. */
async function readWhenThere(file: string): Promise<Subgraph> {
  while (!existsSync(file)) await wait(10);
  return JSON.parse(readFileSync(file, 'utf8')) as Subgraph;
}

function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', resolve));
}
