import type { HashTables } from '../engine/hash-tables.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import { nearestNames } from '../question/nearest-names.js';
import { findNamed, propertyNames, type VariableKind } from './find-variables.js';
import type { PropertyPath } from './property-path.js';

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/**
 * Paths similar to one that leads nowhere: the same up to the failing step, then a property that
 * the object there has. Null when not even the beginning of the path exists.
 */
export function nearestPaths(
  facts: HeapFacts,
  tables: HashTables,
  { name, steps }: PropertyPath,
  kind: VariableKind,
): readonly string[] | null {
  for (let length = steps.length - 1; length >= 0; length--) {
    const start = { name, steps: steps.slice(0, length) };
    const [found] = findNamed(facts, tables, start, kind);
    if (found === undefined) continue;
    const names = propertyNames(facts.graph, found.node);
    const near = nearestNames(steps[length] as string, names);
    return near.map((last) => name + [...start.steps, last].map(stepText).join(''));
  }
  return null;
}

function stepText(step: string): string {
  if (/^\d+$/.test(step)) return `[${step}]`;
  return IDENTIFIER.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
