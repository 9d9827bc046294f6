import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { toLiveRequest } from '../answer/load-heap.js';
import { parseTree } from '../answer/parse-tree.js';
import type { SavedMoment } from '../answer/search-leaks.js';
import { ShowBackrefError, usage } from '../errors.js';
import { openSource } from '../source/open-source.js';
import type { Moment } from '../source/opened-source.js';
import type { Asked, Session } from './cli-command.js';
import { sourceRequest } from './source-request.js';

/**
 * Snapshots, and trees that `--save-tree` wrote, as moments in the order in which they are named.
 *
 * @throws ShowBackrefError USAGE for none.
 */
export async function* leaksMoments(
  asked: Asked,
  session: Session,
): AsyncGenerator<Moment | SavedMoment> {
  const { sources } = asked;
  if (sources.length === 0) {
    throw usage('leaks needs a snapshot, or better three of one program in their order in time');
  }
  const names = sources.map((source) => basename(source));
  const labels = new Set(names).size === names.length ? names : sources;
  for (const [at, source] of sources.entries()) {
    const label = labels[at] ?? '';
    if (source.endsWith('.tree')) {
      yield { label, tree: await readTree(resolve(session.io.cwd, source), source) };
      continue;
    }
    const request = await sourceRequest(source, asked, session);
    yield { label, source: await openSource(request, toLiveRequest(session.work)) };
  }
}

async function readTree(path: string, shown: string): Promise<SavedMoment['tree']> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new ShowBackrefError(
      'SOURCE_NOT_FOUND',
      `cannot read "${shown}": ${cause.code ?? cause.message}; check the path`,
      { cause },
    );
  });
  return parseTree(bytes, shown);
}
