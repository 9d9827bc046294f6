import { formatSeconds } from '../format-seconds.js';
import type { StopMoment } from './stop-moment.js';

/** From here on somebody may wonder. */
const PATIENCE_MS = 2000;

interface Waiting {
  readonly file: string;
  readonly moment: StopMoment;
  /** The line that the script has not come to; null for other moments. */
  readonly waitsFor: () => string | null;
  readonly onNote?: ((sentence: string) => void) | undefined;
}

/** Says what a script is waited for when that takes a while, and how not to wait. */
export async function sayingWhatIsAwaited<T>(
  waiting: Promise<T>,
  { file, moment, waitsFor, onNote }: Waiting,
): Promise<T> {
  const timer = setTimeout(() => {
    const line = waitsFor();
    const what = line === null ? describe(moment) : `come to ${line}`;
    onNote?.(`Waiting for ${JSON.stringify(file)} to ${what}; Ctrl-C looks now.`);
  }, PATIENCE_MS);
  try {
    return await waiting;
  } finally {
    clearTimeout(timer);
  }
}

function describe(moment: StopMoment): string {
  switch (moment.kind) {
    case 'debugger':
      return 'come to a "debugger;" statement or to its end';
    case 'exit':
      return 'end';
    case 'loaded':
      return 'come to the end of its own code';
    case 'after':
      return `run for ${formatSeconds(moment.ms / 1000)}`;
    case 'line':
      return 'come to its line';
  }
}
