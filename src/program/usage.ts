import { ShowBackrefError } from '../errors.js';

export function usage(message: string): ShowBackrefError {
  return new ShowBackrefError('USAGE', message);
}

/** A value in quotes, shortly. */
export function show(value: unknown): string {
  return `"${String(value).slice(0, 60)}"`;
}

/** @throws ShowBackrefError USAGE for what is no name of a class, such as the class itself. */
export function checkClassName(name: unknown, caller: string): asserts name is string {
  if (typeof name === 'string' && name !== '') return;
  throw usage(`${show(name)} is no name of a class; use for example ${caller}('Session')`);
}

/** @throws ShowBackrefError USAGE for options that are none. */
export function checkNames(options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw usage(`options are ${show(options)}; give an object such as { out: 'backrefs.png' }`);
  }
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw usage(`option ${show(unknown)} is unknown; use one of ${known.join(', ')}`);
}
