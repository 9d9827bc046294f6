import { readFile } from 'node:fs/promises';

/** The reason why a process does not answer. */
export type WaitingFor = 'stopped' | 'traced' | 'busy' | 'disk';

/** How long a process may take before the reason is given. */
const PATIENCE_MS = 2000;
/** The unit in which Linux counts processor time, on every machine that Node.js runs on. */
const TICK_MS = 10;
/** The share of processor time from which its main thread counts as computing. */
const BUSY_SHARE = 0.5;

const WORDS: Readonly<Record<WaitingFor, (pid: number) => string>> = {
  stopped: (pid) => `is stopped and answers nothing; kill -CONT ${pid} lets it run on`,
  traced: () => 'is held by a debugger, such as gdb, and answers nothing until that lets it go',
  busy: () => 'is busy and has not answered yet: its main thread computes without a break',
  disk: () => 'waits for a disk or a network drive and has not answered yet',
};

/** Does some work with a process; if it takes long, says why, and again when that changes. */
export async function sayingWhy<T>(
  pid: number,
  onNote: (sentence: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  let before = await readMainThread(pid);
  let said: WaitingFor | null = null;
  const timer = setInterval(async () => {
    const now = await readMainThread(pid);
    const why = before === null || now === null ? null : reasonOf(before, now);
    before = now;
    if (why === null || why === said) return;
    said = why;
    onNote(`Process ${pid} ${WORDS[why](pid)}.`);
  }, PATIENCE_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

interface MainThread {
  readonly state: string;
  readonly processorMs: number;
  readonly at: number;
}

/** Null if it cannot be known: no `/proc`, no such process. */
async function readMainThread(pid: number): Promise<MainThread | null> {
  const text = await readFile(`/proc/${pid}/task/${pid}/stat`, 'latin1').catch(() => null);
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { state: fields[0] ?? '', processorMs: ticks * TICK_MS, at: performance.now() };
}

/**
 * Null for a sleeping process: a program with nothing to do looks like one that waits in execSync.
 */
function reasonOf(before: MainThread, now: MainThread): WaitingFor | null {
  if (now.state === 'T') return 'stopped';
  if (now.state === 't') return 'traced';
  if (now.state === 'D' && before.state === 'D') return 'disk';
  const share = (now.processorMs - before.processorMs) / (now.at - before.at);
  // a process that is not given a processor is busy, too
  return share >= BUSY_SHARE || now.state === 'R' ? 'busy' : null;
}
