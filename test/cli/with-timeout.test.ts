import { expect, test } from 'vitest';
import { runCli } from '../support/fake-io.js';
import { HeapBuilder } from '../support/heap-builder.js';

const heap = new HeapBuilder();
heap.edge(heap.global, 'property', 'foo', heap.node('object', 'Foo'));
const ask = (...argv: string[]) =>
  runCli(['-', '--target', 'class:Foo', '--format', 'json', ...argv], { stdin: heap.bytes() });

test.each(['0s', '5', 'soon', '-1s', ''])('--timeout "%s" is a usage error', async (time) => {
  const { code, stderr } = await ask(`--timeout=${time}`);
  expect([code, stderr]).toEqual([
    2,
    `showbackref: --timeout "${time}" is not a time; use one such as 90s or 5m\n`,
  ]);
});

test('--timeout changes nothing if it is enough, however long', async () => {
  const { stdout } = await ask();
  for (const time of ['60s', '10m', '100000000m']) {
    expect(await ask('--timeout', time)).toMatchObject({ code: 0, stdout });
  }
});
