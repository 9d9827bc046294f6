import { usage } from '../../errors.js';
import type { Tool } from './tool-table.js';

/** Arguments of a call that fit the tool: names that it has, and values of their kinds. */
export interface Arguments {
  readonly heap?: string;
  readonly heaps?: readonly string[];
  readonly target?: readonly string[];
  readonly cut?: readonly string[];
  readonly nth?: number;
  readonly largest?: boolean;
  readonly all?: boolean;
  readonly depth?: number;
  readonly fanIn?: number;
  readonly everything?: boolean;
  readonly paths?: number;
  readonly sort?: 'count' | 'size' | 'retained';
  readonly filter?: string;
  readonly limit?: number;
  readonly budget?: number;
  readonly picture?: 'svg' | 'html' | 'none';
  readonly image?: boolean;
  readonly rounds?: number;
  readonly every?: number;
}

const LISTS: ReadonlySet<string> = new Set(['heaps', 'target', 'cut']);
const MOST_TEXT = 500;
const MOST_ITEMS = 50;

/** @throws ShowBackrefError USAGE naming the argument. */
export function readArguments(tool: Tool, given: Readonly<Record<string, unknown>>): Arguments {
  const missing = tool.required.find((name) => given[name] === undefined);
  if (missing !== undefined) throw usage(`${tool.name} needs "${missing}"`);
  const read = Object.entries(given).map(([name, value]) => {
    const kind = Object.hasOwn(tool.arguments, name) ? tool.arguments[name] : undefined;
    if (kind === undefined) {
      const known = Object.keys(tool.arguments).join(', ');
      throw usage(`${tool.name} has no argument "${name}"; it has ${known}`);
    }
    const problem = problemOf(kind, value);
    if (problem !== null) throw usage(`${tool.name}: "${name}" ${problem}`);
    return [name, LISTS.has(name) ? [value].flat() : value];
  });
  return Object.fromEntries(read) as Arguments;
}

type Kind = Tool['arguments'][string];

function problemOf(kind: Kind, value: unknown): string | null {
  const types = [kind.type].flat();
  const found = types.some((type) => fits(type, value));
  if (!found) return `is not ${types.map(article).join(' or ')}`;
  if (kind.enum !== undefined && !kind.enum.includes(String(value))) {
    return `is not one of ${kind.enum.join(', ')}`;
  }
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = kind;
  if (typeof value === 'number' && (value < minimum || value > maximum)) {
    return `is not between ${minimum} and ${kind.maximum ?? 'any number'}`;
  }
  return null;
}

function fits(type: string, value: unknown): boolean {
  switch (type) {
    case 'array':
      return isListOfTexts(value);
    case 'integer':
      return Number.isSafeInteger(value);
    case 'string':
      return isText(value);
    default:
      return typeof value === type;
  }
}

function isListOfTexts(value: unknown): boolean {
  return (
    Array.isArray(value) && value.length > 0 && value.length <= MOST_ITEMS && value.every(isText)
  );
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= MOST_TEXT;
}

function article(type: string): string {
  if (type === 'array') return `a list of 1 to ${MOST_ITEMS} texts`;
  if (type === 'string') return `a text of 1 to ${MOST_TEXT} characters`;
  return type === 'integer' ? 'a whole number' : `a ${type}`;
}
