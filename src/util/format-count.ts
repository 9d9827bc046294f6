/** `20,000`, the same in every language. */
export function formatCount(count: number): string {
  return String(Math.abs(count))
    .replace(/\B(?=(\d{3})+$)/g, ',')
    .replace(/^/, count < 0 ? '-' : '');
}
