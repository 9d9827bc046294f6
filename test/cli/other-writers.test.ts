import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/fake-io.js';
import { heapBy, OTHER_WRITERS, type OtherWriter } from '../support/other-writers.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** The text of a picture; from standard input, which another reader handles than files. */
async function draw(writer: OtherWriter, target: string, more: readonly string[] = []) {
  const argv = ['--target', target, '--format', 'txt', ...more];
  const file = join(temporaryFolder(), 'a.heapsnapshot');
  writeFileSync(file, heapBy(writer));
  const fromFile = await runCli([file, ...argv]);
  const piped = await runCli(['-', ...argv], { stdin: heapBy(writer) });
  expect(piped.stdout).toBe(fromFile.stdout);
  return piped;
}

async function documentOf(argv: readonly string[], writer: OtherWriter) {
  const { stdout, stderr, code } = await runCli([...argv, '--format', 'json'], {
    stdin: heapBy(writer),
  });
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

const info = (writer: OtherWriter) => documentOf(['info', '-'], writer);

describe('the program that wrote a file', () => {
  const UNKNOWN = 'V8 format, producer unknown';
  const PRODUCERS: Partial<Record<OtherWriter, string>> = {
    'hermes-2019': 'Hermes',
    'hermes-today': 'Hermes',
    julia: 'Julia',
    luau: 'Luau',
    arkts: 'ArkTS',
    'v8-2014': 'V8',
  };

  test.each(OTHER_WRITERS.filter((writer) => writer !== 'tv-engine'))('%s', async (writer) => {
    expect((await info(writer)).source.producer).toBe(PRODUCERS[writer] ?? UNKNOWN);
  });
});

test('skipped text around a heap is reported', async () => {
  const file = Buffer.concat([
    Buffer.from('Debugger attached.\n'),
    heapBy('julia'),
    Buffer.from('\n# done\n'),
  ]);
  const { code, stderr } = await runCli(['info', '-'], { stdin: file });
  const said = 'Skipped text that is not part of a heap: 19 B before the heap and 5 B after it.\n';
  expect([code, stderr]).toEqual([0, said]);
});

describe('ids of more than 32 bits', () => {
  test('are labels, targets and ids in JSON', async () => {
    const { stdout } = await draw('julia', '@4660449816');
    expect(stdout).toContain('Session @4660449816  48 B  (target)');
    expect(stdout).toContain('└─ [1] ← Array{Any, 1} @4660449808  8.0 kB');
    expect(stdout).toContain('which is held internally (main_module) by\n  a GC root.');
    const { targets, nodes } = await documentOf(['-', '--target', '@4660449816'], 'julia');
    expect(targets).toEqual(['@4660449816']);
    expect(nodes.map(({ id }: { id: string }) => id)).toContain('@4660449808');
  });

  test('that do not exist have existing neighbours', async () => {
    const { code, stderr } = await draw('julia', '@4660449817');
    expect(code).toBe(1);
    expect(stderr).toContain('@4660449816');
    // its lower 32 bits are those of an object
    expect((await draw('julia', `@${4660449816 - 2 ** 32}`)).code).toBe(1);
  });

  test('mean nothing in a later file: objects are counted by class', async () => {
    const file = join(temporaryFolder(), 'a.heapsnapshot');
    writeFileSync(file, heapBy('luau'));
    const { code, stdout } = await runCli(['growth', file, file, '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ types: [] });
  });
});

describe('a header without counts', () => {
  test('is not a reason to refuse the file, but is mentioned', async () => {
    const { stdout } = await draw('hermes-2019', 'Session');
    expect(stdout).toContain('{global_} ← (RuntimeInstanceVars)  (root)');
    const { source, isCounted } = await info('hermes-2019');
    expect([source.nodeCount, source.edgeCount, isCounted]).toEqual([5, 4, false]);
    const { stdout: table } = await runCli(['info', '-'], { stdin: heapBy('hermes-2019') });
    expect(table).toMatch(/nodes +5 \(its header says 0\)\nedges +4 \(its header says 0\)/);
  });

  test('that counts something else makes the file one to refuse, not to capture again', async () => {
    const { code, stderr } = await draw('tv-engine', 'session');
    expect(code).toBe(1);
    expect(stderr).toContain('it announces 14 nodes and has 2; copy it again, and if that fails');
    expect(stderr).not.toContain('capture');
  });
});

describe('a file without a root', () => {
  const NOTE = 'This file names no root, so every object that no other holds counts as one.\n';

  test('has the objects that nobody holds as roots, and says so', async () => {
    const { stdout, stderr } = await draw('quickjs-host', 'Session');
    expect(stderr).toBe(NOTE);
    expect(stdout).toContain('.render ← Context @4  {global, render}, 80 B  (root)');
    expect(stdout).toContain('property\n  render of Context @4, which is a root.');
    expect(stdout).not.toMatch(/GC root|reachable/);
  });

  test('has as many nodes and references as are in the file', async () => {
    const { source, roots, hasRoot, unheldCount, nodeTypes } = await info('quickjs-host');
    expect([source.nodeCount, source.edgeCount]).toEqual([5, 4]);
    expect({ roots, hasRoot, unheldCount }).toEqual({ roots: [], hasRoot: false, unheldCount: 1 });
    expect(nodeTypes.map(({ type }: { type: string }) => type)).not.toContain('synthetic');
    const { stdout } = await runCli(['info', '-'], { stdin: heapBy('quickjs-host') });
    expect(stdout).toContain('names no root: 1 object counts as one because no other object holds');
    const graph = await runCli(['-', '--target', 'Session', '--format', 'json'], {
      stdin: heapBy('quickjs-host'),
    });
    expect(JSON.parse(graph.stdout).source).toEqual({
      ...{ kind: 'snapshot', nodeCount: 5, edgeCount: 4, rootless: true },
      producer: 'V8 format, producer unknown',
    });
  });

  test('has sizes that these roots keep alive', async () => {
    const { nodes } = JSON.parse(
      (
        await runCli(['-', '--target', 'Session', '--retained', '--format', 'json'], {
          stdin: heapBy('quickjs-host'),
        })
      ).stdout,
    );
    const retained = Object.fromEntries(
      nodes.map((node: { id: string; retainedSize: number }) => [node.id, node.retainedSize]),
    );
    expect(retained).toEqual({ '@5': 60, '@6': 92, '@4': 312 });
  });

  test('shows one of its roots as a root when it is asked about', async () => {
    const { stdout } = await draw('quickjs-host', 'Context');
    expect(stdout).toContain('Context @4 is a root: no other object holds it.');
  });

  test('the registry of Luau is a root with a name and a size', async () => {
    const { stdout } = await draw('luau', `@${0x7f3a5c20c040}`);
    expect(stdout).toMatch(/← Registry \(0x7f3a5c201.* @139888630436000 {2}64 B {2}\(root\)/);
    expect(stdout).toContain(`Registry (0x7f3a5c2010a0) @${0x7f3a5c2010a0}, which is a root.`);
  });
});

describe('shortcuts of a root', () => {
  test('lead to a global only if V8 numbers them', async () => {
    expect((await draw('v8-2014', 'Session')).stdout).toContain('which is globalThis.serve.');
    const { stdout } = await draw('aot-compiler', 'Session');
    expect(stdout).toContain('Session @7 is property user1 of Map @9, which is a root.');
    expect(stdout).not.toContain('global');
  });

  test('make an object a root with its own name if nothing else holds it', async () => {
    const { stdout } = await draw('arkts', 'PixelMap');
    expect(stdout).toContain('.page ← GlobalEnv @3  {page}, 2.0 kB  (root)');
    expect(stdout).toContain('└─ {-subroot-} ← GC root  (root)');
    expect(stdout).not.toContain('globalThis');
  });

  test('a root that the header names is one', async () => {
    expect((await draw('root-index', 'Session')).stdout).toContain('[0] ← C++ handles  (root)');
  });
});

test('memory outside the heap counts if the file gives its owner', async () => {
  const { stdout } = await draw('arkts', 'PixelMap');
  expect(stdout).toContain('PixelMap @15  4.0 MB  (target)');
  const { totalSize, ownedNativeBytes, memory } = await info('arkts');
  expect([totalSize, ownedNativeBytes]).toEqual([4_002_280, 4_000_000]);
  expect(memory).toContainEqual({ name: 'outside the heap', size: 4_000_000 });
  const { types } = await documentOf(['types', '-'], 'arkts');
  const pixels = types.find(({ name }: { name: string }) => name === 'PixelMap');
  expect(pixels).toMatchObject({ count: 1, shallowSize: 4_000_064, retainedSize: 4_000_064 });
});

test('the empty string at the beginning does not make a file Bun’s', async () => {
  const { stdout } = await draw('hermes-today', 'Session');
  expect(stdout).toContain('{0} ← Environment @25  40 B');
  expect(stdout).toContain('{environment} ← onData() @23  48 B');
  expect((await draw('bare', 'Session')).stdout).toContain('[0] ← (Handles)  (root)');
});
