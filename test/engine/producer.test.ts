import { describe, expect, it } from 'vitest';
import { producerOf } from '../../src/engine/producer.js';
import { type FixtureName, fixtureFacts } from '../support/fixtures.js';
import { type FileStyle, HeapBuilder } from '../support/heap-builder.js';

const UNKNOWN = 'V8 format, producer unknown';

const REAL: Readonly<Record<FixtureName, string>> = {
  'node-12': 'Node.js v12.21.0',
  'node-18': 'Node.js v18.20.8',
  'node-20': 'Node.js v20.20.2',
  'node-22': 'Node.js v22.23.3',
  'node-24': 'Node.js v24.21.0',
  'node-26': 'Node.js v26.10.0',
  'deno-2.9': 'Deno',
  'chromium-127': 'Chromium',
  'chromium-156': 'Chromium',
  'bun-1.4': 'Bun (JavaScriptCore)',
};

describe('the program that wrote a heap', () => {
  it.each(Object.entries(REAL))('%s was written by %s', async (name, producer) => {
    expect(producerOf(await fixtureFacts(name as FixtureName))).toBe(producer);
  });

  const producerWith = (build: (heap: HeapBuilder) => void, style?: FileStyle) => {
    const heap = new HeapBuilder();
    build(heap);
    return producerOf(heap.facts(style));
  };

  it('is recognised by process.version, which must look like a version', () => {
    const withVersion = (text: string) =>
      producerWith((heap) => {
        const process = heap.node('object', 'process');
        heap.edge(process, 'property', 'version', heap.node('string', text));
      });
    expect(withVersion('v20.20.2')).toBe('Node.js v20.20.2');
    expect(withVersion('v27.0.0-nightly')).toBe('Node.js v27.0.0-nightly');
    expect(withVersion('')).toBe(UNKNOWN);
    expect(withVersion('version 20')).toBe(UNKNOWN);
  });

  it('is Deno if the global has Deno, though its process has a Node version', () => {
    expect(
      producerWith((heap) => {
        const process = heap.node('object', 'process');
        heap.edge(process, 'property', 'version', heap.node('string', 'v20.20.2'));
        heap.edge(heap.global, 'property', 'Deno', heap.node('object', 'Object'));
      }),
    ).toBe('Deno');
  });

  it('is Node without a version if only its C++ part is left', () => {
    expect(producerWith((heap) => heap.rootGroup('Node / Environment'))).toBe('Node.js');
  });

  it('is Chromium if the global is a window or anything of Blink is there', () => {
    expect(producerWith((heap) => heap.node('native', 'blink::EventTargetData'))).toBe('Chromium');
    expect(
      producerWith((heap) => {
        const context = heap.node('native', 'system / NativeContext');
        heap.edge(context, 'internal', 'global_object', heap.node('object', 'Window'));
        heap.edge(context, 'internal', 'global_proxy_object', heap.node('native', 'Window'));
      }),
    ).toBe('Chromium');
  });

  it('is V8 if its own objects are there', () => {
    expect(producerWith((heap) => heap.node('hidden', 'system / Context'))).toBe('V8');
  });

  it('is unknown for a heap with nothing in it', () => {
    expect(producerWith(() => undefined)).toBe(UNKNOWN);
    expect(producerWith(() => undefined, { whitespace: 'bun' })).toBe(UNKNOWN);
  });

  it('is Bun if objects have the structures of JavaScriptCore', () => {
    const build = (heap: HeapBuilder) => heap.node('object shape', 'Structure');
    expect(producerWith(build, { whitespace: 'bun' })).toBe('Bun (JavaScriptCore)');
    expect(producerWith(build)).toBe(UNKNOWN);
  });
});
