import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { internalField } from './code/scripts.js';

/** The names that V8 gives to the code of a built-in function: up to 14.6, and later. */
const BUILTIN = /^(?:\(|system \/ Code \/ )(\w+) \(?builtin/;

/** The nameless functions that V8 makes for a promise. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['PromiseCapabilityDefaultResolve', 'resolve'],
  ['PromiseCapabilityDefaultReject', 'reject'],
  ['PromiseThenFinally', 'finally'],
  ['PromiseCatchFinally', 'finally'],
  ['PromiseAllResolveElementClosure', 'Promise.all element'],
  ['PromiseAllSettledResolveElementClosure', 'Promise.allSettled element'],
  ['PromiseAllSettledRejectElementClosure', 'Promise.allSettled element'],
  ['PromiseAnyRejectElementClosure', 'Promise.any element'],
  ['AsyncFunctionAwaitResolveClosure', 'resume after await'],
  ['AsyncFunctionAwaitRejectClosure', 'resume after await'],
  ['AsyncGeneratorAwaitResolveClosure', 'resume after await'],
  ['AsyncGeneratorAwaitRejectClosure', 'resume after await'],
]);

/** Describes one of V8's own functions for promises; null for all other functions. */
export function builtinNameOf(graph: HeapGraph, closure: NodeOrdinal): string | null {
  const code = internalField(graph, closure, 'code');
  const builtin = code === null ? null : BUILTIN.exec(graph.nameOf(code));
  return builtin === null ? null : (NAMES.get(builtin[1] as string) ?? null);
}
