import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ScriptStage } from '../../src/source/script/script-run.js';
import { openScript } from '../../src/source/script/script-source.js';
import { spell } from '../../src/util/sentence.js';
import { programFile } from '../support/running-program.js';
import { describeRuntime, RUNTIMES } from '../support/runtimes.js';
import {
  captureScript,
  isAlive,
  localNames,
  pidOf,
  readAll,
  recordScript,
} from './script-harness.js';

const CJS_MODULE = ['exports', 'require', 'module'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'showbackref test '));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

for (const runtime of RUNTIMES) {
  describeRuntime(runtime, (execPath) => {
    describe.each(['seed.mjs', 'seed.cjs'])('%s, paused at "debugger;"', (program) => {
      test('is one top-level frame whose variables are in the heap, held as drawn', async () => {
        const expressions = ['x', 'y[2].a', 'y'];
        const { live, heap } = await captureScript(program, { execPath, expressions });
        const [frame, ...others] = live.frames;
        expect(others).toEqual([]);
        expect(frame).toMatchObject({ functionName: '', isTopLevel: true, line: 3, column: 1 });
        expect(frame?.url).toMatch(new RegExp(`^file:///.*/test/programs/${program}$`));
        const module = program === 'seed.cjs' ? CJS_MODULE : [];
        expect(localNames(frame)).toEqual([...module, 'x', 'y']);

        const x = frame?.locals.find(({ name }) => name === 'x')?.nodeId as number;
        const y = frame?.locals.find(({ name }) => name === 'y')?.nodeId;
        expect(live.evaluated).toEqual([
          { expression: 'x', kind: 'object', nodeId: x },
          { expression: 'y[2].a', kind: 'object', nodeId: x },
          { expression: 'y', kind: 'object', nodeId: y },
        ]);
        expect(heap.nameOf(x)).toBe('Array');
        const holders = heap.holdersOf(x).filter((holder) => !holder.startsWith('internal '));
        expect(holders).toEqual([
          'element 0 from Array',
          'element 0 from Array',
          'property a from Object',
        ]);
        expect(heap.holdersOf(x).join()).not.toContain('(Global handles)');
        expect(heap.consoleHandles()).toEqual([]);
      });
    });

    test('names the variables of each function on the stack, and no others', async () => {
      const { live, heap } = await captureScript('seed-in-function.cjs', {
        execPath,
        expressions: ['x', 'own', 'inBlock.x', 'main', 'module.exports'],
      });
      const [inner, main, top] = live.frames;
      expect(live.frames.map((frame) => frame.functionName)).toEqual(['inner', 'main', '']);
      expect(live.frames.map((frame) => frame.isTopLevel)).toEqual([false, false, true]);
      expect(localNames(inner)).toEqual(['own']);
      expect(localNames(main)).toEqual(['inBlock', 'argument', 'x', 'y']);
      expect(localNames(top)).toEqual([...CJS_MODULE, 'main', 'inner']);
      expect(main).toMatchObject({ line: 6, column: 5 });
      expect(live.evaluated.map(({ kind }) => kind)).toEqual(Array(5).fill('object'));
      const ids = live.frames.flatMap(({ locals }) => locals.map(({ nodeId }) => nodeId));
      expect(ids.map((nodeId) => heap.nameOf(nodeId))).not.toContain(null);
    });

    test('names the object of a method, and no global one', async () => {
      const { live, heap } = await captureScript('methods.cjs', {
        ...{ execPath, expressions: ['job'] },
      });
      expect(live.frames.map((frame) => frame.functionName)).toEqual(['stop', 'run', '']);
      const [stop, run, top] = live.frames;
      expect(localNames(stop)).toEqual([]);
      expect(localNames(run)).toEqual(['local', 'this']);
      expect(heap.nameOf(run?.locals.at(-1)?.nodeId ?? 0)).toBe('Job');
      expect(localNames(top)).toEqual([...CJS_MODULE, 'Job', 'stop']);
    });

    test('leaves the variables of a classic script to the heap', async () => {
      const { live } = await captureScript('classic-script.cjs', { execPath });
      expect(live.frames.map((frame) => frame.isTopLevel)).toEqual([true, true]);
      expect(live.frames.map(localNames)).toEqual([
        ['inBlock'],
        [...CJS_MODULE, 'runInThisContext'],
      ]);
    });

    test('pauses in an async function', async () => {
      const { live } = await captureScript('awaits.mjs', {
        execPath,
        expressions: ['x', 'caught'],
      });
      expect(live.frames.map((frame) => frame.functionName)).toEqual(['work']);
      expect(localNames(live.frames[0])).toEqual(['caught', 'inAsync']);
      expect(live.evaluated.map(({ kind }) => kind)).toEqual(['object', 'object']);
    });

    test('looks at the end of a program without "debugger;"', async () => {
      const { live, heap, stages, stderr } = await captureScript('never-stops.mjs', {
        execPath,
        expressions: ['cache.entries'],
      });
      expect(live.frames).toEqual([]);
      expect(live.evaluated).toMatchObject([{ kind: 'object' }]);
      expect(heap.consoleHandles()).toEqual([]);
      expect(stages).toContainEqual({ name: 'paused', at: 'exit' });
      expect(stages.at(-1)).toEqual({ name: 'ended', code: 0, signal: null, byUs: false });
      expect(stderr.text).toBe('');
    });

    test('looks at process.exit(3), with the frames that called it', async () => {
      const { live, stages } = await captureScript('exits-with-three.cjs', {
        execPath,
        expressions: ['last.words'],
      });
      expect(live.frames.map((frame) => frame.functionName)).toEqual(['leave', '']);
      expect(localNames(live.frames[0])).toEqual(['last']);
      expect(live.evaluated).toEqual([{ expression: 'last.words', kind: 'primitive', text: '1' }]);
      expect(stages.at(-1)).toEqual({ name: 'ended', code: 3, signal: null, byUs: false });
    });

    test('looks at the end of a program that throws', async () => {
      const { live, stages, stderr } = await captureScript('throws.cjs', {
        execPath,
        expressions: ['cache'],
      });
      expect(live.evaluated).toMatchObject([{ kind: 'object' }]);
      expect(stages.at(-1)).toEqual({ name: 'ended', code: 1, signal: null, byUs: false });
      expect(stderr.text).toContain('Error: boom');
      expect(stderr.text).not.toMatch(/[Dd]ebugger|For help/);
    });

    test('skips every "debugger;" when asked for the end', async () => {
      const { live, stages } = await captureScript('seed.cjs', {
        execPath,
        when: { kind: 'exit' },
      });
      expect(live.frames).toEqual([]);
      expect(stages).toContainEqual({ name: 'paused', at: 'exit' });
    });

    test('says that a program with a syntax error did not run', async () => {
      const file = join(folder, 'syntax error.cjs');
      await copyFile(programFile('syntax-error.txt'), file);
      const { options, stages, stderr } = recordScript('', { file, execPath });
      await expect(openScript(options)).rejects.toMatchObject({
        code: 'SOURCE_UNREACHABLE',
        message: expect.stringMatching(/^".*" ended with exit code 1 before any of it ran: see /),
      });
      expect(stderr.text).toContain('SyntaxError');
      expect(isAlive(pidOf(stages))).toBe(false);
    });

    test('says by which signal a program ended', async () => {
      const { options } = recordScript('kills-itself.cjs', { execPath });
      await expect(openScript(options)).rejects.toMatchObject({
        code: 'SOURCE_UNREACHABLE',
        message: expect.stringContaining('ended by signal SIGKILL before its heap could be looked'),
      });
    });

    test('says when a program ended unseen', async () => {
      const { options } = recordScript('stops-listening.cjs', { execPath });
      await expect(openScript(options)).rejects.toMatchObject({
        code: 'SOURCE_UNREACHABLE',
        message: expect.stringContaining('ended with exit code 0 before its heap could be looked'),
      });
    });

    test('ends a server that would run forever', async () => {
      const { live, stages } = await captureScript('server.mjs', { execPath, lingerMs: 0 });
      expect(localNames(live.frames[0])).toEqual(['listening']);
      expect(stages.at(-1)).toEqual({ name: 'ended', code: null, signal: 'SIGTERM', byUs: true });
      expect(isAlive(pidOf(stages))).toBe(false);
    });

    test('passes output and arguments through, and leaves no trace of itself', async () => {
      const env = { ...process.env, NODE_OPTIONS: '--max-old-space-size=1000' };
      const scriptArgs = ['one', '--two'];
      const { stdout, stderr, stages, heap, live } = await captureScript('prints.cjs', {
        ...{ execPath, env, scriptArgs, expressions: ['logged'] },
      });
      const first = `to standard output [ 'one', '--two' ] [] ${env.NODE_OPTIONS}`;
      expect(stdout.text).toBe(`${first}\n{ isLogged: true }\n0 listeners`);
      const written = ['Debugger delight', 'Debugger attachment', 'For help, see: nothing'];
      expect(stderr.text).toBe([...written, 'no newline'].join('\n'));
      expect(stages.at(-1)).toEqual({ name: 'ended', code: 5, signal: null, byUs: false });
      expect(heap.consoleHandles()).toEqual([]);
      const [logged] = live.evaluated;
      const holders = logged?.kind === 'object' ? heap.holdersOf(logged.nodeId) : [];
      expect(holders.join()).toContain('(Stack roots)');
      expect(holders.join()).not.toContain('(Global handles)');
    });

    test('lets the processes and threads that a program starts run freely', async () => {
      const env = { ...process.env };
      delete env.NODE_OPTIONS;
      const { stdout, live } = await captureScript('starts-others.cjs', { execPath, env });
      expect(stdout.text).toBe('child [] undefined\nworker undefined\n');
      expect(localNames(live.frames[0])).toEqual(['afterwards']);
    });

    test('finds a variable outside of a deep recursion', async () => {
      const { live } = await captureScript('recursion.cjs', {
        execPath,
        expressions: ['outermost.isOutermost', 'level'],
      });
      expect(live.frames).toHaveLength(402);
      expect(localNames(live.frames[400])).toEqual(['level']);
      expect(live.evaluated).toMatchObject([{ text: 'true' }, { nodeId: expect.any(Number) }]);
    });

    test('describes values and errors briefly', async () => {
      const expressions = ['text', 'long', 'symbol', 'nothing', '-0', '2n', 'proxy'];
      const failing = ['nowhere', 'thing.fails', '(', 'throwText()', 'nothing.x'];
      const { live } = await captureScript('values.cjs', {
        execPath,
        expressions: [...expressions, ...failing],
      });
      const texts = live.evaluated.map((item) => ('text' in item ? item.text : item.kind));
      expect(texts.slice(0, 7)).toEqual([
        '"a \\"quoted\\" text"',
        `"${'x'.repeat(79)}…" 1000 chars`,
        'Symbol(s)',
        'null',
        '-0',
        '2n',
        'object',
      ]);
      const messages = live.evaluated.map((item) => ('message' in item ? item.message : ''));
      expect(messages.slice(7)).toEqual([
        'ReferenceError: nowhere is not defined',
        'TypeError: no',
        expect.stringMatching(/^SyntaxError: /),
        '"just text"',
        expect.stringMatching(/^TypeError: Cannot read properties of null/),
      ]);
    });

    test('runs TypeScript, or says how to', async () => {
      const outcome = await captureScript('typed.mts', { execPath, expressions: ['x'] }).catch(
        (error) => error.message,
      );
      const ran = { live: { evaluated: [{ kind: 'object' }] } };
      const refused = /typed\.mts" ended .* may need a loader for TypeScript, such as nodeArg=/;
      if (typeof outcome === 'string') expect(outcome).toMatch(refused);
      else expect(outcome).toMatchObject(ran);
    });

    describe('an interrupted run leaves no process:', () => {
      test('while the program runs', async () => {
        const abort = new AbortController();
        const { options, stages } = recordScript('endless-loop.cjs', {
          execPath,
          signal: abort.signal,
          onStage: ({ name }) => name === 'running' && abort.abort(),
        });
        await expect(openScript(options)).rejects.toMatchObject({ code: 'INTERRUPTED' });
        expect(isAlive(pidOf(stages))).toBe(false);
      });

      test('while its heap is taken', async () => {
        const abort = new AbortController();
        const { options, stages } = recordScript('server.mjs', {
          execPath,
          signal: abort.signal,
          onStage: ({ name }) => name === 'capturing' && abort.abort(),
        });
        const source = await openScript(options);
        await expect(readAll(source.bytes)).rejects.toMatchObject({ code: 'INTERRUPTED' });
        expect(isAlive(pidOf(stages))).toBe(false);
        await source.close();
      });

      test('while it is waited for', async () => {
        const abort = new AbortController();
        const { options, stages } = recordScript('server.mjs', {
          ...{ execPath, signal: abort.signal, lingerMs: 3_600_000 },
        });
        const source = await openScript(options);
        await readAll(source.bytes);
        const closing = source.close();
        abort.abort();
        await closing;
        expect(isAlive(pidOf(stages))).toBe(false);
      });
    });
  });
}

