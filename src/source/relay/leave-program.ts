import { settlesWithin } from '../inspector/settles-within.js';
import { closeExpression } from './close-expression.js';
import type { OpenedInspector } from './opened-inspector.js';
import type { Patience } from './patience.js';
import type { Departure } from './relay-message.js';
import { RelayTarget } from './relay-target.js';

/** How long an inspector may take to close, once the program handles the request. */
const CLOSING_MS = 2000;
/** How often to try; a program in which that fails keeps its inspector. */
const MOST_TRIES = 3;

export interface Leaving {
  /** Null without a connection. */
  readonly target: RelayTarget | null;
  /** Null if it was open before. */
  readonly inspector: OpenedInspector | null;
  readonly patience: Patience;
  /** Called once, as soon as the outcome is known: the rest may take minutes. */
  readonly report: (departure: Departure) => void;
}

/**
 * Leaves a program as it was found: waits until it has answered, disconnects in order, and closes
 * the inspector if it was opened for us and nobody else uses it.
 */
export async function leaveProgram({ target, inspector, patience, report }: Leaving) {
  const isSettled = target === null || (await target.settle(patience));
  if (inspector === null) {
    await target?.close();
    return report('closed');
  }
  if (target !== null && isSettled && !(await inspector.isInUse(target.localPort))) {
    if (await closes(target, inspector, patience)) return report('closed');
  }
  await target?.close();
  report(await stateOf(inspector));
  return closeLater(inspector, patience);
}

async function stateOf(inspector: OpenedInspector): Promise<Departure> {
  if (!(await inspector.isRunning())) return 'closed';
  if (await inspector.isInUse()) return 'in use';
  return (await inspector.findUrl()) === null ? 'not open' : 'later';
}

/** Closes an inspector that is not open yet, or that others use. */
async function closeLater(inspector: OpenedInspector, patience: Patience): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; ) {
    const url = await patience.awaits(async () => {
      if (!(await inspector.isRunning())) return 'ended';
      if (await inspector.isInUse()) return null;
      const found = await inspector.findUrl();
      return (await inspector.isInUse()) ? null : found;
    });
    if (url === null || url === 'ended') return;
    const opening = RelayTarget.open(url, () => undefined).catch(() => null);
    if (!(await patience.outlasts(opening))) return;
    const target = await opening;
    if (target === null) continue;
    if (await closes(target, inspector, patience)) return;
    await target.close();
    tries++;
  }
}

async function closes(target: RelayTarget, inspector: OpenedInspector, patience: Patience) {
  const expression = closeExpression(inspector.innerPid);
  const isGone = await target.evaluateLast(expression, patience);
  // an answer on its way out comes before the end
  if (!isGone && !(await settlesWithin(target.closed, CLOSING_MS))) return false;
  return inspector.closesWithin(CLOSING_MS);
}
