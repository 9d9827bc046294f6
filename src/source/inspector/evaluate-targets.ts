import type { EvaluatedExpression } from '../opened-source.js';
import type { UserFrame } from '../stop/stop-program.js';
import type { Evaluation, RemoteObject } from './inspector-protocol.js';
import { type InspectorSession, OBJECT_GROUP } from './inspector-session.js';
import { toObjectId } from './paused-frames.js';

/** An expression whose object, if it returned one, is still a handle instead of a heap id. */
export type EvaluatedTargets =
  | { readonly kind: 'handle'; readonly expression: string; readonly objectId: string }
  | Exclude<EvaluatedExpression, { kind: 'object' }>;

/** The longest value shown: enough to recognise it; messages are one line. */
const LONGEST_TEXT = 80;

/**
 * Evaluates each expression in the innermost frame. Names that are not defined there are looked up
 * in the frames around it, then globally. The handles belong to the group `OBJECT_GROUP`.
 *
 * @throws Error when the connection is lost; an error thrown by an expression is a result.
 */
export async function evaluateTargets(
  session: InspectorSession,
  frames: readonly UserFrame[],
  expressions: readonly string[],
): Promise<EvaluatedTargets[]> {
  if (frames.length === 0) return evaluateInTurn(session, expressions);
  const distinct = keepOneFramePerFunction(frames);
  return Promise.all(
    expressions.map(async (expression) => {
      const evaluation = await evaluateOutwards(session, distinct, expression);
      return toEvaluated(expression, evaluation);
    }),
  );
}

/**
 * Evaluates one by one: a running program may end because of an expression, and would then wait for
 * us forever: see `sendAlone`.
 */
async function evaluateInTurn(session: InspectorSession, expressions: readonly string[]) {
  const evaluated: EvaluatedTargets[] = [];
  for (const expression of expressions) {
    const evaluation = await session.sendAlone('Runtime.evaluate', toGlobal(expression));
    evaluated.push(toEvaluated(expression, evaluation));
  }
  return evaluated;
}

function toGlobal(expression: string) {
  return { expression, objectGroup: OBJECT_GROUP };
}

/** All frames of one function see the same names, and a recursion has thousands of frames. */
function keepOneFramePerFunction(frames: readonly UserFrame[]): UserFrame[] {
  const seen = new Set<string>();
  return frames.filter(({ call }) => {
    const { scriptId, lineNumber, columnNumber } = call.functionLocation ?? call.location;
    const key = `${scriptId}:${lineNumber}:${columnNumber}`;
    return !seen.has(key) && seen.add(key);
  });
}

/**
 * Evaluates outwards; if the name is not defined anywhere, the answer is that of the innermost
 * frame.
 */
async function evaluateOutwards(
  session: InspectorSession,
  frames: readonly UserFrame[],
  expression: string,
): Promise<Evaluation> {
  let first: Evaluation | undefined;
  for (const { call } of frames) {
    const evaluation = await session.send('Debugger.evaluateOnCallFrame', {
      callFrameId: call.callFrameId,
      expression,
      objectGroup: OBJECT_GROUP,
    });
    if (!isNameMissing(evaluation)) return evaluation;
    first ??= evaluation;
  }
  const evaluation = await session.send('Runtime.evaluate', toGlobal(expression));
  return isNameMissing(evaluation) ? (first ?? evaluation) : evaluation;
}

function isNameMissing({ exceptionDetails }: Evaluation): boolean {
  const thrown = exceptionDetails?.exception;
  if (thrown?.className !== 'ReferenceError') return false;
  return firstLine(thrown.description ?? '').endsWith(' is not defined');
}

function toEvaluated(expression: string, evaluation: Evaluation): EvaluatedTargets {
  const { result, exceptionDetails } = evaluation;
  if (exceptionDetails) {
    const { exception, text } = exceptionDetails;
    const message = exception ? describe(exception) : shorten(text);
    return { kind: 'error', expression, message };
  }
  const objectId = toObjectId(result);
  if (objectId !== undefined) return { kind: 'handle', expression, objectId };
  return { kind: 'primitive', expression, text: describe(result) };
}

/** A description in one short line. */
function describe({ type, value, unserializableValue, description }: RemoteObject): string {
  if (type === 'string' && typeof value === 'string') return quote(value);
  return shorten(firstLine(unserializableValue ?? description ?? String(value)));
}

/** Quotes only the part that is shown: strings from a heap may have hundreds of megabytes. */
function quote(text: string): string {
  const length = text.length > LONGEST_TEXT ? ` ${text.length} chars` : '';
  return JSON.stringify(shorten(text)) + length;
}

function shorten(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  // not within a surrogate pair
  return `${text.slice(0, LONGEST_TEXT - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
