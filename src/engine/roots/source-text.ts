import type { LoadedPlace } from '../code/scripts.js';

type TextPlace = Pick<LoadedPlace, 'line' | 'column'>;

const LINE_END = /\r\n|[\n\r\u2028\u2029]/g;
const HASHBANG = /^#!.*/;
/**
 * Parts of a source text in which brackets mean nothing: white space, comments, strings, and
 * templates without expressions.
 */
const PASSED =
  /\s+|\/\/.*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`(?:[^`\\$]|\\[\s\S]|\$(?!\{))*`/y;
const BLANK = /^(?:\s|\/[/*])/;
const WORD = /[\p{ID_Continue}$#@]+/uy;
const ARROW = /=>\s*/y;
const REG_EXP = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y;
/** Text after which a slash begins a regular expression, not a division. */
const BEFORE_REG_EXP = /^(?:[(,=:[!&|?{;+*%<>~^-]|return|typeof|case)?$/;
const BEFORE_DIVISION = /^[\p{ID_Continue}$\])]/u;
const OPEN = '([{';
const CLOSED = ')]}';

interface Bracket {
  readonly char: string;
  /** The parentheses of a function's parameters. */
  readonly isParameters: boolean;
  /** The braces of a function's body; the body of a method cannot be distinguished from a block. */
  readonly isBody: boolean;
  /** An arrow function without braces has begun in it. */
  isInArrow: boolean;
}

/**
 * True if a place in a source text is certainly outside of all functions in it. A file has only the
 * beginning of a text, and this parses as little of the grammar as possible: false if in doubt.
 */
export function isOutsideFunctions(text: string, place: TextPlace): boolean {
  const end = offsetOf(text, place);
  if (end === null) return false;
  const open = bracketsOpenAt(text, end);
  if (open === null) return false;
  return open.every(({ char, isParameters, isInArrow }) => {
    return char !== '{' && !isParameters && !isInArrow;
  });
}

/** True if a place in a source text is surely inside of a function; false where in doubt. */
export function isInsideFunction(text: string, place: TextPlace): boolean {
  const end = offsetOf(text, place);
  const open = end === null ? null : bracketsOpenAt(text, end);
  return open?.some(({ isBody, isInArrow }) => isBody || isInArrow) === true;
}

/** Null beyond the end of the text. */
function offsetOf(text: string, { line, column }: TextPlace): number | null {
  let start = 0;
  LINE_END.lastIndex = 0;
  for (let at = 1; at < line; at++) {
    const found = LINE_END.exec(text);
    if (found === null) return null;
    start = found.index + found[0].length;
  }
  const offset = start + column - 1;
  return offset < text.length ? offset : null;
}

/** The brackets around a place, the text itself first; null if the text cannot be parsed. */
function bracketsOpenAt(text: string, end: number): readonly Bracket[] | null {
  const open = [bracket('', NOTHING_BEFORE)];
  let before = '';
  let beforeThat = '';
  let isAfterParameters = false;
  let at = HASHBANG.exec(text)?.[0].length ?? 0;
  while (at < end) {
    const passed = matchAt(PASSED, text, at);
    if (passed !== '') {
      at += passed.length;
      if (!BLANK.test(passed)) [beforeThat, before] = [before, 'x'];
      continue;
    }
    const token = tokenAt(text, at, before);
    const inner = open.at(-1);
    if (token === null || inner === undefined) return null;
    const next = at + token.length;
    if (OPEN.includes(token)) open.push(bracket(token, { before, beforeThat, isAfterParameters }));
    else if (CLOSED.includes(token)) isAfterParameters = open.pop()?.isParameters === true;
    else if (token === ',' || token === ';') inner.isInArrow = false;
    else if (token.startsWith('=>') && text[next] !== '{') inner.isInArrow = true;
    beforeThat = before;
    before = token.startsWith('/') && token.length > 1 ? 'x' : token.trim();
    at = next;
  }
  // false for a place in the middle of a string or comment
  return at === end ? open : null;
}

/**
 * The two words before a bracket, and whether the most recently closed bracket had parameters in
 * it.
 */
interface Before {
  readonly before: string;
  readonly beforeThat: string;
  readonly isAfterParameters: boolean;
}

const NOTHING_BEFORE: Before = { before: '', beforeThat: '', isAfterParameters: false };

function bracket(char: string, { before, beforeThat, isAfterParameters }: Before): Bracket {
  const isFunction = (word: string) => word === 'function' || word === '*';
  const isParameters = char === '(' && (isFunction(before) || isFunction(beforeThat));
  const isAfterHead = before.startsWith('=>') || (before === ')' && isAfterParameters);
  return { char, isParameters, isBody: char === '{' && isAfterHead, isInArrow: false };
}

/**
 * The token at a position; null if a template with expressions begins there, and if a slash is perhaps a division.
 */
function tokenAt(text: string, at: number, before: string): string | null {
  const char = text[at] as string;
  if ('`"\''.includes(char)) return null;
  const longer = matchAt(WORD, text, at) || matchAt(ARROW, text, at);
  if (longer !== '') return longer;
  if (char !== '/') return char;
  if (BEFORE_REG_EXP.test(before)) return matchAt(REG_EXP, text, at) || null;
  // after a closing parenthesis, a condition may end
  return BEFORE_DIVISION.test(before) && before !== ')' ? char : null;
}

function matchAt(sticky: RegExp, text: string, at: number): string {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0] ?? '';
}
