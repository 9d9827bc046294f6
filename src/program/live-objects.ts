import { types } from 'node:util';
import { ShowBackrefError, usage } from '../errors.js';
import { checkClassName } from '../question/class-name.js';
import { objectsInheriting, objectWithId } from '../source/self/own-objects.js';
import { quote } from '../util/sentence.js';

/**
 * All living objects of a class in this thread, themselves: instances of every class of that name, not
 * of classes derived from it, in no certain order. Garbage is collected before. Finds functions
 * (`Function`), arrays and plain objects (`Object`) too; neither texts and other values, nor objects without a
 * prototype or of another `vm` context.
 *
 *     byType('Session').filter((session) => session.isClosed)
 *
 * @param name as `typestats` and pictures call it; plain objects are all `Object` here.
 * @throws ShowBackrefError USAGE for what is no name; SOURCE_UNREACHABLE where Node.js was built without
 *   its inspector.
 */
export function byType(name: string): object[] {
  checkClassName(name, 'byType');
  const names = new Map<object, string>();
  const all = reach(() => objectsInheriting(Object.prototype));
  return all.filter((object) => {
    const prototype = prototypeOf(object);
    if (prototype === null) return false;
    const known = names.get(prototype) ?? classNameOf(prototype);
    names.set(prototype, known);
    return known === name && !isPrototype(object);
  });
}

/**
 * The living object with a heap id, itself; undefined when there is none any more, or when it is not an
 * object of the program. V8 forgets all ids when a debugger leaves, and a call such as `showBackrefs` is
 * one: ids are good from a snapshot that the program wrote itself (`v8.writeHeapSnapshot()`), or that
 * DevTools shows and is still connected.
 *
 *     v8.writeHeapSnapshot('a.heapsnapshot'); // showbackref a.heapsnapshot --target largest: @123
 *     at('@123')
 *
 * @param id `@123`, or the number.
 * @throws ShowBackrefError as `byType` does.
 */
export function at(id: string | number): object | undefined {
  const [, digits] = /^@?(\d{1,15})$/.exec(String(id)) ?? [];
  if (digits === undefined) throw usage(`${quote(id)} is not a heap id; use one such as "@123"`);
  return reach(() => objectWithId(Number(digits)));
}

function reach<T>(look: () => T): T {
  try {
    return look();
  } catch (cause) {
    throw new ShowBackrefError(
      'SOURCE_UNREACHABLE',
      `cannot look into this program: ${(cause as Error).message}; save its heap with v8.writeHeapSnapshot() and use openHeap()`,
      { cause },
    );
  }
}

/** Nothing of the program may run for this: neither accessors nor the handlers of a proxy. */
function classNameOf(prototype: object): string {
  for (let at: object | null = prototype; at !== null; at = prototypeOf(at)) {
    if (types.isProxy(at)) return '';
    const owner: unknown = Object.getOwnPropertyDescriptor(at, 'constructor')?.value;
    if (typeof owner !== 'function' || types.isProxy(owner)) continue;
    const name: unknown = Object.getOwnPropertyDescriptor(owner, 'name')?.value;
    if (typeof name === 'string' && name !== '') return name;
  }
  return '';
}

function prototypeOf(object: object): object | null {
  return types.isProxy(object) ? null : Object.getPrototypeOf(object);
}

/** The prototype object of a class inherits from the class above, but is no instance of that. */
function isPrototype(object: object): boolean {
  const owner: unknown = Object.getOwnPropertyDescriptor(object, 'constructor')?.value;
  if (typeof owner !== 'function' || types.isProxy(owner)) return false;
  return Object.getOwnPropertyDescriptor(owner, 'prototype')?.value === object;
}
