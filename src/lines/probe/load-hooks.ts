import Module, { register } from 'node:module';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { entryUrl } from '../../util/entry-file.js';
import { LoadProber } from './load-prober.js';
import type { LoadRequest } from './load-request.js';
import { newerModule } from './newer-node.js';
import type { ProbeRegistry } from './probe-registry.js';
import type { ProbedFile } from './probed-file.js';

/** The undocumented method that every loader of another language calls. */
interface Compiling {
  _compile(this: unknown, text: string, file: string, ...rest: readonly unknown[]): unknown;
}

/** From now on, gives files their probes when they are loaded, whatever loads them. */
export function hookLoading(
  request: LoadRequest,
  registry: ProbeRegistry,
  onFile: (file: ProbedFile) => void,
): void {
  const prober = new LoadProber(request, () => registry.nextId(), onFile);
  hookTexts(prober, () => hookModulesOfThread(request, registry, onFile));
}

/** Replaces the text of a file when it is loaded; null leaves it unchanged. */
export interface TextProber {
  probe(source: string, format: string, place: string): string | null;
}

/**
 * Hooks into loading. @param inThread does the same for ES modules if Node.js loads those in
 * another thread.
 */
export function hookTexts(prober: TextProber, inThread: () => void): void {
  hookCommonJs(prober);
  if (newerModule.registerHooks !== undefined) hookModules(prober);
  else inThread();
}

function hookCommonJs(prober: TextProber): void {
  const prototype = Module.prototype as unknown as Compiling;
  const compile = prototype._compile;
  prototype._compile = function (text, file, ...rest) {
    const format = typeof rest[0] === 'string' ? rest[0] : 'commonjs';
    const probed = prober.probe(text, format, file);
    if (probed === null) return compile.call(this, text, file, ...rest);
    return compile.call(this, probed, file, ...withoutTypes(rest));
  };
}

/** The arguments without a format that means types: a text with probes no longer has any. */
function withoutTypes([format, ...rest]: readonly unknown[]): readonly unknown[] {
  return [typeof format === 'string' ? format.replace('-typescript', '') : format, ...rest];
}

function hookModules(prober: TextProber): void {
  newerModule.registerHooks?.({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (loaded.source === undefined || loaded.source === null) return loaded;
      const format = loaded.format ?? '';
      const text = Buffer.from(loaded.source as string).toString();
      const probed = prober.probe(text, format, url);
      if (probed === null) return loaded;
      const plain = format.replace('-typescript', '') as typeof loaded.format;
      return { ...loaded, format: plain, source: probed };
    },
  });
}

/** Hooks into the loader's thread: Node.js 20 has no hooks in the program's own thread. */
function hookModulesOfThread(
  request: LoadRequest,
  registry: ProbeRegistry,
  onFile: (file: ProbedFile) => void,
): void {
  const { port1, port2 } = new MessageChannel();
  register(entryUrl('#loader-thread'), {
    data: { request, port: port2 },
    transferList: [port2],
  });
  registry.onUnknown = () => {
    for (let next = receiveMessageOnPort(port1); next; next = receiveMessageOnPort(port1)) {
      onFile(next.message as ProbedFile);
    }
  };
}
