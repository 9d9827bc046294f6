/** Part of a text around a position: reading all of it for each match would be too slow. */
export function near(text: string, index: number, around: number): string {
  return text.slice(Math.max(0, index - around), index + around);
}
