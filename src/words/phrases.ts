import type { Meaning } from '../engine/meaning.js';
import { formatCount } from '../util/format-count.js';
import { keyWords } from './key-words.js';
import { labelOf } from './labels.js';
import { type MeaningOf, type MeaningTable, wordsFor } from './meaning-table.js';
import { cutName, moduleFile, type NodeInWords, nodeWords } from './node-phrases.js';

/**
 * The words of a reference about the object it holds: `is property a` + `of` + the holder + an end.
 */
export interface LinkWords {
  readonly verb: string;
  readonly what: string;
  readonly tie: string;
  /** Replaces the words for the holder: empty if the reference says it all; null to keep them. */
  readonly holder: string | null;
  readonly after: string;
  /** The kind of function that this reference makes it: `'data' listener`. */
  readonly kind: string | null;
  /** A variable that names an object: `clients`, `a module variable of app.js`. */
  readonly variable: { readonly name: string; readonly is: string } | null;
}

/** The two ends of a reference. */
export interface Ends {
  readonly holder: NodeInWords;
  readonly held: NodeInWords;
}

/** A reference in words, from the held object to its holder. */
export function phraseOf(meaning: Meaning, ends: Ends): LinkWords {
  return wordsFor(PHRASES, meaning, ends);
}

/** The words for repeating rounds. */
export function roundsPhrase(times: number, path: string): LinkWords {
  return saysAll(`held by ${formatCount(times)} more rounds of ${cutName(path)}`);
}

/** The words for what a limit left out. */
export function omittedPhrase(label: string): LinkWords {
  return saysAll(`held by others that are left out here (${cutName(label)})`);
}

const NOTHING_MORE = { holder: null, after: '', kind: null, variable: null };

