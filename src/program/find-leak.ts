import { locateGraph, prepareRendering } from '../answer/write-graph.js';
import type { Subgraph } from '../collect/picture/subgraph.js';
import { ShowBackrefError } from '../errors.js';
import { parseTarget } from '../question/target.js';
import { escapeTerminal } from '../report/escape-terminal.js';
import { chainSentences } from '../report/sentences.js';
import { textTree } from '../report/text.js';
import { readHeapOptions, readShowOptions } from './call-options.js';
import { isCollected } from './collect-garbage.js';
import { drawFailure, pictureFiles } from './failure-picture.js';
import { takeOwnHeap } from './own-heap.js';

/**
 * A WeakRef to an object that should be collected, or a function that makes one and returns it or
 * its WeakRef.
 */
export type Subject = WeakRef<object> | (() => object | Promise<object>);

/** The further options of the calls that fail for a held object. */
export interface CollectableOptions {
  /**
   * Where to write the picture of a failure; false for no picture. Default: a PNG in `out/`, named
   * after the test or the class.
   */
  readonly out?: string | readonly string[] | false;
}

/** Stands for any picture that will be drawn. */
const ANY = { out: 'any.png' };

/**
 * A WeakRef to the object of a subject. Nothing of ours holds the object once this has resolved.
 */
export function toReference(subject: Subject, caller: string): Promise<WeakRef<object>> {
  // Not an async function: while suspended it would hold the object.
  if (typeof subject !== 'function') return Promise.resolve(asReference(subject, caller));
  return Promise.resolve(subject()).then((made) =>
    isWeakRef(made) ? made : new WeakRef(asObject(made, caller)),
  );
}

/**
 * Finds out why an object is not garbage collected: the shortest path from a root to it, as text,
 * and where its picture is.
 *
 * @param name of the picture; null to name it after the class.
 * @returns null if the object is collected.
 */
export async function findLeak(
  reference: WeakRef<object>,
  { out }: CollectableOptions,
  name: string | null,
): Promise<string | null> {
  if (await isCollected(reference)) return null;
  // loaded while the heap is read: a test has only a few seconds
  if (out !== false) await prepareRendering(readShowOptions('chain', ANY).question.outputs);
  const { heap, target } = await takeOwnHeap(reference);
  if (target === null) return null;
  const question = readHeapOptions('chain', [parseTarget(target)], {});
  const answer = await locateGraph(heap.ask(question), question, 'anywhere');
  const { subgraph } = answer;
  const node = subgraph.nodes.find(({ id }) => id === target);
  const files = pictureFiles(out, `collectable-${name ?? node?.name ?? 'object'}`);
  const { lines } = await drawFailure(answer, files);
  return [describe(subgraph, node?.label ?? target), ...lines].join('\n');
}

function describe(subgraph: Subgraph, label: string): string {
  const sentences = chainSentences(subgraph).map(escapeTerminal);
  const lines = [...sentences, '', ...textTree(subgraph)];
  return `${escapeTerminal(label)} is not collectable: it is still held.\n\n${lines.join('\n')}`;
}

function asReference(value: unknown, caller: string): WeakRef<object> {
  if (isWeakRef(value)) return value;
  throw new ShowBackrefError(
    'USAGE',
    `${caller} got the object itself, which would keep it alive, or no object; give it new WeakRef(object), or a function that makes the object`,
  );
}

function asObject(value: unknown, caller: string): object {
  if ((typeof value === 'object' && value !== null) || typeof value === 'function') return value;
  const text = String(value).slice(0, 40);
  throw new ShowBackrefError(
    'USAGE',
    `${caller} got a function that returned "${text}"; let it return the object or its WeakRef`,
  );
}

/** True for a WeakRef of any realm: test runners have several. */
function isWeakRef(value: unknown): value is WeakRef<object> {
  return Object.prototype.toString.call(value) === '[object WeakRef]';
}
