/**
 * A saved heap; a script that was run for this; a running process; a program or page at an address.
 */
export type SourceKind = 'snapshot' | 'script' | 'process' | 'inspector';

/**
 * The result of opening a source: the heap as a stream of bytes, and, if a live program was looked
 * at, facts from its debugger that a heap snapshot does not contain.
 */
export interface OpenedSource {
  readonly kind: SourceKind;
  /**
   * Its name in messages: the path as given, `standard input`, the script, `pid:1`, the address.
   */
  readonly name: string;
  /**
   * The uncompressed `.heapsnapshot` bytes in order. A chunk is only valid until the next one is
   * asked for: sources may reuse its memory. Must be consumed at most once.
   */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** The same bytes in a plain file, which may be read instead of `bytes`. */
  readonly file?: PlainFile | null;
  /** Where the source maps of a saved heap may be kept; absent for others. */
  readonly mapsFile?: string;
  /** Bytes of other text that came before the heap; known once `bytes` has begun. */
  readonly skipped?: () => number;
  /** Null for a saved heap. Final once `bytes` has ended. */
  readonly live: LiveFacts | null;
  /**
   * Names the variables of suspended async functions and generators, once `bytes` has ended. Only
   * for live sources; never rejects: variables that can no longer be determined stay nameless.
   *
   * @param nodeIds heap ids of the objects that stand for the functions.
   */
  readonly nameSuspended?: (nodeIds: readonly number[]) => Promise<readonly SuspendedFunction[]>;
  /** The worker threads of a live program that was looked at itself; never rejects. */
  readonly listWorkers?: () => Promise<readonly WorkerThread[]>;
  /** Lets go of everything: file handles, child process, inspector session. Safe to call twice. */
  close(): Promise<void>;
}

/** A worker thread of Node.js, a worker of a page or of Deno. */
export interface WorkerThread {
  /** Node's own number, which the thread knows as `threadId`; else that in the list. */
  readonly number: string;
  readonly title: string;
  readonly url: string;
}

/** A moment of a program's life, whose heap is to be read before the next moment is asked for. */
export interface Moment {
  /** The name that distinguishes it: `leak.js:7, stop 1`, `10 s`. */
  readonly label: string;
  readonly source: OpenedSource;
}

/** A file that is not compressed and can be read at any position. */
export interface PlainFile {
  readonly fd: number;
  /** The size in bytes when it was opened. */
  readonly size: number;
  /**
   * Fills `into` from a position. Returns the number of bytes read: fewer at the end of the file.
   */
  read(into: Uint8Array, position: number): Promise<number>;
}

export interface LiveFacts {
  /** Such as `Node.js v20.20.2`. */
  readonly producer: string;
  /** The paused call frames, innermost first; empty if the program was not paused in user code. */
  readonly frames: readonly LiveFrame[];
  /** One entry per requested expression, in that order. */
  readonly evaluated: readonly EvaluatedExpression[];
  /** The scripts that have their source map in them; absent where nobody asked. */
  readonly scripts?: readonly MappedScriptText[];
}

/** A script that was loaded with its source map in its text. */
export interface MappedScriptText {
  readonly scriptId: number;
  /** Path or URL as the debugger gives it. */
  readonly url: string;
  readonly lineCount: number;
  /** `data:application/json;base64,…`. */
  readonly mapUrl: string;
  /** As it was loaded, where the map has names to be found in it; null for others. */
  readonly text: string | null;
}

export interface SuspendedFunction {
  readonly nodeId: number;
  /** Its parameters and locals that hold objects. */
  readonly locals: readonly { readonly name: string; readonly nodeId: number }[];
}

export interface LiveFrame {
  /** Empty for top-level code and anonymous functions. */
  readonly functionName: string;
  /** True if the frame is the body of a module or a script instead of a function. */
  readonly isTopLevel: boolean;
  /** V8's number of the script. */
  readonly scriptId: number;
  /** URL or path as the debugger gives it: `file:///…`, `/app/a.js`, `node:internal/…`. */
  readonly url: string;
  /** Starts at 1. */
  readonly line: number;
  /** Starts at 1. */
  readonly column: number;
  /** Variables of the frame's own scopes (parameters, locals, blocks, `this`) that hold objects. */
  readonly locals: readonly { readonly name: string; readonly nodeId: number }[];
}

export type EvaluatedExpression =
  | { readonly expression: string; readonly kind: 'object'; readonly nodeId: number }
  /** A number, string, boolean, …: primitive values have no holders; `text` shows it briefly. */
  | { readonly expression: string; readonly kind: 'primitive'; readonly text: string }
  | { readonly expression: string; readonly kind: 'error'; readonly message: string };
