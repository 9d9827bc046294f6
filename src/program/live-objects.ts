import { types } from 'node:util';
import { ShowBackrefError, usage } from '../errors.js';
import { checkClassName } from '../question/class-name.js';
import { objectsInheriting, objectWithId } from '../source/self/own-objects.js';
import { quote } from '../util/sentence.js';

/**
 * Returns all living objects of a class in this thread: instances of every class of that name, not
 * of derived classes, in no particular order. Collects garbage first. Finds functions (`Function`),
 * arrays and plain objects (`Object`), too; but not strings and other primitive values, nor objects
 * without a prototype or of another `vm` context.
 *
 *     byType('Session').filter((session) => session.isClosed)
 *
 * @param name as in `typestats` and pictures; plain objects are all `Object` here.
 * @throws ShowBackrefError USAGE for a value that is not a name; SOURCE_UNREACHABLE if Node.js
 *   was built without its inspector.
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
 * Returns the living object with a heap id; undefined when it no longer exists, or when it is not
 * an object of the program. V8 forgets all ids when a debugger leaves, and a call such as
 * `showBackrefs` is one: use ids from a snapshot that the program wrote itself
 * (`v8.writeHeapSnapshot()`), or that DevTools shows while it is still connected.
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

/** Runs no code of the program: neither accessors nor the handlers of a proxy. */
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

/**
 * True for the prototype object of a class: it inherits from the parent class, but is not an
 * instance of it.
 */
function isPrototype(object: object): boolean {
  const owner: unknown = Object.getOwnPropertyDescriptor(object, 'constructor')?.value;
  if (typeof owner !== 'function' || types.isProxy(owner)) return false;
  return Object.getOwnPropertyDescriptor(owner, 'prototype')?.value === object;
}
