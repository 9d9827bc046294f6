import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findLeaks } from '../../src/program/leak-calls.js';
import type { LeaksOptions } from '../../src/question/generated-option-types.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

class KeptByTheTest {
  readonly text = `kept ${Math.random()}`;
}

describe('findLeaks on work in this program', () => {
  test('names what holds more after each round', async () => {
    const kept: KeptByTheTest[] = [];
    const { suspects } = await findLeaks(() => kept.push(new KeptByTheTest()), { times: 25 });
    const found = suspects.find(({ items }) => items.class === 'KeptByTheTest');
    expect(found?.evidence).toBe('leak');
    expect(found?.counts).toEqual([25, 50, 75]);
    expect(kept).toHaveLength(75);
  });

  test('waits for work, and passes on its errors', async () => {
    const failing = async () => {
      await Promise.resolve();
      throw new Error('no');
    };
    await expect(findLeaks(failing)).rejects.toThrow('no');
  });
});

describe('findLeaks on files', () => {
  test('compares them in order', async () => {
    const folder = temporaryFolder();
    const files = [10, 20, 30].map((count) => {
      const heap = new HeapBuilder();
      const list = heap.node('object', 'Array', { id: 2001, size: 16 });
      heap.edge(heap.global, 'property', 'list', list);
      for (let i = 0; i < count; i++) {
        heap.edge(list, 'element', i, heap.node('object', 'Job', { id: 3001 + 2 * i, size: 24 }));
      }
      const file = join(folder, `${count}.heapsnapshot`);
      writeFileSync(file, heap.bytes());
      return file;
    });
    const { schema, moments, suspects } = await findLeaks(files);
    expect(schema).toBe('showbackref/leaks@1');
    expect(moments).toEqual(['10.heapsnapshot', '20.heapsnapshot', '30.heapsnapshot']);
    expect(suspects.map(({ counts }) => counts)).toEqual([[10, 20, 30]]);
  });
});

test.each([
  ['an object', {} as unknown as string, 'findLeaks got'],
  ['an empty list', [], 'findLeaks got'],
])('%s is a usage error', async (_, subject, words) => {
  await expect(findLeaks(subject)).rejects.toThrow(words);
});

test('an option that there is not is a usage error, also on files', async () => {
  const options = { round: 3 } as LeaksOptions;
  await expect(findLeaks(() => undefined, options)).rejects.toThrow('round');
  await expect(findLeaks(['a.heapsnapshot'], options)).rejects.toThrow('round');
});

test('rounds and times have to be whole numbers', async () => {
  await expect(findLeaks(() => undefined, { rounds: 1 })).rejects.toThrow('rounds "1"');
  await expect(findLeaks(() => undefined, { times: 0.5 })).rejects.toThrow('times "0.5"');
});
