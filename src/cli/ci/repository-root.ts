import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder whose files reports name by their path in it: that of the repository, else the working folder. */
export function repositoryRoot(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return cwd;
  }
}
