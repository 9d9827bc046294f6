import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import vm from 'node:vm';
import { describe, expect, test } from 'vitest';
import { openHeap } from '../../src/entry/index.js';
import { decodePng } from '../support/decode-png.js';
import { referencesOf } from '../support/picture.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const open = () => openHeap(resolve('test/fixtures/node-26/scenarios.heapsnapshot.gz'));
const sink = () => {
  let text = '';
  const write = (chunk: string) => {
    text += chunk;
  };
  return { write, text: () => text };
};

describe('a saved heap has the calls of a program under the same names', () => {
  test('showBackrefs, showRefs and showChain draw and answer', async () => {
    const heap = await open();
    const folder = temporaryFolder();
    const out = [join(folder, 'a.png'), join(folder, 'a.json')];
    const graph = await heap.showBackrefs('class:OnlyInMap', { out, depth: 1, toRoots: false });
    expect(graph.command).toBe('backrefs');
    expect(JSON.parse(readFileSync(out[1] as string, 'utf8'))).toEqual(graph);
    expect(decodePng(readFileSync(out[0] as string)).width).toBeGreaterThan(50);
    expect(readdirSync(folder).sort()).toEqual(['a.json', 'a.png']);
    const refs = await heap.showRefs('class:OnlyInMap');
    expect([refs.command, refs.targets]).toEqual(['refs', graph.targets]);
    const chain = await heap.showChain('class:OnlyInMap');
    const steps = await heap.findBackrefChain('class:OnlyInMap');
    expect(steps.map(({ node }) => node.id)).toEqual(
      chain.nodes.toSorted((a, b) => b.depth - a.depth).map(({ id }) => id),
    );
    expect(steps.at(-1)).toMatchObject({ node: { name: 'OnlyInMap', role: 'target' }, edge: null });
    expect(steps[0]?.node.role).toBe('root');
  });

  test('targets are chosen and references cut as on the command line', async () => {
    const heap = await open();
    await expect(heap.showBackrefs('class:NoSuchClass')).rejects.toMatchObject({
      code: 'NOTHING_SELECTED',
    });
    await expect(heap.showBackrefs('x', { nonsense: 1 } as never)).rejects.toMatchObject({
      code: 'USAGE',
    });
    const cut = await heap.showBackrefs('class:OnlyInMap', { cut: 'Map->OnlyInMap' });
    expect(referencesOf(cut)).toEqual([]);
    expect(cut.cut?.freed.count).toBeGreaterThan(0);
    const [id = ''] = heap.byType('OnlyInMap');
    expect((await heap.showRefs(id)).targets).toEqual([id]);
    expect(heap.at(id)).toMatchObject({ id, name: 'OnlyInMap' });
    expect(heap.at('@999999999')).toBeUndefined();
  });

  test('byType finds what count counts', async () => {
    const heap = await open();
    for (const { name } of heap.mostCommonTypes({ limit: Infinity, all: true })) {
      expect([name, heap.byType(name).length]).toEqual([name, heap.count(name)]);
    }
    expect(heap.byType('toString')).toEqual([]);
    expect(heap.count('toString')).toBe(0);
  });

  test('a value that is not a target, name or earlier heap is refused', async () => {
    const heap = await open();
    for (const targets of [undefined, 5, [], ['x', 5], [undefined], {}]) {
      await expect(heap.showBackrefs(targets as never)).rejects.toMatchObject({ code: 'USAGE' });
    }
    for (const choice of [{ nth: 0 }, { nth: '2' }, { largest: 'yes' }, { all: 1 }]) {
      const answer = heap.showBackrefs('class:OnlyInMap', choice as never);
      await expect(answer).rejects.toMatchObject({ code: 'USAGE' });
    }
    for (const name of [undefined, '', class Session {}]) {
      expect(() => heap.count(name as never)).toThrow(/is not the name of a class/);
      expect(() => heap.byType(name as never)).toThrow(/is not the name of a class/);
    }
    expect(() => heap.growth(undefined as never)).toThrow('"undefined" is not an earlier heap');
    await expect(heap.showGrowth(5 as never)).rejects.toThrow('"5" is not an earlier heap');
    expect(heap.growth(heap).types).toEqual([]);
  });

  test('regular expressions may be of another context', async () => {
    const heap = await open();
    const foreign: RegExp = vm.runInNewContext('/^OnlyIn/');
    expect(heap.mostCommonTypes({ filter: foreign }).map(({ name }) => name)).toContain(
      'OnlyInMap',
    );
    const { nodes } = await heap.showBackrefs('class:OnlyInMap', { highlight: foreign });
    expect(nodes[0]).toMatchObject({ name: 'OnlyInMap', highlighted: true });
  });

  test('types and growth, as data and printed', async () => {
    const heap = await open();
    const file = sink();
    const common = heap.mostCommonTypes({ limit: 3 });
    expect(common).toHaveLength(3);
    expect(await heap.showMostCommonTypes({ limit: 3, file })).toEqual(common);
    expect(file.text().split('\n')).toHaveLength(6);
    expect(file.text()).toMatch(/\nFunction +6,071 /);
    expect(heap.typestats().Function).toBe(heap.count('Function'));
    expect(heap.mostCommonTypes({ sort: 'size', limit: 1 })[0]?.shallowSize).toBe(
      Math.max(
        ...heap
          .types()
          .filter(({ isEngine }) => !isEngine)
          .map((type) => type.shallowSize),
      ),
    );
    const same = sink();
    expect(await heap.showGrowth(heap, { file: same })).toEqual([]);
    expect(same.text()).toBe('');
  });

  test.each([
    [{ limit: 0 }, 'limit "0" is not a whole number from 1 up, nor Infinity'],
    [{ filter: 7 }, 'filter "7" is neither a text nor a regular expression'],
    [{ sort: 'name' }, 'sort "name" is unknown; use one of count, size, retained'],
    [{ out: 'a.png' }, 'out: ".png" is not a known format; use one of txt, json, md'],
    [{ file: 'a.txt' }, 'file "a.txt" has no method write; name files with out'],
    [{ depth: 3 }, 'option "depth" is unknown; use one of limit, filter,'],
  ])('wrong options are refused: %o', async (options, words) => {
    const heap = await open();
    await expect(heap.showMostCommonTypes(options as never)).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining(words),
    });
  });
});
