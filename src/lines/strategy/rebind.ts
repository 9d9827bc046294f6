import { type LocatedTarget, locateTarget } from '../probe/find-target.js';
import type { HowToProbe } from '../probe/probed-file.js';
import { LineNumbers } from '../probe/syntax.js';
import { possibleOf } from './breakpoints.js';
import { copyWithProbes } from './rebuild.js';
import type { Strategy, StrategyContext } from './strategy.js';

const WAY =
  'measured in a copy with probes, in which each use of a variable of the module takes some 0.1 µs more';
/** The amount that this may add to a line; bytes are not affected. */
const ADDED = { time: 0.002, memory: 0, 'live memory': 0 } as const;
/** Also used by probe-registry.ts. */
const DOOR = 'globalThis[Symbol.for("showbackref.profile")]';

/**
 * Makes the function again when the statement begins, by the condition of a breakpoint in the
 * statement: the condition is evaluated there, so it sees what the function sees, and can assign
 * the copy to the function's name. For functions declared beside the statement, in versions where
 * V8 can no longer replace texts. Not used for a statement with local variables: the copy might see
 * those instead of the function's.
 */
export const rebind: Strategy = (targets, context) => {
  const statement = locateStatement(context);
  if (statement === null) return null;
  const copies = targets.map((target) => copyBeside(target, statement, context));
  const known = copies.flatMap((copy) => copy ?? []);
  if (known.length < copies.length) return null;
  const { own, run } = context;
  for (const { probed } of known) run.add(probed, ADDED[run.measure]);
  const condition = known.map(({ expression }) => expression).join('||');
  const placed = placeAll(statement, condition, context);
  own.post('Debugger.setSkipAllPauses', { skip: false });
  const restore = () => {
    for (const breakpointId of placed) own.post('Debugger.removeBreakpoint', { breakpointId });
    const missed = known.filter(({ undo }) => !undo());
    const names = missed.map(({ name }) => `"${name}"`).join(', ');
    return missed.length > 0 ? `${names} could not be replaced, so nothing was counted.` : null;
  };
  return { way: WAY, needsDebugger: true, restore };
};

function locateStatement({ own, statement }: StrategyContext): LocatedTarget | null {
  try {
    return locateTarget(own, { target: statement, name: 'statement' });
  } catch {
    return null;
  }
}

/**
 * Makes the copy; null if the statement does not see the same variables, or the name cannot be
 * assigned.
 */
function copyBeside(target: LocatedTarget, statement: LocatedTarget, context: StrategyContext) {
  const { registry, run } = context;
  const { found, place, source } = target;
  const [name, ...rest] = found.path;
  if (name === undefined || rest.length > 0) return null;
  const isBeside =
    place.script === statement.place.script &&
    place.scopes.join() === statement.place.scopes.join() &&
    found.node.type === 'FunctionDeclaration' &&
    // not an object that stands for it, such as a bound function
    Function.prototype.toString.call(target.target) ===
      source.text.slice(found.node.start, found.node.end);
  if (!isBeside) return null;
  const how: HowToProbe = { nextId: () => registry.nextId(), measure: run.measure };
  const probed = copyWithProbes(target, how);
  const id = probed?.functions[0]?.id;
  if (probed === null || id === undefined) return null;
  const strict = source.kind === 'module' ? '"use strict";' : '';
  const make = `()=>{${strict}return ${probed.text.trimStart()}}`;
  const binding = `()=>${name},(made)=>{${name}=made}`;
  const expression = `${DOOR}.rebind(${JSON.stringify(id)},${binding},${make})`;
  return { name, probed, expression, undo: registry.expectRebind(id, target.target) };
}

function placeAll(
  statement: LocatedTarget,
  condition: string,
  { own }: StrategyContext,
): readonly string[] {
  const lines = new LineNumbers(statement.source.text);
  const possible = possibleOf(statement, lines, { own, restrictToFunction: true });
  return possible.flatMap(({ type: _, ...location }) => {
    try {
      const wish = { location, condition };
      return own.post<{ breakpointId: string }>('Debugger.setBreakpoint', wish).breakpointId;
    } catch {
      // two at one place: the first one counts
      return [];
    }
  });
}
