/** The beginning says it. */
const ENOUGH = 128;

/**
 * How often a text changes between small letters, capitals and digits, per character. In words it is
 * near 0, in camelCase below 0.35; in what a generator made of letters and digits about 0.4 to 0.6.
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

/** True if a generator made it: letters and digits in no order that words have. */
export function isRandom(text: string): boolean {
  const changes = changesPerCharacter(text);
  const digits = text.match(/\d/g)?.length ?? 0;
  return changes >= 0.45 || (digits >= 2 && changes >= 0.18 && /[A-Za-z]/.test(text));
}

/** Weaker: for what follows a sign that says a secret comes. */
export function looksRandom(text: string): boolean {
  return text.length >= 24 || /\d/.test(text) || /[a-z][A-Z]/.test(text);
}
