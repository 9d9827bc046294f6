import { type ErrorCode, ShowBackrefError } from '../errors.js';
import type { SourceRequest } from '../source/open-source.js';
import type { WorkerThread } from '../source/opened-source.js';
import { option, type Sentence, say } from '../util/sentence.js';
import type { GraphAnswer } from './collect-graph.js';

/** A program that runs already, and that was asked itself. */
type LiveRequest = Extract<SourceRequest, { kind: 'pid' | 'inspector' }>;

/** The most workers that are asked. */
const MOST_WORKERS = 16;

/** True for a question to a program itself, and not to one of its workers. */
export function isForMainThread(source: SourceRequest): source is LiveRequest {
  return (source.kind === 'pid' || source.kind === 'inspector') && source.worker === null;
}

/**
 * Asks each worker of a program whose main thread has no target: a pool does the work in its workers.
 *
 * @param missing why the main thread could not answer.
 * @returns the answer of the only worker that has the target.
 * @throws ShowBackrefError NOTHING_SELECTED where none has it, AMBIGUOUS_TARGET where several have.
 */
export async function askWorkers<T extends { readonly answer: GraphAnswer }>(
  source: LiveRequest,
  { missing, workers }: { missing: ShowBackrefError; workers: readonly WorkerThread[] },
  ask: (source: LiveRequest) => Promise<T>,
): Promise<T> {
  if (workers.length > MOST_WORKERS) {
    const line = say`Its ${workers.length} worker threads were not asked: ${option('worker')} looks at one.`;
    throw withLine(missing, line);
  }
  const found: { readonly worker: WorkerThread; readonly answered: T | ShowBackrefError }[] = [];
  for (const worker of workers) {
    const answered = await ask({ ...source, worker: choiceOf(worker) }).catch(asAnswer);
    if (answered !== null) found.push({ worker, answered });
  }
  const [only] = found;
  if (only === undefined) throw withLine(missing, noneHas(workers.length));
  if (found.length > 1) {
    const sentence = say`${found.length} of ${workers.length} worker threads have the target, and the main thread does not; choose one with ${option('worker')}`;
    throw new ShowBackrefError('AMBIGUOUS_TARGET', sentence, {
      details: found.map(({ worker }) => rowOf(worker)),
    });
  }
  const { worker, answered } = only;
  if (answered instanceof ShowBackrefError) throw answered;
  const others = workers.length === 1 ? '' : `, the only one of ${workers.length} that has it`;
  const note = `The target is not in the main thread but in worker ${worker.number}${others}.`;
  return { ...answered, answer: { ...answered.answer, notes: [note, ...answered.answer.notes] } };
}

/** Null for a worker without a target, or one that has ended meanwhile. */
function asAnswer(error: unknown): ShowBackrefError | null {
  const gone: readonly ErrorCode[] = ['NOTHING_SELECTED', 'SOURCE_UNREACHABLE'];
  if (!(error instanceof ShowBackrefError)) throw error;
  if (gone.includes(error.code)) return null;
  if (error.code === 'AMBIGUOUS_TARGET') return error;
  throw error;
}

function withLine(error: ShowBackrefError, line: Sentence): ShowBackrefError {
  const [sentence = error.message, ...details] = error.sentences;
  return new ShowBackrefError(error.code, sentence, { cause: error, details: [...details, line] });
}

function noneHas(count: number): string {
  if (count === 1) return 'Its worker thread does not have it either.';
  return `Its ${count} worker threads do not have it either.`;
}

function rowOf({ number, title, url }: WorkerThread): Sentence {
  return say`  ${option('worker', number)}  ${title === '' ? url : title}`;
}

function choiceOf({ number }: WorkerThread): NonNullable<LiveRequest['worker']> {
  return { text: number, matches: () => false };
}
