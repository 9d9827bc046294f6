/**
 * The first `least` bytes that a source has left, or more; fewer only if it ends before.
 *
 * @param kept bytes that were read before.
 */
export async function readHead(
  source: AsyncIterator<Uint8Array>,
  least: number,
  kept: Uint8Array = new Uint8Array(0),
): Promise<Uint8Array> {
  const pieces = [kept];
  let size = kept.length;
  while (size < least) {
    const { done, value } = await source.next();
    if (done) break;
    if (size === 0 && value.length >= least) return value;
    // a copy, because the source may reuse the chunk's memory for the next one
    pieces.push(Buffer.from(value));
    size += value.length;
  }
  return pieces.length === 1 ? kept : Buffer.concat(pieces);
}

/** A head followed by the rest. */
export async function* replay(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  for (;;) {
    const { done, value } = await rest.next();
    if (done) return;
    yield value;
  }
}
