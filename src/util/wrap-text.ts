/** Breaks a sentence at blanks into lines of at most `width` characters; a longer word stays whole. */
export function wrapText(text: string, width: number): string[] {
  return wrapPhrases(text.split(' '), width);
}

/** Fills lines of at most `width` characters with phrases that are not to be broken. */
export function wrapPhrases(phrases: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of phrases) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}
