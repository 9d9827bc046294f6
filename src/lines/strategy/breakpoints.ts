import type { Debugger } from 'node:inspector';
import type { LocatedTarget } from '../probe/find-target.js';
import { probeFunctions } from '../probe/probed-file.js';
import { LineNumbers } from '../probe/syntax.js';
import type { AppliedStrategy, Strategy, StrategyContext } from './strategy.js';

const WAY =
  'measured by breakpoints of 0.1 ms each: hits are exact, except for the last test of for…of and for…in';
/**
 * The amount that V8 adds to a line for each evaluation of a condition: milliseconds; some 4 kB, so lines with
 * less than ten times as much are estimates. Live memory is always an estimate, since no condition
 * can overwrite what is left in registers (see instrument.ts).
 */
const ADDED = { time: 0.1, memory: 50_000, 'live memory': Number.MAX_VALUE } as const;
/** Also used by probe-registry.ts. */
const DOOR = 'globalThis[Symbol.for("showbackref.profile")]';

/**
 * Sets a breakpoint on each line, whose condition counts and is never true. Slow, and it does not
 * see the end of calls that throw; but it reaches every function, even one in progress.
 */
export const breakpoints: Strategy = (targets, context) => {
  const { own } = context;
  const placed = targets.flatMap((target) => placeAll(target, context));
  const restore: AppliedStrategy['restore'] = () => {
    own.post('Debugger.setSkipAllPauses', { skip: true });
    for (const breakpointId of placed) own.post('Debugger.removeBreakpoint', { breakpointId });
    return null;
  };
  own.post('Debugger.setSkipAllPauses', { skip: false });
  return { way: WAY, needsDebugger: true, restore };
};

/** Sets the breakpoints. @returns their ids. */
function placeAll(
  target: LocatedTarget,
  { own, registry, run }: StrategyContext,
): readonly string[] {
  const { source, found } = target;
  const probed = probeFunctions(source, [found], {
    nextId: () => registry.nextId(),
    measure: run.measure,
  });
  run.add(probed, ADDED[run.measure]);
  const id = JSON.stringify(probed.functions[0]?.id);
  const lines = new LineNumbers(source.text);
  const offsetOf = ({ lineNumber, columnNumber = 0 }: Debugger.Location) =>
    lines.startOf(lineNumber + 1) + columnNumber;
  const possible = possibleOf(target, lines, { own, restrictToFunction: false });
  const hits = probed.places.flatMap(({ line, offset }) => {
    const place = possible.find((location) => offsetOf(location) >= offset);
    if (place === undefined || place.lineNumber + 1 !== lines.at(offset)) return [];
    return [{ place, condition: `${DOOR}.hit(${id},${line})` }];
  });
  const returns = possibleOf(target, lines, { own, restrictToFunction: true })
    .filter(({ type }) => type === 'return')
    .map((place) => ({ place, condition: `${DOOR}.returns(${id})` }));
  return [...hits, ...returns].flatMap(({ place: { type: _, ...location }, condition }) => {
    try {
      const wish = { location, condition };
      return own.post<Debugger.SetBreakpointReturnType>('Debugger.setBreakpoint', wish)
        .breakpointId;
    } catch {
      // two at one place: the first one counts
      return [];
    }
  });
}

/** Places within a function where V8 can stop. */
export function possibleOf(
  { script: { scriptId }, found: { node } }: LocatedTarget,
  lines: LineNumbers,
  {
    own,
    restrictToFunction,
  }: Pick<StrategyContext, 'own'> & { readonly restrictToFunction: boolean },
): readonly Debugger.BreakLocation[] {
  const place = (offset: number) => {
    const line = lines.at(offset);
    return { scriptId, lineNumber: line - 1, columnNumber: offset - lines.startOf(line) };
  };
  const range = { start: place(node.body.start), end: place(node.end) };
  const query = { ...range, restrictToFunction };
  return own.post<Debugger.GetPossibleBreakpointsReturnType>(
    'Debugger.getPossibleBreakpoints',
    query,
  ).locations;
}
