import type { CommandName } from './commands.js';

/** The names of a format. */
export interface NamedFormat {
  readonly name: string;
  /** With the dot, in lower case. */
  readonly extension: string;
}

/** Names of formats in the order the help names them; each is also its extension, but for those below. */
const GRAPH = ['png', 'svg', 'pdf', 'html', 'md', 'txt', 'json', 'dot', 'mmd'];
const TABLE = ['txt', 'json', 'md'];
/** A table; with a drawing, a picture, too. */
const GROWTH = [...TABLE, ...GRAPH.filter((name) => !TABLE.includes(name))];
const LINES = ['txt', 'md', 'json', 'html'];
/** Formats for services that run tests; only a command line asks for them. */
const CHECK = ['sarif', 'junit', 'github'];
const CHECKED: readonly CommandName[] = ['types', 'growth', 'leaks'];
const EXTENSIONS: Readonly<Record<string, string>> = { junit: '.xml', github: '.md' };
const MEMORY = ['png', 'svg', ...TABLE, 'dat'];

const FORMATS: Readonly<Partial<Record<CommandName, readonly string[]>>> = {
  backrefs: GRAPH,
  refs: GRAPH,
  chain: GRAPH,
  types: TABLE,
  growth: GROWTH,
  leaks: GROWTH,
  info: TABLE,
  ps: TABLE,
  lprun: LINES,
  mprun: LINES,
  mprof: MEMORY,
};

/** The formats in which a command can answer. */
export function formatsOf(command: CommandName): readonly NamedFormat[] {
  return (FORMATS[command] ?? []).map(toNamed);
}

/** The formats that a command line may ask for. */
export function shellFormatsOf(command: CommandName): readonly NamedFormat[] {
  const checks = CHECKED.includes(command) ? CHECK : [];
  return [...formatsOf(command), ...checks.map(toNamed)];
}

function toNamed(name: string): NamedFormat {
  return { name, extension: EXTENSIONS[name] ?? `.${name}` };
}
