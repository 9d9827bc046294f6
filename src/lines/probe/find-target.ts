import { fileURLToPath } from 'node:url';
import { ShowBackrefError } from '../../errors.js';
import { type FoundFunction, functionsOf } from './find-functions.js';
import type { FunctionPlace, OwnDebugger, OwnScript } from './own-debugger.js';
import { type GrammarKind, parseSource } from './parse-source.js';
import type { FileToProbe } from './probed-file.js';
import { LineNumbers } from './syntax.js';

/** A function object to be measured. */
export interface CallTarget {
  readonly target: object;
  /** The name that the user gave. */
  readonly name: string;
  /**
   * Replaces the target with the function that this text makes, if that can be done by name, and
   * returns what undoes it; null if it cannot.
   */
  readonly rebind?: (text: string) => (() => void) | null;
}

/** A target, and the place of its text. */
export interface LocatedTarget extends CallTarget {
  readonly place: FunctionPlace;
  readonly script: OwnScript;
  readonly source: FileToProbe;
  readonly found: FoundFunction;
}

/**
 * Finds the text of a target. @throws ShowBackrefError NOTHING_SELECTED for a value that is not a
 * function written in JavaScript.
 */
export function locateTarget(own: OwnDebugger, target: CallTarget): LocatedTarget {
  const place = own.locate(target.target);
  if (place === null)
    throw cannot(target, 'is not a function written in JavaScript; name one that is');
  const { script } = place;
  const text = own.sourceOf(script);
  const lines = new LineNumbers(text);
  const offset = lines.startOf(place.line + 1) + place.column;
  for (const kind of kindsOf(script)) {
    const program = parseSource(text, kind);
    if (program === null) continue;
    const found = functionsOf(program)
      .filter(({ node }) => node.start <= offset && offset < node.end)
      .at(-1);
    if (found === undefined) throw cannot(target, 'has no source text; name one of its methods');
    return { ...target, place, script, found, source: { text, kind, file: fileOf(script) } };
  }
  throw cannot(target, 'is in a text that could not be read as JavaScript');
}

function kindsOf({ isModule }: OwnScript): readonly GrammarKind[] {
  return isModule === true ? ['module'] : ['commonjs', 'script'];
}

function fileOf({ url }: OwnScript): string {
  if (url.startsWith('file:')) return fileURLToPath(url);
  return url === '' ? '(evaluated)' : url;
}

function cannot({ name }: CallTarget, why: string): ShowBackrefError {
  return new ShowBackrefError('NOTHING_SELECTED', `"${name}" ${why}`);
}
