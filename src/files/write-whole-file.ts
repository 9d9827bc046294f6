import { OutputFile, type OutputFileOptions } from './output-file.js';

/**
 * Writes a file, which appears whole or not at all, and makes its folders; devices, pipes and open
 * descriptors are written to.
 *
 * @param file absolute path.
 * @throws ShowBackrefError OUTPUT_FAILED; the reason of `signal`, after which nothing is left
 *   either.
 */
export async function writeWholeFile(
  file: string,
  content: string | Uint8Array,
  options: OutputFileOptions,
): Promise<void> {
  const output = await OutputFile.open(file, options);
  try {
    await output.write(typeof content === 'string' ? Buffer.from(content) : content);
    await output.commit();
  } finally {
    await output.discard();
  }
}
