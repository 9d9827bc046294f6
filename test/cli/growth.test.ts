import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/fake-io.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** The bytes of an array's store for this many elements. */
const storeOf = (elements: number) => (2 + elements) * 8;

interface Content {
  readonly jobs: number;
  readonly users?: number;
  /** Copies of a literal, which only an AllocationSite holds. */
  readonly copies?: number;
}

/** global ──.queue──> Array ──[0]…──> Job, and ──.userN──> User; the heap of one process at some moment. */
function heapWith({ jobs, users = 0, copies = 0 }: Content): HeapBuilder {
  const heap = new HeapBuilder();
  const queue = heap.node('object', 'Array', { id: 101, size: 16 });
  const store = heap.node('array', '(object elements)', { id: 103, size: storeOf(jobs) });
  const site = heap.node('hidden', 'system / AllocationSite', { id: 105, size: 24 });
  heap.edge(heap.global, 'property', 'queue', queue).edge(queue, 'internal', 'elements', store);
  heap.edge(heap.gcRoots, 'element', 7, site);
  for (let i = 0; i < 40; i++) {
    const lasting = heap.node('object', 'Lasting', { id: 201 + 2 * i, size: 16 });
    heap.edge(heap.global, 'property', `lasting${i}`, lasting);
  }
  for (let i = 0; i < jobs; i++) {
    heap.edge(queue, 'element', i, heap.node('object', 'Job', { id: 1001 + 2 * i, size: 24 }));
  }
  for (let i = 0; i < users; i++) {
    const user = heap.node('object', 'User', { id: 3001 + 2 * i, size: 24 });
    heap.edge(heap.global, 'property', `user${i}`, user);
  }
  for (let i = 0; i < copies; i++) {
    const copy = heap.node('object', 'User', { id: 5001 + 2 * i, size: 24 });
    heap.edge(site, 'internal', `boilerplate${i}`, copy);
  }
  return heap;
}

/** Runs `growth` on heaps of one process, in a separate folder. */
async function growthOf(moments: readonly Content[], ...options: readonly string[]) {
  const cwd = temporaryFolder();
  const names = moments.map((content, i) => {
    const name = `${i + 1}.heapsnapshot`;
    writeFileSync(join(cwd, name), heapWith(content).bytes());
    return name;
  });
  return { cwd, ...(await runCli(['growth', ...names, ...options], { cwd })) };
}

describe('containers that grow in place', () => {
  const moments = [{ jobs: 6 }, { jobs: 36 }, { jobs: 66 }];

  test('are listed with their entries at each moment and who holds them', async () => {
    const { stdout } = await growthOf(moments);
    expect(stdout).toContain(
      'Containers that got more entries from 1.heapsnapshot to 3.heapsnapshot',
    );
    expect(stdout).toMatch(/^Array @101 +\.queue +globalThis +6 → 36 → 66 +\+60$/m);
    expect(stdout).toContain('Array @101 is globalThis.queue.');
  });

  test('are in JSON', async () => {
    const { stdout } = await growthOf(moments, '--format', 'json');
    expect(JSON.parse(stdout).containers).toEqual([
      expect.objectContaining({ id: '@101', name: 'Array', counts: [6, 36, 66], delta: 60 }),
    ]);
  });
});

describe('the table', () => {
  test('leaves out classes with as many removed as added objects', async () => {
    const { stdout } = await growthOf([
      { jobs: 1, users: 2 },
      { jobs: 3, users: 2 },
    ]);
    expect(stdout).toMatch(/^Job /m);
    expect(stdout).not.toMatch(/^(User|Lasting) /m);
  });
});

describe('with --draw', () => {
  const moments = [{ jobs: 1 }, { jobs: 1, users: 3, copies: 5 }];

  test('V8’s own copies of literals are not drawn', async () => {
    const { stdout } = await growthOf(moments, '--draw', '--out', '-', '--format', 'md');
    expect(stdout).not.toContain('AllocationSite');
    expect(stdout).toMatch(/User x 3|3 User/);
  });

  test('a requested table has the sentences, and no picture is written beside it', async () => {
    const { cwd, stdout } = await growthOf(moments, '--draw', '--out', '-', '--format', 'txt');
    expect(stdout).toContain('User is globalThis.user0.');
    expect(readdirSync(cwd).filter((name) => !name.endsWith('.heapsnapshot'))).toEqual([]);
  });
});
