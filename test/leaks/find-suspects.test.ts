import { describe, expect, test } from 'vitest';
import { countWork } from '../support/count-work.js';
import type { HeapBuilder } from '../support/heap-builder.js';
import { growthOf, idOf, itemsUpTo, type Scene, under } from './leak-scenes.js';

const LIST_ID = 2001;

/** global ──.list──> Array ──[i]──> Session */
const list: Scene = (heap, moment) => {
  const array = under(heap, 'list', 'Array', LIST_ID);
  itemsUpTo(moment, 10).forEach((id, i) => {
    heap.edge(array, 'element', i, heap.node('object', 'Session', { id, size: 64 }));
  });
};

/** global ──.sessions──> Map ──table──> entries, the first one in slot 5 */
const map: Scene = (heap, moment) => {
  const holder = under(heap, 'sessions', 'Map', LIST_ID);
  const ids = itemsUpTo(moment, 10);
  const buckets = ids.length;
  const slots = 3 + buckets + buckets * 2 * 3;
  const table = heap.node('array', '', { id: idOf(moment, 900), size: (2 + slots) * 8 });
  heap.edge(holder, 'internal', 'table', table);
  ids.forEach((id, i) => {
    const slot = 3 + buckets + 3 * i;
    const key = heap.node('string', `user-${id}`, { id: id + 50_000, size: 24 });
    heap.edge(table, 'internal', String(slot), key);
    const value = heap.node('object', 'Session', { id, size: 64 });
    heap.edge(table, 'internal', String(slot + 1), value);
  });
};

/** global ──.byId──> Object with a property for each id, never as many as a dictionary has at once */
const fewKeys: Scene = (heap, moment) => {
  const holder = under(heap, 'byId', 'Object', LIST_ID);
  for (const id of itemsUpTo(moment, 6)) {
    heap.edge(holder, 'property', `k${id}`, heap.node('object', 'Job', { id, size: 64 }));
  }
};

/** global ──.head──> Link ──.next──> Link …: a list that repeats after one step */
const linked: Scene = (heap, moment) => {
  let holder = under(heap, 'queue', 'Queue', LIST_ID);
  let name = 'head';
  for (const id of itemsUpTo(moment, 10)) {
    const link = heap.node('object', 'Link', { id, size: 32 });
    heap.edge(holder, 'property', name, link);
    holder = link;
    name = 'next';
  }
};

/** Each client has a list of listeners with a function whose scope holds the client before. */
const wrapped: Scene = (heap, moment) => {
  let holder = heap.global;
  let name = 'client';
  for (const id of itemsUpTo(moment, 4)) {
    const part = (class_: string, at: number) =>
      heap.node('object', class_, { id: id + at * 10_000, size: 32 });
    const [client, events, listeners] = [part('Client', 0), part('Events', 1), part('Array', 2)];
    const closure = heap.node('closure', '', { id: id + 30_000, size: 32 });
    const scope = heap.node('object', 'system / Context', { id: id + 40_000, size: 32 });
    const type = name === 'client' ? 'property' : 'context';
    heap.edge(holder, type, name, client).edge(client, 'property', 'events', events);
    heap.edge(events, 'property', 'close', listeners).edge(listeners, 'element', 0, closure);
    heap.edge(closure, 'internal', 'context', scope);
    holder = scope;
    name = 'before';
  }
};

