const UNITS = ['kB', 'MB', 'GB', 'TB'];

/** Bytes for a reader, in powers of 1000 as DevTools shows them: `24 B`, `1.2 MB`, `318 kB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  let value = bytes / 1000;
  let unit = 0;
  // 999.5 would be shown as `1000 kB`.
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)} ${UNITS[unit]}`;
}
