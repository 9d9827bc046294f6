/** Unicode blocks whose characters fill a square (East Asian Width W or F), without emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{17000}-\u{18dff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;

/** True if a text begins with a character that takes two terminal columns, or one em in print. */
export function isEastAsianWide(character: string): boolean {
  return WIDE.test(character);
}
