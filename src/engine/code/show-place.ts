import { displayFile } from '../../util/display-file.js';
import type { HeapView } from '../view.js';
import type { SourcePlace } from './scripts.js';

/** A place as `file.js:3:7`. */
export function showPlace(view: HeapView, place: SourcePlace): string {
  return `${showFile(view, place.file)}:${place.line}:${place.column}`;
}

/** The name of a file, masked before its folders are cut off. */
export function showFile({ redactor }: Pick<HeapView, 'redactor'>, file: string): string {
  return displayFile(redactor.text(file));
}
