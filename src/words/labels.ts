import type { Meaning } from '../engine/meaning.js';
import { keyWords, propertyWords } from './key-words.js';
import { type MeaningTable, wordsFor } from './meaning-table.js';

/** A reference as a programmer would write it: `.a`, `[3]`, `x`, `Map["k"] →`. */
export function labelOf(meaning: Meaning): string {
  return wordsFor(LABELS, meaning);
}

const LABELS = {
  property: propertyWords,
  'symbol-property': propertyWords,
  prototype: propertyWords,
  accessor: ({ accessor, of }) => `${accessor} ${propertyWords(of).replace(/^\./, '')}()`,
  'private-methods': (meaning) => `private methods of ${meaning.class}`,
  element: ({ index }) => `[${index ?? '*'}]`,
  'bound-this': () => 'bound this',
  'bound-function': () => 'bound function',
  'bound-argument': ({ index }) => `bound arg ${index}`,
  'proxy-target': () => '[[Target]]',
  'proxy-handler': () => '[[Handler]]',
  'string-half': ({ half }) => `${half} half`,
  'string-parent': () => 'substring of',
  bytes: () => 'bytes',
  'unnamed-property': () => 'property',
  'property-name': () => 'property name',

  variable: ({ name, unused }) => (unused ? `${name} (unused)` : name),
  local: ({ name, function: of }) => (of === null ? name : `local ${name} in ${calledName(of)}()`),
  'suspended-local': ({ name, function: of, async: isAsync }) => {
    if (name !== null) return `local ${name} in ${of}()`;
    return `local of suspended ${isAsync ? 'async ' : ''}${of}()`;
  },
  'one-of': ({ names, more }) => `one of {${names.join(', ')}${more ? ', …' : ''}}`,
  'block-variable': () => 'block variable',
  captured: () => 'captured',
  'promise-to-settle': () => 'promise',
  scope: () => 'scope',
  'outer-scope': () => 'outer scope',
  export: ({ name, file }) => `export ${name}${file === null ? '' : ` of ${file}`}`,

  'map-value': ({ key }) => `Map[${keyWords(key)}] →`,
  'map-key': () => 'Map key',
  'set-member': () => 'Set member',
  'weakset-member': () => 'WeakSet member',
  'weakmap-entry': () => 'WeakMap entry',
  'weakmap-value': ({ key, id }) => `WeakMap value of ${key}${id === null ? '' : ` @${id}`}`,
  'still-to-iterate': () => 'iterator →',
  'array-iterator': () => 'iterator of',

  'promise-result': () => '[[PromiseResult]]',
  'then-callback': () => 'then callback',
  'then-result': () => 'result of then',
  'then-context': () => 'async context of then',
  awaited: (meaning) => `awaited by async ${meaning.function}()`,
  'async-promise': (meaning) => `promise of async ${meaning.function}()`,
  'request-promise': () => 'promise of next()',
  'request-argument': () => 'argument of next()',
  microtask: () => 'microtask',
  'microtask-promise': () => 'settled by microtask',
  'microtask-argument': () => 'argument of microtask',
  resumes: (meaning) => `resumes async ${meaning.function}()`,
  'async-store': () => 'AsyncLocalStorage store',
  'async-context': () => 'async context',
  store: ({ key }) => `store of ${keyWords(key)}`,

  listener: ({ event, once }) => `listener ${keyWords(event)}${once ? ' (once)' : ''}`,
  timer: ({ delay, repeats }) => `${repeats ? 'interval' : 'timer'} ${delay} ms`,
  immediate: () => 'setImmediate',
  'next-tick-callback': () => 'process.nextTick callback',
  'next-tick-argument': () => 'process.nextTick argument',
  'page-listener': () => 'listener',
  'page-timer': () => 'timer',
  'page-callback': () => 'callback',
  'held-value': () => 'held value',
  'cleanup-callback': () => 'cleanup callback',

  stack: ({ temporary }) => (temporary ? 'stack (temporary)' : 'stack'),
  'captured-stack': () => 'captured stack',
  'weakref-kept': () => 'WeakRef kept until end of job',
  printed: () => 'console.log',
  'cpp-handle': ({ name }) => (name === null ? 'C++ handle' : `C++ handle ${name}`),
  'cpp-reference': () => 'C++ reference',
  'dom-link': () => 'DOM link',
  'javascript-object': () => 'JavaScript object',
  'native-object': () => 'C++ object',
  internal: ({ name }) => `{${name ?? 'internal'}}`,
  weak: ({ name }) => `weak ${name}`,
  excess: ({ count }) => `… and ${count} more`,
  unnamed: () => '',
} satisfies MeaningTable<[], string>;

function calledName(name: string): string {
  return name || '(anonymous)';
}
