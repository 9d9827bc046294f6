import type { SubgraphEdge, SubgraphNode } from '../../collect/picture/subgraph.js';
import { countOf, joinWords } from '../summary.js';
import { cutName, moduleFile, nodeWords } from './node-words.js';

/** What a reference says of the object it holds: `is property a` + `of` + the holder + an end. */
export interface LinkWords {
  readonly verb: string;
  readonly what: string;
  readonly tie: string;
  /** In place of the words for the holder: empty where the reference says all; null where not. */
  readonly holder: string | null;
  readonly after: string;
  /** What a function is by this reference: `'data' listener`. */
  readonly kind: string | null;
  /** A variable by which an object can be called: `clients`, `a module variable of app.js`. */
  readonly variable: { readonly name: string; readonly is: string } | null;
}

type Rule = readonly [RegExp, (holder: SubgraphNode, part: string, other: string) => LinkWords];

/** References of one holder that are said one by one; the rest is counted. */
const MOST_PARALLEL = 3;

const NOTHING_MORE = { holder: null, after: '', kind: null, variable: null };

const ANY_TEXT_KEY = 'Map["*"] →';
/** Labels of several references drawn as one, with their keys left open. */
const OPEN: ReadonlyMap<string, LinkWords> = new Map([
  ['[*]', says('an element', 'of')],
  ['.*', says('a property', 'of')],
  ['Map[*] →', says('a value', 'in')],
  [ANY_TEXT_KEY, says('a value', 'in')],
]);

/** Labels that are words already; the first that fits is taken. */
const RULES: readonly Rule[] = [
  [/^Map\[primitive\] →$/, () => says('', 'in', { after: 'under a primitive key' })],
  [/^Map\[(.*)\] →$/s, (_, key) => says('', 'in', { after: `under ${cutName(key)}` })],
  [/^Map key$/, () => says('a key', 'of')],
  [/^Set member$/, () => says('a member', 'of')],
  [/^iterator →$/, () => says('still to come', 'in')],
  [/^WeakMap value of /, () => says('held in a WeakMap', 'by its key')],
  [/^bound this$/, () => says('bound as this', 'to')],
  [/^bound arg (\d+)$/, (_, index) => says(`bound argument ${index}`, 'of')],
  [/^bound (?:function|fn)$/, () => says('the function', 'bound by')],
  [/^\[\[PromiseResult\]\]$/, () => says('the value', 'of')],
  [/^\[\[Target\]\]$/, () => says('the target', 'of')],
  [/^\[\[Handler\]\]$/, () => says('the handler', 'of')],
  [/^then callback$/, () => says('a then callback', 'of', { kind: 'then callback' })],
  [/^result of then$/, () => says('the result of then()', 'on')],
  // the promise holds the function that waits for it: told the other way around
  [/^awaited by /, () => ({ ...says('', 'for'), verb: 'waits' })],
  [/^local of suspended (async )?(.*)$/s, suspendedLocal],
  [/^listener "(.*)"$/s, (_, event) => listener(`'${cutName(event)}' listener`)],
  // a page does not say for which event
  [/^listener$/, () => listener('listener')],
  [/^settled by microtask$/, () => says('to be settled by a microtask', 'of')],
  [/^(?:timer|interval) (.*)$/s, timerCallback],
  [/^timer$/, () => says('the callback', 'of a timer of', { kind: 'callback' })],
  [/^export (.+?)(?: of .*)?$/s, exported],
  [/^scope$/, () => says('closed over', 'by')],
  [/^outer scope$/, () => says('the scope', 'around')],
  [/^(first|second) half$/, (_, which) => says(`the ${which} half`, 'of')],
  [/^substring of$/, () => says('kept whole', 'for its part')],
  [/^bytes$/, () => says('the memory', 'of')],
  [/^\{internal\}$/, () => says('held internally', 'by')],
  [/^\{(.*)\}$/s, (_, name) => says(`held internally (${cutName(name)})`, 'by')],
  [/^property name$/, () => says('the name of a property', 'of')],
  [/^property$/, () => says('a property', 'of')],
  [/^stack \(temporary\)$/, () => saysAll('held by a temporary value on the stack')],
  [/^stack$/, () => saysAll('on the stack')],
  [
    /^console\.log$/,
    () =>
      saysAll('kept by the DevTools console: printed with console.log while an inspector was open'),
  ],
  [/^WeakRef kept /, () => saysAll('kept for a WeakRef until the running job ends')],
  [/^(C\+\+ handle .*)$/s, (_, handle) => saysAll(`held by the ${cutName(handle)}`)],
];

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** A reference in words, from what is held to its holder. */
export function linkWords(
  edge: SubgraphEdge,
  { holder, held }: { readonly holder: SubgraphNode; readonly held: SubgraphNode },
): LinkWords {
  const { type, name, label, count = 1 } = edge;
  if (holder.role === 'more') return leftOut(holder);
  const timer = nodeTimerWords(edge, { holder, held });
  if (timer !== null) return timer;
  if (label === '') return says('held', 'by');
  // a single reference may really have this key
  const open = count === 1 && label === ANY_TEXT_KEY ? undefined : OPEN.get(label);
  if (open !== undefined) return open;
  if (holder.type === 'frame' && type === 'context') return frameVariable(name, holder);
  if (isVariable(edge)) return variable(label, holder);
  if (type === 'property') return property(label, holder);
  if (type === 'element' && label === `[${name}]`) return element(name, holder);
  return ruledWords(label, holder) ?? property(label, holder);
}

