import type { LoadHook } from 'node:module';
import type { MessagePort } from 'node:worker_threads';
import { LoadProber } from '../lines/probe/load-prober.js';
import type { LoadRequest } from '../lines/probe/load-request.js';

/**
 * The thread in which Node.js 20 loads ES modules, started by load-hooks.ts. The list of functions
 * that got probes goes through the port before their text does, so that the program's thread has it
 * in time.
 */
const state: { prober: LoadProber | null } = { prober: null };

export function initialize({
  request,
  port,
}: {
  readonly request: LoadRequest;
  readonly port: MessagePort;
}): void {
  let count = 0;
  const nextId = () => {
    count += 1;
    return `m${count}`;
  };
  state.prober = new LoadProber(request, nextId, (file) => port.postMessage(file));
  port.unref();
}

export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context);
  if (loaded.source === undefined || loaded.source === null) return loaded;
  const text = Buffer.from(loaded.source as string).toString();
  const probed = state.prober?.probe(text, loaded.format ?? '', url) ?? null;
  return probed === null ? loaded : { ...loaded, source: probed };
};
