import { spawn } from 'node:child_process';
import { entryFile } from '../../util/entry-file.js';
import type { OpenedInspector } from '../inspector/close-inspector.js';

export interface GuardedInspector extends OpenedInspector {
  /** `ws://…`. */
  readonly url: string;
}

/**
 * Has the inspector closed by another process should this one be killed, by SIGKILL or for want of
 * memory.
 *
 * @returns what ends the guard, to be called when the inspector is closed.
 */
export function startGuard(inspector: GuardedInspector): () => void {
  const guard = spawn(process.execPath, [entryFile('#pid-guard'), JSON.stringify(inspector)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // out of the group that a terminal or a shell would end as a whole
    detached: true,
    windowsHide: true,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  guard.unref();
  // without a guard things are as they were before there was one
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  return () => void guard.stdin.end('closed');
}