/** All references of one holder in one phrase. */
export function linkPhrase(parallel: readonly LinkWords[], holderWords: string): string {
  const [first] = parallel as [LinkWords];
  const alike = parallel.filter(({ verb, tie }) => verb === first.verb && tie === first.tie);
  const what = joinParts(alike.map((words) => words.what));
  const after = joinParts(alike.map((words) => words.after));
  const rest = parallel.length - Math.min(alike.length, MOST_PARALLEL);
  const more = rest === 0 ? '' : `(and by ${countOf(rest, 'more reference')})`;
  return joinFilled([first.verb, what, first.tie, first.holder ?? holderWords, after, more]);
}

export function joinFilled(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** `under "a"` and `under "b"` share their first word. */
function joinParts(parts: readonly string[]): string {
  const different = [...new Set(parts.slice(0, MOST_PARALLEL))];
  const [head = ''] = different[0]?.split(' ', 1) ?? [];
  const isShared = different.length > 1 && different.every((part) => part.startsWith(`${head} `));
  if (!isShared) return joinWords(different);
  return `${head} ${joinWords(different.map((part) => part.slice(head.length + 1)))}`;
}

function ruledWords(label: string, holder: SubgraphNode): LinkWords | null {
  for (const [pattern, toWords] of RULES) {
    const match = pattern.exec(label);
    if (match !== null) return toWords(holder, match[1] ?? '', match[2] ?? '');
  }
  return null;
}

function says(what: string, tie: string, more: Partial<LinkWords> = {}): LinkWords {
  return { verb: 'is', what, tie, ...NOTHING_MORE, ...more };
}

function saysAll(what: string, variable: LinkWords['variable'] = null): LinkWords {
  return says(what, '', { holder: '', variable });
}

/** Whether the label is a variable's name, and not in words of ours. */
function isVariable({ type, name, label }: SubgraphEdge): boolean {
  if (type === 'context') return label === name;
  // in a block scope the edge has a number, and only the label the name
  const isName = IDENTIFIER.test(label) || /^block variable$|^one of \{.*\}$/s.test(label);
  return type === 'hidden' && isName;
}

function variable(label: string, holder: SubgraphNode): LinkWords {
  const name = cutName(label);
  if (holder.type === 'module') return moduleVariable(name, holder);
  if (holder.label === 'globalThis') return property(`.${label}`, holder);
  if (label === 'block variable') return says('held as a variable of a block', 'by');
  if (label.startsWith('one of ')) return says(`held as ${name}`, 'by');
  return holder.type === 'closure'
    ? says(`held as "${name}"`, 'by')
    : says(`variable ${name}`, 'in');
}

function moduleVariable(name: string, holder: SubgraphNode): LinkWords {
  const file = moduleFile(holder);
  const kind = file === null && holder.label !== 'module' ? 'top-level' : 'module';
  const of = file === null ? '' : ` of ${file}`;
  const is = `a ${kind} variable${of}`;
  return saysAll(`the ${kind} variable ${name}${of}`, { name, is });
}

function frameVariable(variableName: string, holder: SubgraphNode): LinkWords {
  const name = cutName(variableName);
  const kind = holder.label.startsWith('module ') ? 'variable' : 'local variable';
  const of = `of ${nodeWords(holder)}`;
  return saysAll(`${kind} ${name} ${of}`, { name, is: `a ${kind} ${of}` });
}

function property(label: string, holder: SubgraphNode): LinkWords {
  const cut = cutName(label);
  if (/^[.[]/.test(cut) && holder.label === 'globalThis') {
    const known = { name: cut.slice(1), is: 'a global variable' };
    return saysAll(`globalThis${cut}`, cut.startsWith('.') ? known : null);
  }
  // of any name
  if (cut === '.*') return says('a property', 'of');
  if (cut === '.__proto__') return says('the prototype', 'of');
  if (cut.startsWith('.#')) return says(`private field ${cut.slice(1)}`, 'of');
  if (/^[.[]/.test(cut)) return says(`property ${cut.slice(1).replace(/\]$/, '')}`, 'of');
  return says(`held as ${cut}`, 'by');
}

/** The slots of V8's own lists have numbers that say nothing. */
function element(index: string, holder: SubgraphNode): LinkWords {
  return holder.type === 'root' ? says('held', 'by') : says(`element ${cutName(index)}`, 'of');
}

function listener(kind: string): LinkWords {
  return says(`a ${kind}`, 'of', { kind });
}

/** The `Timeout` of Node.js stands between its list and the function: both say what it is for. */
function nodeTimerWords(
  { label }: SubgraphEdge,
  { holder, held }: { readonly holder: SubgraphNode; readonly held: SubgraphNode },
): LinkWords | null {
  if (holder.name === 'Timeout' && label === '._onTimeout') {
    return says('the callback', 'of', { kind: 'callback' });
  }
  const delay = /^(timer|interval) (.*)$/s.exec(label);
  if (held.name !== 'Timeout' || holder.role !== 'root' || delay === null) return null;
  const when = delay[1] === 'timer' ? 'after' : 'every';
  return says('run', 'by', { holder: 'the timers', after: `${when} ${cutName(delay[2] ?? '')}` });
}

function timerCallback({ role }: SubgraphNode, delay: string): LinkWords {
  const timer = `${cutName(delay)} timer`;
  const words = says('the callback', `of the ${timer}`, { kind: 'callback' });
  return role === 'root' ? { ...words, tie: 'of', holder: `a ${timer}` } : words;
}

function suspendedLocal({ id }: SubgraphNode, isAsync: string, call: string): LinkWords {
  const kind = isAsync === '' ? 'generator' : 'async function';
  const holder = `the suspended ${kind} ${cutName(call)} ${id}`;
  return says('a local variable', 'of', { holder });
}

function exported(holder: SubgraphNode, name: string): LinkWords {
  const file = moduleFile(holder);
  return says(`exported as ${cutName(name)}`, 'by', { holder: file ?? nodeWords(holder) });
}

/** The words of a cut say how many and why. */
function leftOut({ label }: SubgraphNode): LinkWords {
  return saysAll(`held by others that are left out here (${cutName(label)})`);
}
