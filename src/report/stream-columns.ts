/** Narrower text is no longer read. */
const LEAST = 40;

/** How wide text may be that goes to a stream; undefined where it is not a terminal. */
export function streamColumns(stream: object): number | undefined {
  const { columns } = stream as { readonly columns?: unknown };
  return typeof columns === 'number' && columns > 0 ? Math.max(LEAST, columns) : undefined;
}
