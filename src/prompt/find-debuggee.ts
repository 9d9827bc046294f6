import type { REPLServer } from 'node:repl';
import { ShowBackrefError } from '../errors.js';
import {
  type InspectorAddress,
  parseInspectorAddress,
} from '../source/inspector/inspector-address.js';

/** The expression with which the program itself says where its inspector listens. */
const URL_EXPRESSION = "process.getBuiltinModule('node:inspector').url()";

/** The globals of the `node inspect` prompt for its protocol. */
interface DebuggerContext {
  readonly Runtime?: {
    evaluate(parameters: object): Promise<{ result?: { value?: unknown } }>;
  };
}

/**
 * The address of the program that `node inspect` debugs.
 *
 * @throws ShowBackrefError SOURCE_UNREACHABLE if it has none.
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

/**
 * The address with the host of `node inspect HOST:PORT`, by which the program was reached, whatever
 * host it reports itself.
 */
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
    'the debugged program does not say where its inspector listens; it may have ended: use "restart", or "showbackref HOST:PORT --target x"',
    { cause },
  );
}
