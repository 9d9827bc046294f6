import { type FileHandle, open, readFile } from 'node:fs/promises';

/** The port that a process would open its inspector on has been set to 0, which means any free one. */
export interface MovedPort {
  readonly before: number;
  /** For an inspector that was not opened after all; afterwards `process.debugPort` can be set. */
  undo(): Promise<void>;
}

interface Wanted {
  readonly host: string;
  readonly port: number;
}

interface Region {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

/**
 * Where Node.js keeps the port: `ExclusiveAccess<HostPort>`, made by `std::make_shared`, in this layout
 * on x64 with GNU's C++ library (found the same in 20, 22, 24 and 26). Offsets from the text of the host:
 *
 *     -72  pointer into the program's file: the virtual table of the shared pointer's block
 *     -64  its two counts of references, 32 bits each: not 0 as long as the object is in use
 *     -56  a mutex, 40 bytes: all 0 while nobody holds it
 *     -16  std::string: pointer to the text just behind, -8 its length, 0 the text with a final 0
 *     +16  the port, 16 bits
 *
 * All of it has to fit, and in one place only.
 */
const TABLE = -72;
const COUNTS = -64;
const MUTEX = -56;
const STRING = -16;
const LENGTH = -8;
const PORT = 16;
/** A string as long as this is kept elsewhere. */
const LONGEST_INLINE = 15;
const MOST_REFERENCES = 16;

const CHUNK = 4 << 20;
const OVERLAP = 256;

/**
 * Has a Node.js process that listens nowhere yet open its inspector on a free port, though another was
 * set when it was started, by writing to its memory as a debugger does: two bytes that Node.js itself
 * reads nowhere else than when it opens the inspector. There is no other way in from outside.
 *
 * @returns null where that is not permitted or where the place is not found beyond doubt.
 */
export async function movePort(pid: number, wanted: Wanted): Promise<MovedPort | null> {
  const { host, port } = wanted;
  if (host.length > LONGEST_INLINE || process.arch !== 'x64') return null;
  return withMemory(pid, async (memory) => {
    const [at, ...others] = await findPlaces(memory, await readRegions(pid), wanted);
    if (at === undefined || others.length > 0) return null;
    if (!(await replacePort(memory, at, { pid, host, before: port, after: 0 }))) return null;
    return {
      before: port,
      async undo() {
        const back = { pid, host, before: 0, after: port };
        await withMemory(pid, (again) => replacePort(again, at, back));
      },
    };
  });
}

/** Null where it is not permitted, or the process ends meanwhile. */
async function withMemory<T>(
  pid: number,
  work: (memory: FileHandle) => Promise<T>,
): Promise<T | null> {
  const memory = await open(`/proc/${pid}/mem`, 'r+').catch(() => null);
  if (memory === null) return null;
  try {
    return await work(memory);
  } catch {
    return null;
  } finally {
    await memory.close();
  }
}

/**
 * Looks once more, right before it writes: the search takes its time, in which the process goes on.
 *
 * @returns false when the place is not there any more, and nothing was written.
 */
async function replacePort(
  memory: FileHandle,
  at: number,
  { pid, host, before, after }: { pid: number; host: string; before: number; after: number },
): Promise<boolean> {
  const regions = await readRegions(pid);
  const from = at + TABLE;
  const bytes = Buffer.alloc(PORT + 2 - TABLE);
  await memory.read(bytes, 0, bytes.length, from);
  if (!isPlace(bytes, -TABLE, { host, port: before, from, regions })) return false;
  const written = Buffer.alloc(2);
  written.writeUInt16LE(after);
  await memory.write(written, 0, written.length, at + PORT);
  return true;
}

/** The addresses of the texts of all places that have the layout, in what the C++ side has allocated. */
async function findPlaces(
  memory: FileHandle,
  regions: readonly Region[],
  wanted: Wanted,
): Promise<readonly number[]> {
  const text = Buffer.from(`${wanted.host}\0`);
  const found = new Set<number>();
  const chunk = Buffer.alloc(CHUNK);
  for (const region of regions.filter(({ name }) => name === '[heap]')) {
    for (let from = region.from; from < region.to; from += CHUNK - OVERLAP) {
      const length = Math.min(CHUNK, region.to - from);
      const { bytesRead } = await memory.read(chunk, 0, length, from);
      const bytes = chunk.subarray(0, bytesRead);
      for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) {
        if (isPlace(bytes, at, { ...wanted, from, regions })) found.add(from + at);
      }
    }
  }
  return [...found];
}

function isPlace(
  bytes: Buffer,
  at: number,
  {
    host,
    port,
    from,
    regions,
  }: Wanted & { readonly from: number; readonly regions: readonly Region[] },
): boolean {
  if (at + TABLE < 0 || at + PORT + 2 > bytes.length) return false;
  const pointer = (offset: number) => Number(bytes.readBigUInt64LE(at + offset));
  const counts = [bytes.readInt32LE(at + COUNTS), bytes.readInt32LE(at + COUNTS + 4)];
  return (
    pointer(STRING) === from + at &&
    pointer(LENGTH) === host.length &&
    bytes.readUInt16LE(at + PORT) === port &&
    bytes.subarray(at + MUTEX, at + STRING).every((byte) => byte === 0) &&
    counts.every((count) => count > 0 && count <= MOST_REFERENCES) &&
    isInFile(pointer(TABLE), regions)
  );
}

function isInFile(address: number, regions: readonly Region[]): boolean {
  return regions.some(
    ({ from, to, name }) => name.startsWith('/') && address >= from && address < to,
  );
}

/** Format: proc(5), `/proc/pid/maps`. */
async function readRegions(pid: number): Promise<readonly Region[]> {
  const maps = await readFile(`/proc/${pid}/maps`, 'latin1');
  return [...maps.matchAll(/^([\da-f]+)-([\da-f]+) \S+ \S+ \S+ \d+ *(.*)$/gm)].map(
    ([, from = '', to = '', name = '']) => ({
      from: Number.parseInt(from, 16),
      to: Number.parseInt(to, 16),
      name,
    }),
  );
}
