import type { Shape } from './object-shapes.js';

const LONGEST_NAME = 120;
const LEAST_OBJECTS = 2;
/** An interface has to match at least one plain object in this many. */
const LEAST_PROPORTION = 1000;

/** A name for plain objects that have these properties, possibly among others: `{id, name}`. */
export interface InterfaceDefinition {
  readonly name: string;
  readonly properties: readonly string[];
}

/**
 * The combinations of properties that are common enough to stand for a class, most common first.
 *
 * @param counts the number of plain objects by shape, in the order in which the shapes occur.
 *   Source: DevTools `HeapSnapshot.inferInterfaceDefinitions`.
 */
export function inferInterfaces(counts: ReadonlyMap<Shape, number>): InterfaceDefinition[] {
  const candidates = new Map<string, { definition: InterfaceDefinition; count: number }>();
  let total = 0;
  for (const [shape, count] of counts) {
    total += count;
    const definition = defineBy(shape);
    if (definition === null) continue;
    const known = candidates.get(definition.name);
    if (known === undefined) candidates.set(definition.name, { definition, count });
    else known.count += count;
  }
  const least = Math.max(LEAST_OBJECTS, total / LEAST_PROPORTION);
  return [...candidates.values()]
    .filter(({ count }) => count >= least)
    .sort((a, b) => b.count - a.count)
    .map(({ definition }) => definition);
}

/** The interface of a shape; null without properties. */
function defineBy(shape: Shape): InterfaceDefinition | null {
  const properties: string[] = [];
  let name = '{';
  for (const property of shape) {
    if (property === '__proto__') continue;
    const written = writeProperty(property);
    if (name.length > 1 && name.length + written.length > LONGEST_NAME) break;
    if (name.length > 1) name += ', ';
    name += written;
    properties.push(property);
  }
  return properties.length === 0 ? null : { name: `${name}}`, properties };
}

/** Quotes a name with a comma, a quote or a brace, which could be taken for the interface's own. */
function writeProperty(name: string): string {
  return /[,'"{}]/.test(name) ? JSON.stringify(name) : name;
}

/**
 * Finds the interface of a shape: among those whose properties it has, the one with most
 * properties, then the most common one.
 *
 * Source: DevTools `HeapSnapshot.applyInterfaceDefinitions`.
 */
export class InterfaceMatcher {
  /** By one property each, so that a shape is only compared with definitions that it may match. */
  readonly #byProperty = new Map<string, { definition: InterfaceDefinition; rank: number }[]>();
  readonly #names = new Map<Shape, string>();

  constructor(definitions: readonly InterfaceDefinition[]) {
    const frequency = new Map<string, number>();
    for (const { properties } of definitions) {
      for (const property of properties) {
        frequency.set(property, (frequency.get(property) ?? 0) + 1);
      }
    }
    const frequencyOf = (property: string) => frequency.get(property) ?? 0;
    for (const [rank, definition] of definitions.entries()) {
      const rarest = definition.properties.reduce((a, b) =>
        frequencyOf(b) < frequencyOf(a) ? b : a,
      );
      const entries = this.#byProperty.get(rarest) ?? [];
      entries.push({ definition, rank });
      this.#byProperty.set(rarest, entries);
    }
  }

  /** The name of a shape; `Object` if no interface fits. */
  nameOf(shape: Shape): string {
    const known = this.#names.get(shape);
    if (known !== undefined) return known;
    const name = this.#match(new Set(shape));
    this.#names.set(shape, name);
    return name;
  }

  #match(properties: ReadonlySet<string>): string {
    const matches = [...properties]
      .flatMap((property) => this.#byProperty.get(property) ?? [])
      .filter(({ definition }) => definition.properties.every((name) => properties.has(name)));
    const [first] = matches;
    if (first === undefined) return 'Object';
    const best = matches.reduce((a, b) => {
      const more = b.definition.properties.length - a.definition.properties.length;
      return more > 0 || (more === 0 && b.rank < a.rank) ? b : a;
    }, first);
    return best.definition.name;
  }
}
