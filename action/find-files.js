import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Files of that name in the order of their numbers; `*` and `?` stand for parts of the name of a file. */
export function filesLike(name) {
  if (name === '') return [];
  if (!/[*?]/.test(basename(name))) return existsSync(name) ? [name] : [];
  const pattern = new RegExp(`^${[...basename(name)].map(toPattern).join('')}$`);
  const folder = dirname(name);
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).filter((file) => pattern.test(file));
  return found.sort(byNumber).map((file) => join(folder, file));
}

/** Those that were written since then. */
export function filesSince(names, time) {
  const files = names.split('\n').flatMap((line) => filesLike(line.trim()));
  // the clock of a file system may be coarser
  return files.filter((file) => statSync(file).mtimeMs >= time - 1000);
}

function toPattern(character) {
  if (character === '*') return '.*';
  return character === '?' ? '.' : character.replace(/[\\^$.|+()[\]{}]/, '\\$&');
}

/** `2` before `10`. */
function byNumber(a, b) {
  return a.localeCompare(b, 'en', { numeric: true });
}
