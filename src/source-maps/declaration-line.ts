import { isIdentifier } from '../util/is-identifier.js';
import { makeFileCheck, usualFolders } from './map-scope.js';
import { localPathOf, readLocalFile } from './read-local-file.js';

/**
 * The line on which a file of the program declares a variable; null where that cannot be found out. Reads
 * only regular files below the folder.
 */
export async function findDeclaration(
  file: string,
  variable: string,
  folder: string,
): Promise<number | null> {
  const path = localPathOf(file);
  if (path === null || !isIdentifier(variable)) return null;
  const mayRead = await makeFileCheck({ folders: usualFolders(folder, null) });
  const text = (await mayRead(path)) ? await readLocalFile(path) : null;
  return text === null ? null : declarationLine(text, variable);
}

function declarationLine(text: string, variable: string): number | null {
  const name = variable.replaceAll('$', '\\$');
  const declared = new RegExp(
    String.raw`^[ \t]*(?:export\s+)?(?:const|let|var|class|(?:async\s+)?function\b\s*\*?)\s*\b${name}(?![\w$])`,
    'm',
  );
  const at = text.search(declared);
  return at < 0 ? null : text.slice(0, at).split('\n').length;
}