const PHRASES = {
  property: propertyPhrase,
  'symbol-property': namedProperty,
  prototype: () => says('the prototype', 'of'),
  accessor: ({ accessor, of }) => {
    return says(`the ${accessor}ter ${cutName(bare(labelOf(of)))}`, 'of');
  },
  'private-methods': () => says('the scope with the private methods', 'of'),
  element: ({ index }, { holder }) => {
    if (index === null) return says('an element', 'of');
    // the numbers of slots in V8's own lists mean nothing
    return isRootOfHeap(holder) ? says('held', 'by') : says(`element ${cutName(index)}`, 'of');
  },
  'bound-this': () => says('bound as this', 'to'),
  'bound-function': () => says('the function', 'bound by'),
  'bound-argument': ({ index }) => says(`bound argument ${index}`, 'of'),
  'proxy-target': () => says('the target', 'of'),
  'proxy-handler': () => says('the handler', 'of'),
  'string-half': ({ half }) => says(`the ${half} half`, 'of'),
  'string-parent': () => says('kept whole', 'for its part'),
  bytes: () => says('the memory', 'of'),
  'unnamed-property': () => says('a property', 'of'),
  'property-name': () => says('the name of a property', 'of'),

  variable: variablePhrase,
  local: ({ name, function: of }, { holder }) => {
    const kind = of === null ? 'variable' : 'local variable';
    const where = `of ${nodeWords(holder)}`;
    const shown = cutName(name);
    return saysAll(`${kind} ${shown} ${where}`, { name: shown, is: `a ${kind} ${where}` });
  },
  'suspended-local': ({ name, function: of, async: isAsync }, { holder }) => {
    const what = name === null ? 'a local variable' : `local variable ${cutName(name)}`;
    return says(what, 'of', {
      holder: suspended(isAsync ? 'async function' : 'generator', of, holder),
    });
  },
  'one-of': (meaning) => says(`held as ${cutName(labelOf(meaning))}`, 'by'),
  'block-variable': () => says('held as a variable of a block', 'by'),
  captured: () => says('captured', 'by'),
  'promise-to-settle': () => says('to be settled', 'by'),
  scope: () => says('closed over', 'by'),
  'outer-scope': () => says('the scope', 'around'),
  export: ({ name }, { holder }) => {
    return says(`exported as ${cutName(name)}`, 'by', {
      holder: moduleFile(holder) ?? nodeWords(holder),
    });
  },

  'map-value': ({ key }) => {
    if (key.type === 'any' || key.type === 'any-text') return says('a value', 'in');
    const under = key.type === 'primitive' ? 'a primitive key' : cutName(keyWords(key));
    return says('', 'in', { after: `under ${under}` });
  },
  'map-key': () => says('a key', 'of'),
  'set-member': () => says('a member', 'of'),
  'weakset-member': () => says('a member', 'of'),
  'weakmap-entry': () => says('part of an entry', 'of'),
  'weakmap-value': () => says('held in a WeakMap', 'by its key'),
  'still-to-iterate': () => says('still to come', 'in'),
  'array-iterator': () => says('iterated over', 'by'),

  'promise-result': () => says('the value', 'of'),
  'then-callback': () => says('a then callback', 'of', { kind: 'then callback' }),
  'then-result': () => says('the result of then()', 'on'),
  'then-context': () => says('the async context of a then() call', 'on'),
  // the promise holds the function that waits for it: described the other way around
  awaited: () => ({ ...says('', 'for'), verb: 'waits' }),
  'async-promise': (meaning, { holder }) => {
    return says('the promise', 'of', {
      holder: suspended('async function', meaning.function, holder),
    });
  },
  'request-promise': () => says('the promise of a waiting next() call', 'on'),
  'request-argument': () => says('the argument of a waiting next() call', 'on'),
  microtask: () => saysAll('waiting to run as a microtask'),
  'microtask-promise': () => says('to be settled by a microtask', 'of'),
  'microtask-argument': () => saysAll('an argument of a waiting microtask'),
  resumes: () => saysAll('to be resumed by a waiting microtask'),
  'async-store': () => says('the AsyncLocalStorage store', 'kept with'),
  'async-context': () => says('the async context', 'of'),
  store: ({ key }) => says(`the store of ${cutName(keyWords(key))}`, 'in'),

  listener: listenerPhrase,
  timer: timerPhrase,
  immediate: (_, { holder }) => says('queued with setImmediate', 'in', runtimeHolder(holder)),
  'next-tick-callback': (_, { holder }) => {
    return says('a callback', 'in', { kind: 'callback', ...runtimeHolder(holder) });
  },
  'next-tick-argument': (_, { holder }) => {
    return says('an argument of a callback', 'in', runtimeHolder(holder));
  },
  'page-listener': () => says('a listener', 'of', { kind: 'listener' }),
  'page-timer': () => says('the callback', 'of a timer of', { kind: 'callback' }),
  'page-callback': () => says('a callback', 'of', { kind: 'callback' }),
  'held-value': () => says('the held value of a registration', 'in'),
  'cleanup-callback': () => says('the cleanup callback', 'of', { kind: 'cleanup callback' }),

  stack: ({ temporary }) => {
    return saysAll(temporary ? 'held by a temporary value on the stack' : 'on the stack');
  },
  'captured-stack': () => says('in the captured stack', 'of'),
  'weakref-kept': () => saysAll('kept for a WeakRef until the running job ends'),
  printed: () =>
    saysAll('kept by the DevTools console: printed with console.log while an inspector was open'),
  'cpp-handle': (meaning) => {
    const article = meaning.name === null ? 'a' : 'the';
    return saysAll(`held by ${article} ${cutName(labelOf(meaning))}`);
  },
  'cpp-reference': () => says('referenced from C++', 'by'),
  'dom-link': () => says('linked in the DOM', 'with'),
  'javascript-object': () => says('the JavaScript object', 'of'),
  'native-object': () => says('the C++ object', 'of'),
  internal: ({ name }) => {
    return says(name === null ? 'held internally' : `held internally (${cutName(name)})`, 'by');
  },
  weak: ({ name }) => says(`held weakly (${cutName(name)})`, 'by'),
  excess: ({ count }) => says(`held by ${count} more references`, 'of'),
  unnamed: () => says('held', 'by'),
} satisfies MeaningTable<[Ends], LinkWords>;

function says(what: string, tie: string, more: Partial<LinkWords> = {}): LinkWords {
  return { verb: 'is', what, tie, ...NOTHING_MORE, ...more };
}

function saysAll(what: string, variable: LinkWords['variable'] = null): LinkWords {
  return says(what, '', { holder: '', variable });
}

