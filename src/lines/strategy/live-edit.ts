import type { LocatedTarget } from '../probe/find-target.js';
import type { OwnDebugger } from '../probe/own-debugger.js';
import type { ProbeRegistry } from '../probe/probe-registry.js';
import { probeFunctions } from '../probe/probed-file.js';
import type { Strategy } from './strategy.js';

const WAY = 'measured by probes put in by LiveEdit';
const PROBE = 'Symbol.for("showbackref.profile")';
/**
 * From this version on, V8 aborts when an eval runs in a script whose text was replaced (Node.js
 * 24).
 */
const EVAL_ABORTS_SINCE = 13;

/**
 * Has V8 replace the text of the script (Node.js 20 to 25; V8 14.6 no longer can): every holder of
 * the function gets the probes, and closures and state stay the same.
 */
export const liveEdit: Strategy = (targets, { own, registry, run }) => {
  const [first] = targets;
  if (first === undefined) return null;
  const { script, source } = first;
  if (mayAbort(source.text)) return null;
  const probed = probeFunctions(
    source,
    targets.map(({ found }) => found),
    { nextId: () => registry.nextId(), measure: run.measure },
  );
  if (probed.refused.length > 0) return null;
  const isEdited = replaceText(own, script.scriptId, probed.text);
  // it may report success without having done it
  if (isEdited && targets.every(hasProbes)) {
    run.add(probed);
    return { way: WAY, needsDebugger: false, restore: () => restoreText(own, first, registry) };
  }
  if (isEdited) replaceText(own, script.scriptId, source.text);
  return null;
};

function mayAbort(text: string): boolean {
  return Number.parseInt(process.versions.v8, 10) >= EVAL_ABORTS_SINCE && /\beval\b/.test(text);
}

function replaceText(own: OwnDebugger, scriptId: string, scriptSource: string): boolean {
  try {
    const { status } = own.post<{ status?: string }>('Debugger.setScriptSource', {
      ...{ scriptId, scriptSource },
    });
    return status === undefined || status === 'Ok';
  } catch {
    return false;
  }
}

function restoreText(
  own: OwnDebugger,
  { script, source, name }: LocatedTarget,
  registry: ProbeRegistry,
): string | null {
  if (replaceText(own, script.scriptId, source.text)) return null;
  registry.toRestore.set(script.scriptId, source.text);
  return `The probes of "${name}" stay in it, without effect, until its last call ends.`;
}

/** Restores what earlier runs had to leave in scripts. */
export function restoreLeftovers(own: OwnDebugger, registry: ProbeRegistry): void {
  for (const [scriptId, text] of registry.toRestore) {
    if (replaceText(own, scriptId, text)) registry.toRestore.delete(scriptId);
  }
}

function hasProbes({ target }: LocatedTarget): boolean {
  return Function.prototype.toString.call(target).includes(PROBE);
}
