import type { Readable, Writable } from 'node:stream';
import { openFile, openStandardInput } from './file-source.js';
import type { OpenedSource } from './opened-source.js';

/** Where the heap is to come from. */
export type SourceRequest =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'stdin'; readonly stream: Readable }
  | {
      readonly kind: 'script';
      readonly file: string;
      readonly scriptArgs: readonly string[];
      readonly nodeArgs: readonly string[];
      readonly when: 'debugger' | 'exit';
      readonly stdout: Writable;
      readonly stderr: Writable;
      readonly onEnd: (words: string) => void;
    };

export interface LiveRequest {
  /** To be evaluated in a live program; a saved heap leaves them to the search. */
  readonly expressions: readonly string[];
  readonly signal?: AbortSignal;
}

/** Opens any source. What only live sources need is loaded for them alone. */
export async function openSource(request: SourceRequest, live: LiveRequest): Promise<OpenedSource> {
  switch (request.kind) {
    case 'file':
      return openFile(request.path);
    case 'stdin':
      return openStandardInput(request.stream);
    case 'script': {
      const { openScript } = await import('./script-source.js');
      return openScript({
        ...request,
        ...live,
        onStage: (stage) => {
          if (stage.name !== 'ended') return;
          const how = stage.signal === null ? `exit code ${stage.code}` : `signal ${stage.signal}`;
          request.onEnd(stage.byUs ? 'was still running and was ended' : `ended with ${how}`);
        },
      });
    }
  }
}
