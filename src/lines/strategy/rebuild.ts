import { functionsOf } from '../probe/find-functions.js';
import type { LocatedTarget } from '../probe/find-target.js';
import { parseSource } from '../probe/parse-source.js';
import { type HowToProbe, probeFunctions } from '../probe/probed-file.js';
import { LineNumbers } from '../probe/syntax.js';
import type { Strategy } from './strategy.js';

const WAY =
  'measured in a copy with probes under the same name: calls by other names are not counted';

/**
 * Makes the function again from its text, with probes, and assigns it to the name: for functions
 * that use only globals, such as those typed at a prompt.
 */
export const rebuild: Strategy = (targets, { registry, run }) => {
  const undo: (() => void)[] = [];
  const restore = () => {
    for (const action of undo.toReversed()) action();
    return null;
  };
  for (const target of targets) {
    const seesMore = target.place.scopes.some((scope) => scope !== 'Global' && scope !== 'Script');
    const probed = seesMore
      ? null
      : copyWithProbes(target, { nextId: () => registry.nextId(), measure: run.measure });
    const rebound = probed === null ? null : (target.rebind?.(probed.text) ?? null);
    if (probed === null || rebound === null) {
      restore();
      return null;
    }
    run.add(probed);
    undo.push(rebound);
  }
  return { way: WAY, needsDebugger: false, restore };
};

/** The text of one function alone, with probes; null if it cannot have any. */
export function copyWithProbes({ source, found }: LocatedTarget, how: HowToProbe) {
  const { node } = found;
  // the lines keep their numbers
  const blanks = '\n'.repeat(new LineNumbers(source.text).at(node.start) - 1);
  const text = `${blanks}(${source.text.slice(node.start, node.end)})`;
  const program = parseSource(text, 'expression');
  const [copy] = program === null ? [] : functionsOf(program);
  if (copy === undefined) return null;
  const own = { ...copy, path: found.path, isNamed: found.isNamed };
  const partOf = { text: source.text, shift: node.start - copy.node.start };
  const part = { ...source, text, kind: 'expression', partOf } as const;
  const probed = probeFunctions(part, [own], how);
  const functions = probed.functions.map((info) =>
    info.isOriginal ? info : { ...info, lines: linesOf(info.lines) },
  );
  return probed.refused.length > 0 ? null : { ...probed, functions };
}

/** The lines without the parentheses that made the function an expression. */
function linesOf(lines: readonly string[]): readonly string[] {
  return lines.map((line, at) => {
    const whole = at === 0 ? line.slice(1) : line;
    return at === lines.length - 1 ? whole.replace(/\)$/, '') : whole;
  });
}
