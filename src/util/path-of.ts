import { fileURLToPath } from 'node:url';

/**
 * A single spelling for a file that is named by its path or by its `file:` URL; other URLs are
 * unchanged.
 */
export function pathOf(file: string): string {
  if (!file.startsWith('file:')) return file;
  try {
    return fileURLToPath(file);
  } catch {
    // a heap may contain anything
    return file;
  }
}
