/** So much of a text around a place: who reads all of it for each match reads it too often. */
export function near(text: string, index: number, around: number): string {
  return text.slice(Math.max(0, index - around), index + around);
}
