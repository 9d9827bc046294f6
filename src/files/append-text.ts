import { appendFile } from 'node:fs/promises';

/** Adds to the end of a file that others write to, too; a file that is not there is made. */
export async function appendText(file: string, text: string): Promise<void> {
  await appendFile(file, text);
}
