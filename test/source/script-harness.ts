import { Writable } from 'node:stream';
import type { LiveFacts, LiveFrame } from '../../src/source/opened-source.js';
import type { ScriptOptions, ScriptStage } from '../../src/source/script/script-run.js';
import { openScript } from '../../src/source/script/script-source.js';
import { programFile } from '../support/running-program.js';
import { CapturedHeap } from './captured-heap.js';

/** Options for a program of test/programs that record what it prints and how it gets on. */
export function recordScript(program: string, options: Partial<ScriptOptions> = {}) {
  const stdout = new TextSink();
  const stderr = new TextSink();
  const stages: ScriptStage[] = [];
  const full: ScriptOptions = {
    file: programFile(program),
    stdin: 'ignore',
    stdout,
    stderr,
    ...options,
    onStage: (stage) => {
      stages.push(stage);
      options.onStage?.(stage);
    },
  };
  return { options: full, stdout, stderr, stages };
}

/** Runs a program of test/programs to its stop, takes its heap and closes. */
export async function captureScript(program: string, options: Partial<ScriptOptions> = {}) {
  const record = recordScript(program, options);
  const source = await openScript(record.options);
  const heap = new CapturedHeap(await readAll(source.bytes));
  await source.close();
  return { ...record, source, heap, live: source.live as LiveFacts };
}

export async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  // Copied, because a chunk is only valid until the next one.
  for await (const chunk of bytes) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** The process that a recorded script ran in. */
export function pidOf(stages: readonly ScriptStage[]): number {
  const start = stages.find((stage) => stage.name === 'starting');
  return start?.pid ?? Number.NaN;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export const localNames = (frame: LiveFrame | undefined) => frame?.locals.map(({ name }) => name);

class TextSink extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('latin1');
    done();
  }
}
