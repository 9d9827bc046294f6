import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** No request of ours is as long: what follows until the end of the line is passed over. */
const LONGEST_LINE = 1_000_000;

/** The lines of a stream; null in the place of one that is too long. */
export async function* readLines(stream: Readable): AsyncGenerator<string | null> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let isTooLong = false;
  for await (const chunk of stream) {
    rest += typeof chunk === 'string' ? chunk : decoder.write(chunk as Buffer);
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (isTooLong || line.length > LONGEST_LINE) yield null;
      else if (line.trim() !== '') yield line;
      isTooLong = false;
    }
    if (rest.length > LONGEST_LINE) {
      rest = '';
      isTooLong = true;
    }
  }
}
