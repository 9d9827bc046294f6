import { usage } from '../errors.js';
import { quote } from '../util/sentence.js';

/**
 * Checks the name of a class. @throws ShowBackrefError USAGE for another value, such as the class
 * itself.
 */
export function checkClassName(name: unknown, caller: string): asserts name is string {
  if (typeof name === 'string' && name !== '') return;
  throw usage(`${quote(name)} is not the name of a class; use for example ${caller}('Session')`);
}
