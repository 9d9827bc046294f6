/**
 * The part of the inspector protocol that is used here, as Node.js 20 to 26, Deno and Chrome speak it.
 * The published types know neither Node's own domains nor which fields Node leaves empty.
 */
export interface RemoteObject {
  readonly type: string;
  readonly subtype?: string;
  readonly className?: string;
  readonly description?: string;
  readonly value?: unknown;
  /** For what JSON cannot say: `-0`, `NaN`, `12n`. */
  readonly unserializableValue?: string;
  /** A handle that keeps the object alive until its group is released; absent for primitives. */
  readonly objectId?: string;
}

export interface Scope {
  /** `local`, `block`, `closure`, `module`, `global`, … */
  readonly type: string;
  readonly object: RemoteObject;
}

export interface CallFrame {
  readonly callFrameId: string;
  readonly functionName: string;
  readonly functionLocation?: CodeLocation;
  /** Node.js leaves `url` of a call frame empty: it is found by the script's id. */
  readonly location: CodeLocation;
  /** Innermost first. */
  readonly scopeChain: readonly Scope[];
  readonly this: RemoteObject;
}

/** Lines and columns count from 0. */
export interface CodeLocation {
  readonly scriptId: string;
  readonly lineNumber: number;
  readonly columnNumber?: number;
}

export interface PropertyDescriptor {
  readonly name: string;
  /** Absent for accessors. */
  readonly value?: RemoteObject;
}

export interface Evaluation {
  readonly result: RemoteObject;
  readonly exceptionDetails?: { readonly text: string; readonly exception?: RemoteObject };
}

interface Command<Params, Result> {
  readonly params: Params;
  readonly result: Result;
}

type Nothing = Record<string, never>;

export interface InspectorCommands {
  'Runtime.evaluate': Command<
    { expression: string; objectGroup: string; returnByValue?: boolean },
    Evaluation
  >;
  'Runtime.getProperties': Command<
    { objectId: string; ownProperties: boolean },
    {
      readonly result: readonly PropertyDescriptor[];
      /** Such as `[[Scopes]]`. */
      readonly internalProperties?: readonly PropertyDescriptor[];
    }
  >;
  'Runtime.releaseObjectGroup': Command<{ objectGroup: string }, unknown>;
  'Runtime.discardConsoleEntries': Command<Nothing, unknown>;
  /** Bytes. */
  'Runtime.getHeapUsage': Command<Nothing, { readonly usedSize: number }>;
  'Runtime.getIsolateId': Command<Nothing, unknown>;
  'Debugger.enable': Command<Nothing, unknown>;
  'Debugger.disable': Command<Nothing, unknown>;
  'Debugger.resume': Command<Nothing, unknown>;
  /** Concerns our session only: another client's stops stay as they are. */
  'Debugger.setSkipAllPauses': Command<{ skip: boolean }, unknown>;
  'Debugger.setBreakpointByUrl': Command<{ urlRegex: string; lineNumber: number }, unknown>;
  'Debugger.evaluateOnCallFrame': Command<
    { callFrameId: string; expression: string; objectGroup: string },
    Evaluation
  >;
  'HeapProfiler.startTrackingHeapObjects': Command<{ trackAllocations: boolean }, unknown>;
  'HeapProfiler.stopTrackingHeapObjects': Command<Nothing, unknown>;
  'HeapProfiler.getHeapObjectId': Command<
    { objectId: string },
    /** Decimal; `0` for an object that is not known. */
    { readonly heapSnapshotObjectId: string }
  >;
  'HeapProfiler.getObjectByHeapObjectId': Command<
    { objectId: string; objectGroup: string },
    { readonly result: RemoteObject }
  >;
  'NodeRuntime.notifyWhenWaitingForDisconnect': Command<{ enabled: boolean }, unknown>;
  'NodeWorker.enable': Command<{ waitForDebuggerOnStart: boolean }, unknown>;
  'NodeWorker.disable': Command<Nothing, unknown>;
  'NodeWorker.sendMessageToWorker': Command<{ sessionId: string; message: string }, unknown>;
  'Target.setAutoAttach': Command<
    { autoAttach: boolean; waitForDebuggerOnStart: boolean; flatten: boolean },
    unknown
  >;
}

export interface InspectorEvents {
  'Debugger.scriptParsed': { readonly scriptId: string; readonly url: string };
  'Debugger.paused': {
    readonly reason: string;
    readonly callFrames: readonly CallFrame[];
    readonly hitBreakpoints?: readonly string[];
  };
  'HeapProfiler.addHeapSnapshotChunk': { readonly chunk: string };
  'NodeRuntime.waitingForDisconnect': unknown;
  'NodeWorker.attachedToWorker': {
    readonly sessionId: string;
    readonly workerInfo: { readonly title: string; readonly url: string };
  };
  'NodeWorker.detachedFromWorker': { readonly sessionId: string };
  'NodeWorker.receivedMessageFromWorker': { readonly sessionId: string; readonly message: string };
  'Target.attachedToTarget': {
    readonly sessionId: string;
    readonly targetInfo: { readonly type: string; readonly title: string; readonly url: string };
  };
  'Target.detachedFromTarget': { readonly sessionId: string };
}
