import type { Readable, Writable } from 'node:stream';
import type { Sentence } from '../util/sentence.js';
import { openFile, openStandardInput } from './file/file-source.js';
import type { InspectorPlace } from './inspector/inspector-source.js';
import type { MomentsPlan } from './moments-plan.js';
import type { Moment, OpenedSource } from './opened-source.js';
import type { ProcessPlace } from './process/pid-source.js';
import type { ScriptOptions } from './script/script-run.js';
import type { LineFinder } from './stop/line-stop.js';
import type { ScriptMoment } from './stop/stop-moment.js';

/** The source of the heap. */
export type SourceRequest =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'stdin'; readonly stream: Readable }
  | ({ readonly kind: 'pid' } & ProcessPlace)
  | ({ readonly kind: 'inspector' } & InspectorPlace)
  | {
      readonly kind: 'script';
      readonly file: string;
      readonly scriptArgs: readonly string[];
      readonly nodeArgs: readonly string[];
      readonly when: ScriptMoment;
      readonly lookNow?: AbortSignal;
      readonly stdout: Writable;
      readonly stderr: Writable;
      /** Called when the program is paused and about to be looked at. */
      readonly onPaused: () => void;
      readonly onEnd: (words: string) => void;
    };

export interface LiveRequest {
  /** Expressions to evaluate in a live program; for a saved heap they are searched for. */
  readonly expressions: readonly string[];
  /** Finds lines of sources in scripts that are compiled in memory. */
  readonly findLine?: LineFinder;
  /** Told in one sentence what takes long, and beforehand when taking the heap may need much memory. */
  readonly onNote?: (sentence: Sentence) => void;
  /** Told how much V8 has done of its work on the heap, from 0 to 1. */
  readonly onTaken?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** Opens any source. Modules that only live sources need are loaded only for these. */
export async function openSource(request: SourceRequest, live: LiveRequest): Promise<OpenedSource> {
  switch (request.kind) {
    case 'file':
      return openFile(request.path, live.signal);
    case 'stdin':
      return openStandardInput(request.stream, live.signal);
    case 'pid':
      return (await import('./process/pid-source.js')).openProcess(request, live);
    case 'inspector':
      return (await import('./inspector/inspector-source.js')).openInspector(request, live);
    case 'script':
      return (await import('./script/script-source.js')).openScript(toScriptOptions(request, live));
  }
}

/** Opens a live source repeatedly; a saved heap is one moment. To be read one after another. */
export async function* openMoments(
  request: SourceRequest,
  plan: MomentsPlan,
  live: LiveRequest,
): AsyncGenerator<Moment> {
  switch (request.kind) {
    case 'script': {
      const { openScriptMoments } = await import('./script/script-source.js');
      yield* openScriptMoments(toScriptOptions(request, live), plan);
      return;
    }
    case 'pid':
    case 'inspector': {
      const { takeMoments } = await import('./inspector/live-moments.js');
      yield* takeMoments(await attach(request, live.signal), { ...plan, ...live });
      return;
    }
    default: {
      const source = await openSource(request, live);
      yield { label: source.name, source };
    }
  }
}

async function attach(
  request: Extract<SourceRequest, { kind: 'pid' | 'inspector' }>,
  signal: AbortSignal | undefined,
) {
  if (request.kind === 'pid')
    return (await import('./process/pid-source.js')).attachToProcess(request, signal);
  return (await import('./inspector/inspector-source.js')).attachToInspector(request, signal);
}

function toScriptOptions(
  request: Extract<SourceRequest, { kind: 'script' }>,
  live: LiveRequest,
): ScriptOptions {
  return {
    ...request,
    ...live,
    onStage: (stage) => {
      if (stage.name === 'paused') request.onPaused();
      if (stage.name !== 'ended') return;
      const how = stage.signal === null ? `exit code ${stage.code}` : `signal ${stage.signal}`;
      request.onEnd(stage.byUs ? 'was still running and was ended' : `ended with ${how}`);
    },
  };
}
