import { relative, sep } from 'node:path';
import type { Redactor } from '../../redact/redactor.js';
import type { SourceSpot } from '../../report/ci/check.js';
import { findDeclaration } from '../../source-maps/declaration-line.js';
import { localPathOf } from '../../source-maps/read-local-file.js';
import { displayFile } from '../../util/display-file.js';
import type { HolderPlace } from './holder-place.js';

/** A repository, and what is masked of the names in it. */
export interface Repository {
  /** Its absolute path. */
  readonly root: string;
  readonly redactor: Redactor;
}

/** The place as reports name it: below the repository with its folders, elsewhere without those of the machine. */
export async function toSourceSpot(
  { file, line, column, variable }: HolderPlace,
  { root, redactor }: Repository,
): Promise<SourceSpot> {
  const declared =
    line === null && variable !== null ? await findDeclaration(file, variable, root) : null;
  return {
    file: redactor.file(pathBelow(root, file) ?? displayFile(file)),
    line: line ?? declared,
    column,
  };
}

function pathBelow(root: string, file: string): string | null {
  const path = localPathOf(file);
  if (path === null) return null;
  const way = relative(root, path).split(sep).join('/');
  const isBelow = way !== '' && !/^(?:\.\.(?:\/|$)|\/|[a-z]:)/i.test(way);
  // of packages the path in the package says it all
  return isBelow && !way.includes('node_modules/') ? way : null;
}
