import type { Meaning, NodeMeaning } from '../engine/meaning.js';
import { formatBytes } from '../util/format-bytes.js';
import { formatCount } from '../util/format-count.js';
import { labelOf } from './labels.js';
import { nodeTitle } from './node-labels.js';
import { cutName } from './node-phrases.js';

/** The meaning of the evidence, in the sentence under the table. */
export const EVIDENCE_MEANING = {
  proof: 'What has ended is not needed any more, and is still held.',
  leak: 'It grew every time: a leak, unless it has a limit it has not reached yet.',
  growth: 'It grew; it may still be filling up.',
  size: 'It holds the most; one snapshot cannot tell whether it grows.',
} as const;

/** The signs by which objects show that they have ended. */
export const PROOF_WORDS = {
  'detached-dom': 'They are cut off from their document',
  'closed-window': 'The frame of this window was removed',
  'closed-socket': 'Their connections are closed',
  'finished-response': 'They have been sent',
  'finished-request': 'They are over',
  'closed-stream': 'They are closed',
  'ended-process': 'Their programs have ended',
  'aborted-signal': 'They are aborted and have listeners all the same',
  'exited-worker': 'Their threads have ended',
  'closed-subscriber': 'They are unsubscribed',
  'unmounted-fiber': 'Their components are unmounted',
  'unmounted-component': 'They are unmounted',
  'ended-span': 'They have ended',
  disposed: 'They are disposed of',
  'unused-capture': 'They are captured by a scope, but no function that is alive uses them',
} as const;

/** The reason why something that grew is not to blame, after "Also grew: …". */
export const EXCUSE_WORDS = {
  engine: "the engine's own code, shapes and feedback, which settle",
  loading: 'caches of files that were loaded, each once',
  'warm-up': 'tables of the runtime that fill while it warms up',
  inspector: 'kept by an inspector or a console while it is connected',
  'source-maps': 'source maps, kept for error messages',
  replaced: 'their items are replaced: hardly any that was new before is left',
} as const;

/** The holder of the items, as a reader knows it. */
export interface HolderInWords {
  /**
   * How the holder is held, or, if it is part of the runtime, how the items are held; null for a
   * root.
   */
  readonly means: Meaning | null;
  /** The holder of the holder. */
  readonly by: NodeMeaning | null;
  /** The class of the holder; null if it is part of the runtime. */
  readonly class: string | null;
  /** The name of the newest items. */
  readonly items: string;
  /** File and line; null if unknown. */
  readonly place: string | null;
}

/** `reverseRegister (Map of strings) · styled-components.cjs.js`. */
export function holderTitle(holder: HolderInWords): string {
  const { place } = holder;
  const content = contentWords(holder);
  const held = heldAs(holder);
  const title = held === '' ? content : `${held} (${content})`;
  return place === null ? title : `${title} · ${place}`;
}

function contentWords({ class: name, items }: HolderInWords): string {
  const of = cutName(items);
  if (name === null) return of;
  return name === items ? of : `${cutName(name)} of ${of}`;
}

function heldAs({ means, by }: HolderInWords): string {
  if (means === null) return by?.kind === 'handle' ? nodeTitle(by) : '';
  const words = cutName(means.kind === 'property' ? (means.name ?? '') : labelOf(means));
  if (means.kind === 'property' && by?.kind === 'global') return `globalThis.${words}`;
  const isEnough = by === null || NEEDS_NO_HOLDER.has(means.kind) || by.kind === 'runtime';
  return isEnough ? words : `${words} of ${cutName(nodeTitle(by))}`;
}

/** Meanings that need no further holder: a variable is identified by its name and file. */
const NEEDS_NO_HOLDER: ReadonlySet<Meaning['kind']> = new Set([
  'variable',
  'local',
  'suspended-local',
  'export',
  'one-of',
  'cpp-handle',
]);

/** Several objects of a class. */
export function pluralOf(class_: string): string {
  return PLURALS.get(class_) ?? class_;
}