test.skipIf(process.platform === 'win32')('a held program ends with its tool', async () => {
  const module = new URL('../../dist/source/script/script-source.js', import.meta.url).href;
  // A tool that dies as soon as the program is held, before it can release it.
  const tool = `const { openScript } = await import(${JSON.stringify(module)});
    const onStage = ({ name, pid }) => {
      if (name === 'starting') console.log(pid);
      if (name === 'running') process.kill(process.pid, 'SIGKILL');
    };
    const { stderr } = process;
    openScript({ file: process.argv[1], stdin: 'ignore', stdout: stderr, stderr, onStage });`;
  const args = ['--input-type=module', '--eval', tool, programFile('endless-loop.cjs')];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(status).toBeNull();
  await vi.waitUntil(() => !isAlive(Number(stdout)), { timeout: 50_000 });
});

test('says in advance what taking a large heap may cost, and nothing for a small one', async () => {
  const notes: string[] = [];
  const stages: string[] = [];
  const file = join(folder, 'large.cjs');
  // one array: quickly taken
  await writeFile(file, 'const list = new Array(27e6).fill(0.5); debugger; list.length;');
  const { options } = recordScript('', {
    file,
    onNote: (sentence) => {
      const text = spell(sentence, 'flags');
      // on a machine with much other work it is said that it takes long
      if (!text.startsWith('Waiting for ')) notes.push(`${text} after ${stages.join()}`);
    },
    onStage: ({ name }) => void stages.push(name),
  });
  const source = await openScript(options);
  await source.close();
  expect(notes).toEqual([
    expect.stringMatching(/large\.cjs" stands still .* heap of \d{3} MB: once for /),
    expect.stringMatching(/large\.cjs" has \d{3} MB: .* after starting,running,paused$/),
  ]);
  await captureScript('seed.cjs', {
    onNote: (sentence) => void notes.push(spell(sentence, 'flags')),
  });
  expect(notes).toHaveLength(2);
});

test('kills a program whose heap is not taken, and closes twice', async () => {
  const { options, stages } = recordScript('server.mjs');
  const source = await openScript(options);
  await Promise.all([source.close(), source.close()]);
  await source.close();
  expect(stages.at(-1)).toMatchObject({ name: 'ended', signal: 'SIGKILL' });
  expect(isAlive(pidOf(stages))).toBe(false);
});

test('a reader that stops early leaves no process', async () => {
  const { options, stages } = recordScript('server.mjs');
  const source = await openScript(options);
  for await (const chunk of source.bytes) {
    expect(chunk.length).toBeGreaterThan(0);
    break;
  }
  await source.close();
  expect(isAlive(pidOf(stages))).toBe(false);
});

test('says that a program was killed while its heap was taken', async () => {
  const kill = ({ name }: ScriptStage) => name === 'capturing' && process.kill(pidOf(stages), 9);
  const { options, stages } = recordScript('server.mjs', { onStage: kill });
  const source = await openScript(options);
  await expect(readAll(source.bytes)).rejects.toMatchObject({
    code: 'SOURCE_UNREACHABLE',
    message: expect.stringContaining('ended by signal SIGKILL while its heap was taken'),
  });
});

test.each([
  ['a missing script', 'missing.js', {}, 'SOURCE_NOT_FOUND', 'there is no script "'],
  ['a folder', '', {}, 'SOURCE_NOT_FOUND', 'is a folder'],
  ['a missing Node.js', 'seed.cjs', { execPath: 'no/node' }, 'SOURCE_UNREACHABLE', 'ENOENT'],
  ['an unknown flag', 'seed.cjs', { nodeArgs: ['--no-such'] }, 'SOURCE_UNREACHABLE', 'nodeArg'],
  ['an inspector flag', 'seed.cjs', { nodeArgs: ['--inspect-brk'] }, 'USAGE', '"--inspect-brk"'],
  ['a signal that fired', 'seed.cjs', { signal: AbortSignal.abort() }, 'INTERRUPTED', 'seed.cjs'],
])('refuses %s in one sentence', async (_what, program, more, code, part) => {
  const { options } = recordScript(program, more);
  const message = expect.stringContaining(part);
  await expect(openScript(options)).rejects.toMatchObject({ code, message });
});

test('leaves out an inspector that NODE_OPTIONS asks for, and honours the rest', async () => {
  const file = join(folder, 'options.cjs');
  await writeFile(file, 'globalThis.options = process.env.NODE_OPTIONS;');
  const NODE_OPTIONS = '--inspect-brk=0 --no-deprecation --inspect';
  const expressions = ['options', 'process.noDeprecation'];
  const env = { ...process.env, NODE_OPTIONS };
  const { live } = await captureScript('', { file, env, expressions });
  const texts = live.evaluated.map((item) => 'text' in item && item.text);
  expect(texts).toEqual([JSON.stringify(NODE_OPTIONS), 'true']);
});
