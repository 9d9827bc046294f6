import { ShowBackrefError } from '../errors.js';
import { checkTables } from './check-tables.js';
import { SectionReader } from './section-reader.js';
import type { SnapshotTables } from './snapshot-tables.js';
import { FormatError } from './value-reader.js';

export interface ReadOptions {
  /** How errors call the input. */
  readonly name: string;
  /** Called after each chunk with the number of bytes read so far. */
  readonly onProgress?: (bytes: number) => void;
}

/**
 * Reads a V8 heap snapshot from chunks of bytes cut anywhere, without ever holding the text.
 *
 * @throws ShowBackrefError SNAPSHOT_INVALID or SNAPSHOT_TRUNCATED, naming section and byte.
 * Source: V8 `HeapSnapshotJSONSerializer`; the checks are those a damaged file fails first.
 */
export async function readSnapshot(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<SnapshotTables> {
  const reader = new SectionReader();
  let offset = 0;
  for await (const chunk of bytes) {
    try {
      reader.read(chunk, offset);
    } catch (error) {
      throw invalid(options.name, reader, offset, error);
    }
    offset += chunk.length;
    options.onProgress?.(offset);
  }
  if (!reader.finished) throw truncated(options.name, reader, offset);
  try {
    return checkTables(reader);
  } catch (error) {
    throw invalid(options.name, reader, offset, error);
  }
}

function invalid(name: string, reader: SectionReader, offset: number, error: unknown): Error {
  if (!(error instanceof FormatError)) return error as Error;
  const { position, message, advice } = error;
  const where = position === null ? '' : `${placeOf(reader)} at byte ${offset + position}: `;
  return new ShowBackrefError(
    'SNAPSHOT_INVALID',
    `"${name}" is not a valid heap snapshot: ${where}${message}; ${advice}`,
    { cause: error },
  );
}

function truncated(name: string, reader: SectionReader, offset: number): ShowBackrefError {
  if (offset === 0) {
    return new ShowBackrefError('SNAPSHOT_TRUNCATED', `"${name}" is empty; capture it again`);
  }
  const progress = reader.progress === null ? '' : ` (${reader.progress})`;
  return new ShowBackrefError(
    'SNAPSHOT_TRUNCATED',
    `"${name}" is truncated: it ends ${placeOf(reader)} at byte ${offset}${progress}; capture it again`,
  );
}

function placeOf({ section, lastSection }: SectionReader): string {
  if (section !== null) return `in section "${section}"`;
  return lastSection === null ? 'before the first section' : `after section "${lastSection}"`;
}
