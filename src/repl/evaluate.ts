import type { REPLServer } from 'node:repl';
import { ShowBackrefError } from '../errors.js';
import { parseSource } from '../profile/parse-source.js';

const FILE = 'REPL';

/**
 * Runs a text as if it had been typed at the prompt, `await` included; declarations in it end with it.
 *
 * In an async function, because a server takes what was typed ahead as soon as an `await` of its own
 * ends, and in Node.js 20 and 22 does not say that something was thrown.
 */
export async function evaluate(server: REPLServer, code: string): Promise<unknown> {
  const forms = [`(async () => (${code}\n))()`, `(async () => {${code}\n})()`];
  const form = forms.find((text) => parseSource(text, 'script') !== null);
  if (form === undefined) {
    throw new ShowBackrefError('USAGE', `"${code}" is not JavaScript; write an expression`);
  }
  return evaluateNow(server, form);
}

/** Throws when nothing has come at once, after Ctrl-C for one. */
export function evaluateNow(server: REPLServer, code: string): unknown {
  let answer: { readonly error: Error | null; readonly value: unknown } | null = null;
  server.eval(`${code}\n`, server.context, FILE, (error, value) => {
    answer = { error, value };
  });
  const { error, value } = answer ?? { error: new Error('interrupted'), value: null };
  if (error !== null) throw error;
  return value;
}
