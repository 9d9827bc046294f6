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
      throw invalid(options.name, reader.section, offset, error);
    }
    offset += chunk.length;
    options.onProgress?.(offset);
  }
  if (!reader.finished) throw truncated(options.name, reader, offset);
  try {
    return checkTables(reader);
  } catch (error) {
    throw invalid(options.name, null, offset, error);
  }
}

function invalid(name: string, section: string | null, offset: number, error: unknown): Error {
  if (!(error instanceof FormatError)) return error as Error;
  const where = section === null ? '' : `in section "${section}" `;
  const byte = section === null ? '' : `at byte ${offset + error.position}: `;
  return new ShowBackrefError(
    'SNAPSHOT_INVALID',
    `"${name}" is not a valid heap snapshot: ${where}${byte}${error.message}; capture it again`,
    { cause: error },
  );
}

function truncated(name: string, reader: SectionReader, offset: number): ShowBackrefError {
  if (offset === 0) {
    return new ShowBackrefError('SNAPSHOT_TRUNCATED', `"${name}" is empty; capture it again`);
  }
  const section =
    reader.section === null ? 'between two sections' : `in section "${reader.section}"`;
  const progress = reader.progress === null ? '' : ` (${reader.progress})`;
  return new ShowBackrefError(
    'SNAPSHOT_TRUNCATED',
    `"${name}" is truncated: it ends ${section} at byte ${offset}${progress}; capture it again`,
  );
}
