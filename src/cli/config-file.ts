import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, normalize } from 'node:path';
import { type ShowBackrefError, usage } from '../errors.js';
import { option, quote, say, spell } from '../util/sentence.js';
import type { Asked } from './cli-command.js';

/** Options that a project has for all of its questions. */
export interface Config {
  /** Its name in messages. */
  readonly file: string;
  /** The values of each option, as they would be typed. */
  readonly given: ReadonlyMap<string, readonly string[]>;
}

const OWN_FILE = '.showbackrefrc';
const PACKAGE = 'package.json';
/** Larger ones are not read. */
const MOST_BYTES = 1 << 20;

/**
 * The problem of a value for each option that is allowed here; null for none. A folder may come from
 * anywhere: its file can hide more than is hidden otherwise, which is said, and never less. Nothing in it
 * runs, and it names no file outside the folder.
 */
const RULES: Readonly<Record<string, (value: string) => string | null>> = {
  hide: () => null,
  redact: (value) => {
    if (value === 'none') return 'which only the command line can ask for';
    return ['secrets', 'all'].includes(value) ? null : 'use "secrets" or "all"';
  },
  theme: (value) => (['light', 'dark'].includes(value) ? null : 'use "light" or "dark"'),
  accept: (value) => {
    const isInside = !isAbsolute(value) && !/^\.\.(?:[/\\]|$)/.test(normalize(value));
    return isInside ? null : 'name a file in this folder';
  },
};

/**
 * The options of `.showbackrefrc`, or else of `showbackref` in package.json, in the working folder; null for none.
 *
 * @throws ShowBackrefError USAGE naming the file and what is wrong in it.
 */
export function readConfig(cwd: string): Config | null {
  const own = readText(join(cwd, OWN_FILE));
  if (own !== null) return toConfig(OWN_FILE, parse(own));
  const text = readText(join(cwd, PACKAGE));
  // a broken package.json is for others to judge
  const manifest = text === null ? undefined : parse(text);
  const ours = isRecord(manifest) ? manifest.showbackref : undefined;
  return ours === undefined ? null : toConfig(PACKAGE, ours);
}

/** Who asks is to know which options they have not typed; null for none. */
export function describeUse({ file, given }: Config, asked: Asked): string | null {
  const used = [...given].filter(([name, values]) => asked.given.get(name) === values);
  if (used.length === 0 || asked.options.quiet) return null;
  const typed = used.flatMap(([name, values]) =>
    values.map((value) => spell([option(name, JSON.stringify(value))], 'flags')),
  );
  return `Options from ${file}: ${typed.join(' ')}`;
}

function toConfig(file: string, data: unknown): Config {
  const fail = (what: string): ShowBackrefError => usage(say`${quote(file)}: ${what}`);
  if (!isRecord(data)) throw fail('options are a JSON object, such as { "redact": "all" }');
  const given = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(data)) {
    const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
    if (rule === undefined) {
      throw fail(`${quote(name)} is unknown here; use ${Object.keys(RULES).join(', ')}`);
    }
    const texts = name === 'hide' ? [value].flat() : [value];
    for (const text of texts) {
      if (typeof text !== 'string') throw fail(`${name} is not a text`);
      const problem = rule(text);
      if (problem !== null) throw fail(`${name} is ${quote(text)}; ${problem}`);
    }
    given.set(name, texts as string[]);
  }
  return { file, given };
}

/** Null for what is not there, or not a file. */
function readText(file: string): string | null {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isFile() || stats.size > MOST_BYTES) return null;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
