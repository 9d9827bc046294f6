import type { OutputFileOptions } from '../../files/output-file.js';
import { saveSnapshot } from '../../files/save-snapshot.js';
import { writeWholeFile } from '../../files/write-whole-file.js';
import { mapsFileOf } from '../../source/file/maps-name.js';
import type { OpenedSource } from '../../source/opened-source.js';
import { toMapsText } from '../../source-maps/maps-file.js';
import { toScriptMaps } from './open-maps.js';

/** A snapshot says how many nodes and edges follow in its first thousand bytes. */
const HEAD_BYTES = 8192;

/** Keeps the source maps of a heap that is being saved. */
export class MapsKeeper {
  readonly #source: OpenedSource;
  #head = '';

  constructor(source: OpenedSource) {
    this.#source = source;
  }

  /** To be given the bytes that are saved. */
  see(chunk: Uint8Array): void {
    if (this.#head.length >= HEAD_BYTES) return;
    const room = HEAD_BYTES - this.#head.length;
    this.#head += Buffer.from(chunk.subarray(0, room)).toString('latin1');
  }

  /**
   * Writes the maps beside the saved heap, for its owner only, where there are any.
   *
   * @param heap absolute path of the heap.
   * @returns the path of the file; null where there is none.
   * @throws ShowBackrefError OUTPUT_FAILED.
   */
  async save(heap: string, options: OutputFileOptions): Promise<string | null> {
    const scripts = this.#source.live?.scripts ?? [];
    const file = mapsFileOf(heap);
    const nodeCount = this.#count('node_count');
    const edgeCount = this.#count('edge_count');
    if (file === null || scripts.length === 0 || nodeCount === null || edgeCount === null) {
      return null;
    }
    const text = await toMapsText(toScriptMaps(scripts), { nodeCount, edgeCount });
    if (text === null) return null;
    const shown = mapsFileOf(options.shown) ?? file;
    await writeWholeFile(file, text, { ...options, shown, isPrivate: true });
    return shown;
  }

  #count(name: string): number | null {
    const found = new RegExp(`"${name}"\\s*:\\s*(\\d+)`).exec(this.#head)?.[1];
    return found === undefined ? null : Number(found);
  }
}

/** The heap of a source on its way, which is saved in a file, with its maps beside it. */
export async function* keepHeap(
  source: OpenedSource,
  file: string,
  options: OutputFileOptions,
): AsyncGenerator<Uint8Array> {
  const keeper = new MapsKeeper(source);
  for await (const chunk of saveSnapshot(source.bytes, file, options)) {
    keeper.see(chunk);
    yield chunk;
  }
  await keeper.save(file, options);
}
