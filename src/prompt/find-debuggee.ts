import type { REPLServer } from 'node:repl';
import { ShowBackrefError } from '../errors.js';
import {
  type InspectorAddress,
  parseInspectorAddress,
} from '../source/inspector/inspector-address.js';

/** The program's own word for where its inspector listens. */
const URL_EXPRESSION = "process.getBuiltinModule('node:inspector').url()";

/** What the prompt of `node inspect` has for its own protocol. */
interface DebuggerContext {
  readonly Runtime?: {
    evaluate(parameters: object): Promise<{ result?: { value?: unknown } }>;
  };
}

/**
 * The address of the program that a `node inspect` debugs.
 *
 * @throws ShowBackrefError SOURCE_UNREACHABLE when it has none to tell.
 */
export async function findDebuggee({ context }: REPLServer): Promise<string> {
  const { Runtime } = context as DebuggerContext;
  const query = { expression: URL_EXPRESSION, returnByValue: true };
  const answer = await Runtime?.evaluate(query).catch((cause) => {
    throw unreachable(cause);
  });
  const url = answer?.result?.value;
  if (typeof url !== 'string') throw unreachable(undefined);
  return withHostOf(process.argv[2] ?? '', url);
}

/** `node inspect HOST:PORT` has reached the program there, wherever that itself believes to be. */
function withHostOf(typed: string, url: string): string {
  const given = /^[\w.-]+:\d+$/.test(typed) ? typed : null;
  return given === null ? url : url.replace(/^ws:\/\/[^/]+/, `ws://${given}`);
}

export function toPlace(url: string) {
  const address = parseInspectorAddress(url) as InspectorAddress;
  return { address, name: url, page: null, worker: null };
}

function unreachable(cause: unknown): ShowBackrefError {
  return new ShowBackrefError(
    'SOURCE_UNREACHABLE',
    'the program that is debugged does not tell where its inspector listens; it may have ended: use "restart", or "showbackref HOST:PORT --target x"',
    { cause },
  );
}
