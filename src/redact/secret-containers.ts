import { isSecretName, lastWordOf } from './secret-names.js';

/** What a text is to the container it is in. */
export type PlaceInContainer = 'element' | 'member' | 'key' | 'value' | 'property';

/** Containers of names with their secrets: what is looked up by is not secret. */
const BY_NAME: ReadonlySet<string> = new Set(['passwords', 'secrets', 'cookies', 'credentials']);

/** Of these an object has much to say that is not secret: a session's user, a token's place in a program. */
const OBJECTS: ReadonlySet<string> = new Set([
  ...['password', 'passwords', 'passwd', 'passphrase', 'secret', 'secrets', 'credentials'],
]);

/**
 * True if a container of this name holds secrets: `passwords: ['x']`, `tokens: Set { 'x' }`, the
 * keys of `sessions`. A list called `tokens` is as often what a parser made.
 */
export function isSecretContainer(name: string, place: PlaceInContainer): boolean {
  const last = lastWordOf(name);
  if (place === 'property') return OBJECTS.has(last) && isSecretName(name);
  const isPlural = last.endsWith('s') && isSecretName(name.replace(/s(?=[^a-z]*$)/i, ''));
  if (place === 'key') return isPlural && !BY_NAME.has(last);
  if (place === 'element' && isPlural && lastWordOf(name.replace(/tokens$/i, '')) === '')
    return last !== 'tokens';
  return isPlural || isSecretName(name);
}
