import type { Protocol } from 'devtools-protocol';
import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping.js';

/*
 * The inspector protocol as Node.js 20 to 26, Deno and Chrome implement it: the published types for
 * V8 and Chrome, and the domains that only Node.js has. Fields that the types promise may be
 * missing: Node.js leaves `url` of a call frame empty, for example, and the other side may be
 * anything.
 */

export type RemoteObject = Protocol.Runtime.RemoteObject;
export type PropertyDescriptor = Protocol.Runtime.PropertyDescriptor;
export type Evaluation = Protocol.Runtime.EvaluateResponse;
export type Scope = Protocol.Debugger.Scope;
export type CallFrame = Protocol.Debugger.CallFrame;

interface Command<Params, Result> {
  readonly params: Params;
  readonly result: Result;
}

type Nothing = Record<string, never>;

/** Published as a tuple of no, one or one optional parameter. */
type ParamsOf<Tuple extends readonly unknown[]> = Tuple extends []
  ? Nothing
  : NonNullable<Tuple[0]>;

type PublishedCommands = {
  readonly [Method in keyof ProtocolMapping.Commands]: Command<
    ParamsOf<ProtocolMapping.Commands[Method]['paramsType']>,
    ProtocolMapping.Commands[Method]['returnType']
  >;
};

interface NodeCommands {
  'NodeRuntime.notifyWhenWaitingForDisconnect': Command<{ enabled: boolean }, unknown>;
  'NodeWorker.enable': Command<{ waitForDebuggerOnStart: boolean }, unknown>;
  'NodeWorker.disable': Command<Nothing, unknown>;
  'NodeWorker.sendMessageToWorker': Command<{ sessionId: string; message: string }, unknown>;
}

export type InspectorCommands = PublishedCommands & NodeCommands;

type PublishedEvents = {
  readonly [Event in keyof ProtocolMapping.Events]: ParamsOf<ProtocolMapping.Events[Event]>;
};

interface NodeEvents {
  'NodeRuntime.waitingForDisconnect': unknown;
  'NodeWorker.attachedToWorker': {
    readonly sessionId: string;
    readonly workerInfo: { readonly title: string; readonly url: string };
  };
  'NodeWorker.detachedFromWorker': { readonly sessionId: string };
  'NodeWorker.receivedMessageFromWorker': { readonly sessionId: string; readonly message: string };
}

export type InspectorEvents = PublishedEvents & NodeEvents;
