import { basename } from 'node:path';
import { toLiveRequest } from '../answer/load-heap.js';
import { usage } from '../errors.js';
import { openSource } from '../source/open-source.js';
import type { Moment } from '../source/opened-source.js';
import type { Asked, Session } from './cli-command.js';
import { sourceRequest } from './source-request.js';

/**
 * Snapshots as moments, in the order in which they are named.
 *
 * @throws ShowBackrefError USAGE for none.
 */
export async function* leaksMoments(asked: Asked, session: Session): AsyncGenerator<Moment> {
  const { sources } = asked;
  if (sources.length === 0) {
    throw usage('leaks needs a snapshot, or better three of one program in their order in time');
  }
  const names = sources.map((source) => basename(source));
  const labels = new Set(names).size === names.length ? names : sources;
  for (const [at, source] of sources.entries()) {
    const request = await sourceRequest(source, asked, session);
    const opened = await openSource(request, toLiveRequest(session.work));
    yield { label: labels[at] ?? '', source: opened };
  }
}