describe('growth at each moment is a leak', () => {
  test.each([
    ['a list', list, 'Array', '[*] -> Session', [10, 20, 30]],
    ['a Map', map, 'Map', 'Map["*"] -> Session', [10, 20, 30]],
    ['a dictionary of few keys', fewKeys, 'Object', '["*"] -> Job', [6, 12, 18]],
    ['a linked list', linked, 'Queue', '.next -> Link', [10, 20, 30]],
    ['a chain of longer steps', wrapped, 'Client', '<context> -> system / Context', [4, 8, 12]],
  ])('%s', (_, scene, class_, step, counts) => {
    const { suspects, alsoGrew, last } = growthOf(scene, 3);
    expect(suspects).toHaveLength(1);
    expect(alsoGrew).toEqual([]);
    const [suspect] = suspects;
    expect(suspect?.evidence).toBe('leak');
    expect(suspect?.counts).toEqual(counts);
    expect(last.nodes[suspect?.holder ?? 0]?.name).toBe(class_);
    expect(suspect?.way.at(-1)).toBe(step);
  });

  test('the newest objects come first', () => {
    const { suspects, last } = growthOf(list, 3);
    const ids = suspects[0]?.items.slice(0, 3).map((node) => last.nodes[node]?.id);
    expect(ids).toEqual([idOf(2, 9), idOf(2, 8), idOf(2, 7)]);
  });

  test('with two moments it may still be filling up', () => {
    expect(growthOf(list, 2).suspects.map(({ evidence }) => evidence)).toEqual(['growth']);
  });

  test('objects held by the items belong to them, and are not a separate suspect', () => {
    const deep: Scene = (heap, moment) => {
      const array = under(heap, 'list', 'Array', LIST_ID);
      itemsUpTo(moment, 10).forEach((id, i) => {
        const session = heap.node('object', 'Session', { id, size: 64 });
        const log = heap.node('object', 'Array', { id: id + 30_000, size: 16 });
        heap.edge(array, 'element', i, session).edge(session, 'property', 'log', log);
        for (let line = 0; line < 5; line++) {
          heap.edge(log, 'element', line, heap.node('string', 'line', { size: 100 }));
        }
      });
    };
    const { suspects } = growthOf(deep, 3);
    expect(suspects).toHaveLength(1);
    expect(suspects[0]?.bytes).toBe(30 * (64 + 16 + 500));
    expect(suspects[0]?.bytesPerRound).toBe(10 * (64 + 16 + 500));
  });
});

describe('growth that is not a leak', () => {
  test('a list whose items are replaced, however many there are: it also grew', () => {
    const { suspects, alsoGrew } = growthOf((heap, moment) => {
      const array = under(heap, 'pending', 'Array', LIST_ID);
      for (let i = 0; i < 10 * (moment + 1); i++) {
        const job = heap.node('object', 'Job', { id: idOf(moment, i), size: 64 });
        heap.edge(array, 'element', i, job);
      }
    }, 3);
    expect(suspects).toEqual([]);
    expect(alsoGrew.map(({ why, counts }) => ({ why, counts }))).toEqual([
      { why: 'replaced', counts: [10, 20, 30] },
    ]);
  });

  test.each([
    [80, [], ['warm-up']],
    [200, ['leak'], []],
  ])(
    'what Node.js notes of each fetch(), up to its limit: %i more each time',
    (each, kinds, why) => {
      const { suspects, alsoGrew } = growthOf((heap, moment) => {
        const notes = heap.node('object', 'Array', { id: LIST_ID, size: 16 });
        heap.edge(heap.global, 'property', 'scope', heap.context({ resourceTimingBuffer: notes }));
        itemsUpTo(moment, each).forEach((id, i) => {
          const note = heap.node('object', 'PerformanceResourceTiming', { id, size: 64 });
          heap.edge(notes, 'element', i, note);
        });
      }, 3);
      expect(suspects.map(({ evidence }) => evidence)).toEqual(kinds);
      expect(alsoGrew.map((one) => one.why)).toEqual(why);
    },
  );

  test('a list that is full: it does not grow', () => {
    const { suspects } = growthOf((heap, moment) => {
      const array = under(heap, 'log', 'Array', LIST_ID);
      itemsUpTo(moment, 10)
        .slice(-20)
        .forEach((id, i) => {
          heap.edge(array, 'element', i, heap.node('object', 'Line', { id, size: 64 }));
        });
    }, 5);
    expect(suspects).toEqual([]);
  });

  test('a cache that fills less and less may still be filling up', () => {
    const counts = [0, 60, 80, 88];
    const { suspects } = growthOf((heap, moment) => {
      const array = under(heap, 'cache', 'Array', LIST_ID);
      for (let i = 0; i < (counts[moment] ?? 0); i++) {
        const came = counts.findIndex((count) => i < count);
        heap.edge(
          array,
          'element',
          i,
          heap.node('object', 'Entry', { id: idOf(came, i), size: 64 }),
        );
      }
    }, 4);
    expect(suspects.map(({ evidence }) => evidence)).toEqual(['growth']);
  });
});

