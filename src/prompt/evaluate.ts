import type { REPLServer } from 'node:repl';
import { ShowBackrefError } from '../errors.js';
import { parseSource } from '../lines/probe/parse-source.js';
import type { DeclaredName } from './declared-names.js';
import { keepDeclarations } from './keep-declarations.js';

const FILE = 'REPL';

/**
 * Runs a text as if it had been typed at the prompt, including `await`; its declarations end with
 * it.
 *
 * In an async function, because a server takes what was typed ahead as soon as an `await` of its
 * own ends, and in Node.js 20 and 22 does not report that something was thrown.
 */
export async function evaluate(server: REPLServer, code: string): Promise<unknown> {
  const forms = [`(async () => (${code}\n))()`, `(async () => {${code}\n})()`];
  const form = forms.find((text) => parseSource(text, 'script') !== null);
  if (form === undefined) {
    throw new ShowBackrefError('USAGE', `"${code}" is not JavaScript; write an expression`);
  }
  return evaluateNow(server, form);
}

/** The same, but its declarations stay afterwards, and an existing name is assigned to. */
export async function evaluateStatement(server: REPLServer, code: string): Promise<unknown> {
  const { body, names } = keepDeclarations(code) ?? { body: code, names: [] };
  const fresh = names.filter(({ name }) => !isDeclared(server, name));
  if (fresh.length > 0) evaluateNow(server, fresh.map(toDeclaration).join(' '));
  return names.length === 0 ? evaluate(server, code) : evaluate(server, `{${body}\n}`);
}

function toDeclaration({ name, isGlobal }: DeclaredName): string {
  return `${isGlobal ? 'var' : 'let'} ${name};`;
}

/** True for a declared name, even a constant that never got its value. */
function isDeclared(server: REPLServer, name: string): boolean {
  const code = `(() => { try { ${name}; } catch (error) { return !/ is not defined$/.test(error.message); } return true; })()`;
  return evaluateNow(server, code) === true;
}

/** Runs a text at once; throws if it gives no result immediately, for example after Ctrl-C. */
export function evaluateNow(server: REPLServer, code: string): unknown {
  let answer: { readonly error: Error | null; readonly value: unknown } | null = null;
  server.eval(`${code}\n`, server.context, FILE, (error, value) => {
    answer = { error, value };
  });
  const { error, value } = answer ?? { error: new Error('interrupted'), value: null };
  if (error !== null) throw error;
  return value;
}