const PLURALS: ReadonlyMap<string, string> = new Map([
  ['(string)', 'strings'],
  ['(concatenated string)', 'strings'],
  ['(sliced string)', 'strings'],
  ['(number)', 'numbers'],
  ['(bigint)', 'bigints'],
  ['(symbol)', 'symbols'],
  ['(array)', 'arrays of the engine'],
  ['Function', 'functions'],
  ['Array', 'arrays'],
  ['Object', 'objects'],
  ['(system)', 'objects of the engine'],
  ['system / Context', 'scopes'],
]);

/** The items in a sentence: `strings`, `Session objects`. */
function newestWords(class_: string): string {
  return PLURALS.get(class_) ?? `${cutName(class_)} objects`;
}

/** `MessagePort @7 is an open MessagePort, which calls done() (upload.js:3).` */
export function runningSentence(said: {
  readonly object: string;
  readonly what: string;
  /** A function that is called for it. */
  readonly code: string | null;
  readonly place: string | null;
}): string {
  const { object, what, code, place } = said;
  const article = /^[aeiou]/i.test(what) ? 'an' : 'a';
  const calls = code === null ? '' : `, which has ${code}${place === null ? '' : ` (${place})`}`;
  return `${object} is ${article} ${what}${calls}. Node.js keeps it until it is closed or has ended.`;
}

/** The content of a list that grows by bytes alone; a text or a Buffer has its own name. */
export function numbersOf(class_: string): string {
  return /^(Array|Map|Set|Object)$/.test(class_) ? 'numbers' : class_;
}

/** The unit of the counts, and how they went. */
export interface CountsInWords {
  readonly counts: readonly number[];
  readonly unit: 'objects' | 'bytes';
  readonly class: string | null;
  readonly items: string;
  readonly isChain: boolean;
  /** How one item is held. */
  readonly itemMeans: Meaning | null;
  /** True if nothing holds the items: they are open or running. */
  readonly isRunning: boolean;
}

/** `It went from 3 to 303 to 603 entries.` */
export function countsSentence(said: CountsInWords): string {
  const { counts, isChain, itemMeans, items } = said;
  if (said.unit === 'bytes') {
    return `Its own memory went from ${counts.map(formatBytes).join(' to ')}: numbers, text or bytes, which are not objects.`;
  }
  const last = formatCount(counts.at(-1) ?? 0);
  const course = counts.length < 2 ? '' : ` (${counts.map(formatCount).join(' → ')})`;
  const newest = `the newest are ${newestWords(items)}`;
  if (itemMeans?.kind === 'timer') {
    const kind = itemMeans.repeats ? 'intervals' : 'timers';
    return `${last} ${kind} of ${itemMeans.delay} ms are waiting${course}.`;
  }
  if (itemMeans?.kind === 'page-timer') return `${last} timers are waiting${course}.`;
  if (isChain) {
    return `It is a chain of ${last} links${course}, each holding the next; ${newest}.`;
  }
  if (said.isRunning) return `There are ${last} of them${course}.`;
  const unit = unitOf(said.class);
  if (counts.length < 2)
    return `It has ${last} ${counts[0] === 1 ? ONE[unit] : unit}: ${newestWords(items)}.`;
  return `It went from ${counts.map(formatCount).join(' to ')} ${unit}; ${newest}.`;
}

const ONE = { elements: 'element', entries: 'entry', objects: 'object' };

function unitOf(class_: string | null): keyof typeof ONE {
  if (class_ === 'Array') return 'elements';
  return class_ === 'Map' || class_ === 'Set' || class_ === 'Object' ? 'entries' : 'objects';
}

/** A function that timers call. */
export interface CallInWords {
  /** Null for an anonymous function. */
  readonly function: string | null;
  readonly location: string | null;
  readonly count: number;
}

/** `The newest call function retry (jobs.js:12).` */
export function callsSentence(calls: readonly CallInWords[]): string {
  const named = calls.map(({ function: name, location, count }) => {
    const place = location === null ? [] : [location.replace(/(:\d+):\d+$/, '$1')];
    const details = [...place, ...(calls.length === 1 ? [] : [formatCount(count)])].join(', ');
    const what = name === null ? 'an anonymous function' : `function ${cutName(name)}`;
    return details === '' ? what : `${what} (${details})`;
  });
  const last = named.pop() ?? '';
  return `The newest call ${named.length === 0 ? last : `${named.join(', ')} and ${last}`}.`;
}
