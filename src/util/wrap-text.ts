/** The length of a text in whatever unit the width is given in. */
type MeasureText = (text: string) => number;

const countUnits: MeasureText = ({ length }) => length;

/**
 * Breaks a sentence at blanks into lines of at most `width` characters; a longer word stays whole.
 */
export function wrapText(text: string, width: number, measure: MeasureText = countUnits): string[] {
  return wrapPhrases(text.split(' '), width, measure);
}

/** Fills lines of at most `width` characters with phrases that must not be broken. */
export function wrapPhrases(
  phrases: readonly string[],
  width: number,
  measure: MeasureText = countUnits,
): string[] {
  const lines: string[] = [];
  let used = 0;
  for (const word of phrases) {
    const length = measure(word);
    const isFirst = lines.length === 0;
    if (isFirst || used + 1 + length > width) {
      lines.push(word);
      used = length;
    } else {
      lines[lines.length - 1] += ` ${word}`;
      used += 1 + length;
    }
  }
  return lines;
}
