import { basename } from 'node:path';

/**
 * `starter`: only starts the program that is meant, as npm and `node --watch` do; `worker`: belongs
 * to a cluster; `program`: anything else, including the primary of a cluster.
 */
export type ProgramRole = 'starter' | 'worker' | 'program';

/** The information in a command line of Node.js. */
export interface ProgramCommand {
  /** Options of Node.js itself. */
  readonly nodeArgs: readonly string[];
  /** The script as it was written; null without one. */
  readonly script: string | null;
}

/** Options of Node.js whose value may be the next argument, without their dashes. */
const WITH_VALUE: ReadonlySet<string> = new Set([
  ...['r', 'require', 'import', 'loader', 'experimental-loader', 'C', 'conditions', 'title'],
  ...['env-file', 'watch-path', 'inspect-port', 'debug-port', 'stack-trace-limit', 'input-type'],
  ...['max-http-header-size', 'icu-data-dir', 'openssl-config', 'disable-warning'],
  'unhandled-rejections',
]);
/** Options followed by code, not a script. */
const WITH_CODE = /^(?:-e|--eval|-p|--print|-pe)$/;

/** Programs that start others and wait for them. */
const STARTER_FILE =
  /(?:^|\/)(?:npm|npx|npm-cli\.js|npx-cli\.js|yarn|yarn\.js|pnpm|pnpm\.c?js|tsx|tsx\/dist\/cli\.[cm]js|nodemon|nodemon\.js|ts-node-dev|concurrently|concurrently\.js|cross-env|cross-env\.js|dotenv|env-cmd)$/;
/** The titles that such programs give themselves. */
const STARTER_TITLE = /^(?:npm|npx|yarn|pnpm)(?: |$)|^PM2 v/;

export function readCommand(args: readonly string[]): ProgramCommand {
  const [, ...words] = args;
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    if (WITH_CODE.test(word)) return { nodeArgs: words.slice(0, at), script: null };
    if (word === '--') return { nodeArgs: words.slice(0, at), script: words[at + 1] ?? null };
    if (!word.startsWith('-')) break;
    if (WITH_VALUE.has(word.replace(/^--?/, ''))) at++;
  }
  return { nodeArgs: words.slice(0, at), script: words[at] ?? null };
}

export function roleOf(
  args: readonly string[],
  { nodeArgs, script }: ProgramCommand,
  environment: readonly string[],
): ProgramRole {
  if (environment.some((entry) => entry.startsWith('NODE_UNIQUE_ID='))) return 'worker';
  const isWatching = nodeArgs.some((arg) => /^--watch(?:-path)?(?:=|$)/.test(arg));
  const isStarter = script !== null && STARTER_FILE.test(script);
  return isWatching || isStarter || STARTER_TITLE.test(args[0] ?? '') ? 'starter' : 'program';
}

/** `node app.js`, without folders: a short name for a table or a sentence. */
export function shortCommand({
  args,
  script,
}: {
  readonly args: readonly string[];
  readonly script: string | null;
}): string {
  const [program = ''] = args;
  if (args.length === 1) return /^\//.test(program) ? basename(program) : program;
  if (script !== null) return `${basename(program)} ${basename(script)}`;
  return `${basename(program)} ${args[1] ?? ''}`.trim();
}