/** `a` of `.a`, `"a b"` of `["a b"]`. */
function bare(label: string): string {
  return label.slice(1).replace(/\]$/, '');
}

function isRootOfHeap({ is }: NodeInWords): boolean {
  return is.kind === 'gc-root' || is.kind === 'root-group' || is.kind === 'realm';
}

function isTimeout({ is }: NodeInWords): boolean {
  return is.kind === 'object' && is.name === 'Timeout';
}

/** The holder in the runtime: its own queues have names without an article. */
function runtimeHolder({ is, title }: NodeInWords): Pick<LinkWords, 'holder'> {
  return { holder: is.kind === 'runtime' ? `the ${title}` : null };
}

function propertyPhrase(meaning: MeaningOf<'property'>, ends: Ends): LinkWords {
  const { name } = meaning;
  if (name === null) return says('a property', 'of');
  // the `Timeout` of Node.js is between its list and the function: both say its purpose
  if (name === '_onTimeout' && isTimeout(ends.holder)) {
    return says('the callback', 'of', { kind: 'callback' });
  }
  return namedProperty(meaning, ends);
}

function namedProperty(
  meaning: MeaningOf<'property' | 'symbol-property'>,
  { holder }: Ends,
): LinkWords {
  const label = cutName(labelOf(meaning));
  if (holder.is.kind === 'global') {
    const isName = label.startsWith('.');
    return saysAll(`globalThis${label}`, isName ? globalVariable(label.slice(1)) : null);
  }
  if (label.startsWith('.#')) return says(`private field ${label.slice(1)}`, 'of');
  return says(`property ${bare(label)}`, 'of');
}

function globalVariable(name: string): LinkWords['variable'] {
  return { name, is: 'a global variable' };
}

function variablePhrase(meaning: MeaningOf<'variable'>, ends: Ends): LinkWords {
  const words = usedVariablePhrase(meaning, ends);
  if (!meaning.unused) return words;
  const what = `${words.what}, which no function that is alive uses`;
  return { ...words, what: words.tie === '' ? what : `${what},` };
}

function usedVariablePhrase(meaning: MeaningOf<'variable'>, { holder }: Ends): LinkWords {
  const name = cutName(meaning.name);
  switch (holder.is.kind) {
    case 'module':
    case 'top-level':
    case 'runtime':
      return moduleVariable(name, holder);
    case 'global':
      return saysAll(`globalThis.${name}`, globalVariable(name));
    case 'function':
      return says(`held as "${name}"`, 'by');
    default:
      return says(`variable ${name}`, 'in');
  }
}

function moduleVariable(name: string, holder: NodeInWords): LinkWords {
  const isRuntime = holder.is.kind === 'runtime';
  const file = isRuntime ? `the ${holder.title}` : moduleFile(holder);
  const kind = holder.is.kind === 'top-level' ? 'top-level' : 'module';
  const of = file === null ? '' : ` of ${file}`;
  return saysAll(`the ${kind} variable ${name}${of}`, { name, is: `a ${kind} variable${of}` });
}

function suspended(kind: string, name: string, { id }: NodeInWords): string {
  const call = `the suspended ${kind} ${cutName(`${name}()`)}`;
  return id === '' ? call : `${call} ${id}`;
}

function listenerPhrase({ event, once }: MeaningOf<'listener'>): LinkWords {
  const words = keyWords(event);
  const name = event.type === 'text' ? `'${cutName(words.slice(1, -1))}'` : cutName(words);
  const kind = `${once ? 'one-time ' : ''}${name} listener`;
  return says(`a ${kind}`, 'of', { kind });
}

function timerPhrase({ delay, repeats }: MeaningOf<'timer'>, { holder, held }: Ends): LinkWords {
  const time = cutName(`${delay} ms`);
  if (isTimeout(held) && holder.isRoot) {
    return says('run', 'by', {
      holder: 'the timers',
      after: `${repeats ? 'every' : 'after'} ${time}`,
    });
  }
  const timer = `${time} timer`;
  const words = says('the callback', `of the ${timer}`, { kind: 'callback' });
  return holder.isRoot ? { ...words, tie: 'of', holder: `a ${timer}` } : words;
}
