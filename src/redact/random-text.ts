/** The number of characters examined: the beginning is enough. */
const ENOUGH = 128;

/**
 * The number of changes between lower case, upper case and digits, per character. In words it is
 * near 0, in camelCase below 0.35; in generated letters and digits about 0.4 to 0.6.
 */
function changesPerCharacter(text: string): number {
  let changes = 0;
  let last = 0;
  let length = 0;
  for (const character of text.slice(0, ENOUGH)) {
    const kind = /\d/.test(character) ? 1 : /[a-z]/.test(character) ? 2 : 3;
    if (character === '_' || character === '-') {
      last = 0;
      continue;
    }
    length++;
    if (last !== 0 && kind !== last) changes++;
    last = kind;
  }
  return length === 0 ? 0 : changes / length;
}

/** True for generated text: letters and digits in an order that words do not have. */
export function isRandom(text: string): boolean {
  const changes = changesPerCharacter(text);
  const digits = text.match(/\d/g)?.length ?? 0;
  return changes >= 0.45 || (digits >= 2 && changes >= 0.18 && /[A-Za-z]/.test(text));
}

/** A weaker test, for text after a sign that announces a secret. */
export function looksRandom(text: string): boolean {
  return text.length >= 24 || /\d/.test(text) || /[a-z][A-Z]/.test(text);
}
