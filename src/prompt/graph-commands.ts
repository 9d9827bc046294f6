import type { REPLServer } from 'node:repl';
import { usage } from '../errors.js';
import { callQuestion } from '../program/call-options.js';
import { askGraph } from '../program/graph-calls.js';
import type { GraphCommand } from '../question/graph-question.js';
import { describeOutput } from '../report/describe-output.js';
import { findFormat } from '../report/formats.js';
import { streamColumns } from '../report/stream-columns.js';
import { toText } from '../report/text.js';
import { evaluate } from './evaluate.js';
import { inOwnTurn } from './own-turn.js';
import type { TypedCommand } from './prompt-command.js';
import { readLine, splitFile } from './read-line.js';
import { toValues } from './typed-option.js';

const HELD_BY_PROMPT = 'The prompt also holds it, as its last result (_), until the next result.\n';

/** Through this symbol the prompt's own code passes the value of an expression. */
const TAKE = Symbol.for('showbackref.take');

/**
 * `.backrefs EXPR [FILE]`: the file's extension gives the format; without a file, prints a tree.
 */
export async function runGraphLine(command: GraphCommand, { server, text }: TypedCommand) {
  const { expression, typed, outputs } = readGraphLine(command, text);
  const question = callQuestion(command, toValues(command, typed), 'flags');
  const prompt = { server, context: server.context };
  const call = { name: `.${command}`, prompt, quiet: false };
  const values = await valuesOf(server, expression);
  const isLast = values[0] === (server as { last?: unknown }).last;
  // removed from the list, which would be among its holders
  const answer = await inOwnTurn(() => askGraph(values.pop() as object, question, call));
  if (outputs.length === 0) {
    const width = streamColumns(server.output);
    server.output.write(toText(answer.subgraph, { notes: answer.notes, ...(width && { width }) }));
  }
  for (const path of outputs) {
    const kind = findFormat(path.slice(path.lastIndexOf('.') + 1))?.kind ?? 'text';
    server.output.write(`${describeOutput({ path, format: { kind } }, answer.subgraph)}\n`);
  }
  if (isLast && command !== 'refs') server.output.write(HELD_BY_PROMPT);
}

/** Reads the line. @throws ShowBackrefError USAGE. */
export function readGraphLine(command: GraphCommand, text: string) {
  const { words, options } = readLine(command, text);
  const { expression, file } = splitFile(words);
  if (expression === '') {
    throw usage(`use .${command} EXPR [FILE], for example .${command} x /tmp/x.png`);
  }
  const named = file === null ? [] : [{ name: 'out', value: file }];
  const typed = [...named, ...options];
  const outputs = typed.flatMap(({ name, value }) => (name === 'out' ? [String(value)] : []));
  return { expression, typed, outputs };
}

/** The value in a list, because a promise would keep its result. */
async function valuesOf(server: REPLServer, expression: string): Promise<unknown[]> {
  const values: unknown[] = [];
  const value = (found: unknown) => void values.push(found);
  Object.defineProperty(server.context, TAKE, { value, configurable: true });
  try {
    await evaluate(server, `globalThis[Symbol.for('showbackref.take')]((${expression}))`);
    return values;
  } finally {
    Reflect.deleteProperty(server.context, TAKE);
  }
}
