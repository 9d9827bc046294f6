import { isSecretName, lastWordOf } from './secret-names.js';

/** The role of a text in its container. */
export type PlaceInContainer = 'element' | 'member' | 'key' | 'value' | 'property';

/** Names of containers with secrets by name: the names used to look them up are not secret. */
const BY_NAME: ReadonlySet<string> = new Set(['passwords', 'secrets', 'cookies', 'credentials']);

/**
 * Names of containers whose objects have many properties that are not secret: a session's user, a
 * token's position in a program.
 */
const OBJECTS: ReadonlySet<string> = new Set([
  ...['password', 'passwords', 'passwd', 'passphrase', 'secret', 'secrets', 'credentials'],
]);

/**
 * True if a container of this name holds secrets: `passwords: ['x']`, `tokens: Set { 'x' }`, the
 * keys of `sessions`. A list called `tokens` does not count: as often it is a parser's.
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
