import { fileURLToPath } from 'node:url';

/** One spelling for a file that is named by its path or by its `file:` URL; other URLs as they are. */
export function pathOf(file: string): string {
  if (!file.startsWith('file:')) return file;
  try {
    return fileURLToPath(file);
  } catch {
    // a heap may say anything
    return file;
  }
}
