/** `20,000`, the same in every language. */
export function formatCount(count: number): string {
  return String(Math.abs(count))
    .replace(/\B(?=(\d{3})+$)/g, ',')
    .replace(/^/, count < 0 ? '-' : '');
}

/** `1 node`, `2 nodes`, `51,234 nodes`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
