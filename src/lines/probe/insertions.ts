/** Texts to be inserted into another one; those for the same position keep their order. */
export class Insertions {
  readonly #found: { readonly at: number; readonly text: string; readonly remove: number }[] = [];

  add(at: number, text: string): void {
    this.#found.push({ at, text, remove: 0 });
  }

  replace(at: number, length: number, text: string): void {
    this.#found.push({ at, text, remove: length });
  }

  apply(text: string): string {
    // sort() is stable
    const ordered = [...this.#found].sort((a, b) => a.at - b.at);
    const parts: string[] = [];
    let done = 0;
    for (const { at, text: inserted, remove } of ordered) {
      parts.push(text.slice(done, at), inserted);
      done = at + remove;
    }
    return [...parts, text.slice(done)].join('');
  }
}
