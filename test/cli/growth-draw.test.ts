import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { runCli } from '../support/fake-io.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

interface Step {
  /** Entries of a registry, each with three parts that point back at it. */
  readonly entries: number;
  /** The number of objects that are made once. */
  readonly once: number;
}

/** globalThis ──.registry──> Registry ──.list──> Array ──[i]──> Entry ──.partN──> Part ──.entry──> Entry */
function snapshot(folder: string, name: string, { entries, once }: Step): string {
  const heap = new HeapBuilder();
  const registry = heap.node('object', 'Registry', { size: 20 });
  const list = heap.node('object', 'Array', { size: 20 });
  heap.edge(heap.global, 'property', 'registry', registry).edge(registry, 'property', 'list', list);
  // the objects in both heaps show that these belong to one process
  for (let i = 0; i < 60; i++) {
    const old = heap.node('object', `Old${i}`, { size: 20 });
    heap.edge(registry, 'property', `old${i}`, old);
  }
  let id = 1001;
  const make = (className: string) => {
    const node = heap.node('object', className, { size: 20, id });
    id += 2;
    return node;
  };
  for (let i = 0; i < entries; i++) {
    const entry = make('Entry');
    heap.edge(list, 'element', i, entry);
    for (let k = 0; k < 3; k++) {
      const part = make('Part');
      heap.edge(entry, 'property', `part${k}`, part).edge(part, 'property', 'entry', entry);
    }
  }
  id = 5001;
  for (let i = 0; i < once; i++) heap.edge(registry, 'property', `once${i}`, make('Once'));
  const file = join(folder, name);
  writeFileSync(file, heap.bytes({}));
  return file;
}

describe('growth --draw', () => {
  test('draws objects created at every step that no new object holds', async () => {
    const cwd = temporaryFolder();
    const files = [
      snapshot(cwd, 'a.heapsnapshot', { entries: 2, once: 0 }),
      snapshot(cwd, 'b.heapsnapshot', { entries: 12, once: 0 }),
      snapshot(cwd, 'c.heapsnapshot', { entries: 22, once: 99 }),
    ];
    const outs = [
      '--out',
      'new.dot',
      '--out',
      'new.html',
      '--out',
      'table.md',
      '--out',
      'table.json',
    ];
    const { code, stderr } = await runCli(['growth', ...files, '--draw', ...outs], { cwd });
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('Drawn: 20 new Entry.\n');
    expect(stderr).toContain(
      'Created only between some of the moments: 99 new objects of 1 class, such as Once.\n',
    );
    const read = (name: string) => readFileSync(join(cwd, name), 'utf8');
    expect(read('new.dot')).toContain('holds 20 of 20');
    const sentence =
      'All 20 Entry: each is an element of Array (holds 20 of 20), which is property list of Registry';
    expect(read('new.html')).toContain(sentence);
    expect(read('table.md')).toContain(sentence);
    expect(JSON.parse(read('table.json')).sentences[0]).toContain(sentence);
  });

  test('draws what grew most if there are two moments', async () => {
    const cwd = temporaryFolder();
    const files = [
      snapshot(cwd, 'a.heapsnapshot', { entries: 2, once: 0 }),
      snapshot(cwd, 'b.heapsnapshot', { entries: 12, once: 99 }),
    ];
    const outs = ['--out', 'new.json'];
    const argv = ['growth', ...files, '--draw', '--filter', 'Once', ...outs, '--out', 'new.dot'];
    const { code, stderr } = await runCli(argv, { cwd });
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('Drawn: 99 new Once.\n');
    const { nodes }: Partial<Subgraph> = JSON.parse(readFileSync(join(cwd, 'new.json'), 'utf8'));
    expect(nodes).toBeUndefined();
  });
});