test('a slow leak is named alone among lists that come and go', () => {
  // 3 sessions stay of 30 requests; pending jobs come and go in varying numbers
  const pending = [180, 90, 240, 150, 210];
  const { suspects } = growthOf((heap, moment) => {
    const kept = under(heap, 'kept', 'Set', LIST_ID);
    const ids = itemsUpTo(moment, 3);
    const slots = 3 + ids.length + ids.length * 2 * 2;
    const table = heap.node('array', '', { id: idOf(moment, 900), size: (2 + slots) * 8 });
    heap.edge(kept, 'internal', 'table', table);
    ids.forEach((id, i) => {
      const session = heap.node('object', 'Session', { id, size: 64 });
      heap.edge(table, 'internal', String(3 + ids.length + 2 * i), session);
    });
    const queue = under(heap, 'pending', 'Array', LIST_ID + 2);
    for (let i = 0; i < (pending[moment] ?? 0); i++) {
      const job = heap.node('object', 'Job', { id: idOf(moment, 100 + i), size: 640 });
      heap.edge(queue, 'element', i, job);
    }
  }, 5);
  expect(suspects.map(({ way }) => way.at(-1))).toEqual(['Set member -> Session']);
});

test('the fingerprint depends on the labels, not on ids, counts and other objects', () => {
  const noisy: Scene = (heap, moment) => {
    under(heap, 'other', 'Config', 5001);
    list(heap, moment);
  };
  const [first] = growthOf(list, 3).suspects;
  const [second] = growthOf(noisy, 4).suspects;
  expect(first?.fingerprint).toMatch(/^[0-9a-f]{12}$/);
  expect(second?.fingerprint).toBe(first?.fingerprint);
  expect(growthOf(map, 3).suspects[0]?.fingerprint).not.toBe(first?.fingerprint);
});

describe('twice as many objects take twice the work, and a little', () => {
  const shapes: Readonly<Record<string, (heap: HeapBuilder, n: number) => void>> = {
    'a list': (heap, n) => {
      let at = under(heap, 'head', 'Queue', LIST_ID);
      for (let i = 0; i < n; i++) {
        const link = heap.node('object', 'Link', { id: idOf(0, i), size: 16 });
        heap.edge(at, 'property', 'next', link);
        at = link;
      }
    },
    'a star': (heap, n) => {
      const hub = under(heap, 'hub', 'Store', LIST_ID);
      for (let i = 0; i < n; i++) {
        const item = heap.node('object', 'Item', { id: idOf(0, i), size: 16 });
        heap.edge(hub, 'element', i, item).edge(item, 'property', 'store', hub);
      }
    },
    'a tree': (heap, n) => {
      const nodes = [under(heap, 'tree', 'Leaf', LIST_ID)];
      for (let i = 1; i <= n; i++) {
        const leaf = heap.node('object', 'Leaf', { id: idOf(0, i), size: 16 });
        heap.edge(nodes[(i - 1) >> 1] ?? leaf, 'property', i % 2 ? 'left' : 'right', leaf);
        nodes.push(leaf);
      }
    },
    'timers of one duration': (heap, n) => {
      const list = under(heap, 'list', 'TimersList', LIST_ID);
      let at = list;
      for (let i = 0; i < n; i++) {
        const timer = heap.node('object', 'Timeout', { id: idOf(0, i), size: 16 });
        heap.edge(at, 'property', '_idleNext', timer).edge(timer, 'property', '_idlePrev', at);
        at = timer;
      }
    },
  };
  test.each(Object.entries(shapes))('%s', (_, fill) => {
    const workAt = (n: number) =>
      countWork(() => void growthOf((heap, moment) => fill(heap, (n / 4) * (moment + 1)), 3));
    expect(workAt(8_000) / workAt(4_000)).toBeLessThan(2.3);
  });
});
