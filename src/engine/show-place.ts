import { displayFile } from '../util/display-file.js';
import type { Frame } from './frames.js';
import type { HeapView } from './heap-view.js';
import type { SourcePlace } from './scripts.js';

/** `file.js:3:7`. */
export function showPlace(view: HeapView, place: SourcePlace): string {
  return `${showFile(view, place.file)}:${place.line}:${place.column}`;
}

/** The name of a file, masked before its folders are cut off. */
export function showFile({ redactor }: HeapView, file: string): string {
  return displayFile(redactor.text(file));
}

/** `main() app.js`, or `module app.js` for top-level code. */
export function frameWords(view: HeapView, { isTopLevel, functionName, file }: Frame): string {
  const place = showFile(view, file);
  return isTopLevel ? `module ${place}` : `${functionName || '(anonymous)'}() ${place}`;
}
