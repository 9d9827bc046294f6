import { refuseForeign, TELLING_BYTES } from './foreign-content.js';
import { unquote } from './json-string.js';
import type { PackedName } from './packed-name.js';
import { readHead, replay } from './stream-head.js';

type ByteChunks = AsyncIterable<Uint8Array>;

/** How far to search for a heap after other text, such as output that a program printed first. */
const MOST_TEXT_BEFORE = 1 << 20;
const BEGIN = /\{\s*"snapshot"\s*:/;
const QUOTED_BEGIN = /^\s*"\{(?:\s|\\[nrt])*\\"snapshot\\"/;
const MARK = /^(?:\xef\xbb\xbf)?\s*/;

/** True if the first bytes are those of a heap with nothing before it. */
export function beginsAsHeap(head: Uint8Array): boolean {
  const text = Buffer.from(head).toString('latin1').replace(MARK, '');
  return BEGIN.exec(text)?.index === 0;
}

/**
 * The text of a heap: removes other text before it, unquotes a heap that is one JSON string,
 * converts UTF-16 to UTF-8. Passes other bytes through unchanged.
 *
 * @throws ShowBackrefError SNAPSHOT_INVALID for content that is recognised as something else.
 */
export async function* heapText(chunks: ByteChunks, name: PackedName): AsyncGenerator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  try {
    const head = await readHead(source, TELLING_BYTES);
    const all = replay(head, source);
    if (beginsAsHeap(head)) yield* all;
    else {
      const encoding = utf16Of(head);
      if (encoding === null) yield* searched(head, source, name);
      else yield* heapText(recoded(all, encoding), name);
    }
  } finally {
    await source.return?.();
  }
}

async function* searched(
  first: Uint8Array,
  source: AsyncIterator<Uint8Array>,
  name: PackedName,
): AsyncGenerator<Uint8Array> {
  const refusal = refuseForeign(first, name);
  if (refusal !== null) throw refusal;
  const head = await readHead(source, MOST_TEXT_BEFORE, first);
  const text = Buffer.from(head).toString('latin1');
  const mark = MARK.exec(text)?.[0].length ?? 0;
  const at = text.search(BEGIN);
  if (QUOTED_BEGIN.test(text.slice(mark))) {
    yield* unquote(replay(head.subarray(text.indexOf('"', mark) + 1), source));
    return;
  }
  if (at > 0 && text.slice(mark, at).trim() !== '') name.onSkipped?.(at);
  yield* replay(at < 0 ? head : head.subarray(at), source);
}

function utf16Of([a, b, c]: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return a === 0x7b && b === 0 && c === 0x22 ? 'utf-16le' : null;
}

async function* recoded(chunks: ByteChunks, encoding: string): ByteChunks {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
}
