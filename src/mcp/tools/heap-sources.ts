import { setTimeout as wait } from 'node:timers/promises';
import { parseTree } from '../../answer/leaks/parse-tree.js';
import type { SavedMoment } from '../../answer/leaks/search-leaks.js';
import { toLiveRequest } from '../../answer/load-heap.js';
import type { Work } from '../../answer/work.js';
import { usage } from '../../errors.js';
import type { FolderGuard, GuardedFile } from '../../files/folder-guard.js';
import { parseInspectorAddress } from '../../source/inspector/inspector-address.js';
import { openMoments, openSource, type SourceRequest } from '../../source/open-source.js';
import type { Moment, OpenedSource } from '../../source/opened-source.js';

/** The rules for what a server looks at. */
export interface SourceRules {
  readonly guard: FolderGuard;
  /** True if running programs may be looked at, which stand still meanwhile. */
  readonly isLiveAllowed: boolean;
}

/** A heap by the name that a client gave. */
export type NamedSource =
  | { readonly kind: 'file'; readonly name: string; readonly file: GuardedFile }
  | { readonly kind: 'live'; readonly name: string; readonly request: SourceRequest };

/** How a running program is looked at several times. */
export interface Rounds {
  readonly count: number;
  readonly everySeconds: number;
}

/**
 * Finds the source that a name stands for: a file in the folder, or a running program. Scripts are never run.
 *
 * @throws ShowBackrefError USAGE for a source that the rules forbid.
 */
export async function findSource(name: string, rules: SourceRules): Promise<NamedSource> {
  const request = liveRequest(name);
  if (request === null) return { kind: 'file', name, file: await rules.guard.find(name) };
  if (rules.isLiveAllowed) return { kind: 'live', name, request };
  throw usage(
    `"${name}" is a running program, and this server was started without --allow-live; name a heap snapshot in its folder`,
  );
}

/** No expression is evaluated in a live program: targets are looked up in its heap. */
export function openNamed(source: NamedSource, work: Work): Promise<OpenedSource> {
  const request: SourceRequest =
    source.kind === 'live' ? source.request : { kind: 'file', path: source.file.path };
  return openSource(request, toLiveRequest(work));
}

/** True for a tree, which `leaks` of the command line saves of a heap. */
export function isTree(name: string): boolean {
  return name.endsWith('.tree');
}

/** Heaps, and trees of heaps, in their order, each opened when the one before it has been read. */
export async function* eachMoment(
  names: readonly string[],
  rules: SourceRules,
  work: Work,
): AsyncGenerator<Moment | SavedMoment> {
  for (const name of names) {
    if (isTree(name)) {
      yield { label: name, tree: parseTree(await rules.guard.read(name), name) };
      continue;
    }
    const source = await findSource(name, rules);
    yield { label: name, source: await openNamed(source, work) };
  }
}

/** One running program again and again, over one connection, so that its objects keep their ids. */
export function roundsOf(
  request: SourceRequest,
  { count, everySeconds }: Rounds,
  work: Work,
): AsyncGenerator<Moment> {
  const plan = {
    ...{ count, isCollected: true, isForetold: false, call: null, firstLabel: '0 s' },
    openInterlude: () => ({ signal: new AbortController().signal, close: () => undefined }),
    async wait(turn: number) {
      await wait(everySeconds * 1000, undefined, { ...(work.signal && { signal: work.signal }) });
      return `${turn * everySeconds} s`;
    },
  };
  return openMoments(request, plan, toLiveRequest(work));
}

function liveRequest(name: string): SourceRequest | null {
  const [, pid] = /^pid:(\d{1,10})$/.exec(name) ?? [];
  if (pid !== undefined) {
    return { kind: 'pid', pid: Number(pid), worker: null, onNote: () => undefined };
  }
  const address = parseInspectorAddress(name);
  return address === null ? null : { kind: 'inspector', address, name, page: null, worker: null };
}
