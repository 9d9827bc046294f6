/** The narrowest text that can still be read. */
const LEAST = 40;

/** The width of text for a stream; undefined if it is not a terminal. */
export function streamColumns(stream: object): number | undefined {
  const { columns } = stream as { readonly columns?: unknown };
  return typeof columns === 'number' && columns > 0 ? Math.max(LEAST, columns) : undefined;
}
