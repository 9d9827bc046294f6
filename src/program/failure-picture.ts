import { join } from 'node:path';
import type { GraphAnswer } from '../answer/collect-graph.js';
import { PLAIN_WORK } from '../answer/work.js';
import { writeGraph } from '../answer/write-graph.js';
import { FILES_ONLY } from '../answer/write-outputs.js';
import { ShowBackrefError } from '../errors.js';
import { escapeTerminal } from '../report/escape-terminal.js';
import { readShowOptions } from './call-options.js';

/** Where the picture of a failed test goes: false for nowhere, undefined for a PNG in `out/`. */
export type PictureFiles = string | readonly string[] | false | undefined;

const MOST_FILE_NAME = 60;

/** The files of a picture; `name` is made fit to be the name of one. */
export function pictureFiles(out: PictureFiles, name: string): readonly string[] {
  if (out === false) return [];
  if (out !== undefined) return typeof out === 'string' ? [out] : out;
  const words = name.replace(/[^\p{L}\p{N}.@_-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
  return [join('out', `${words.slice(0, MOST_FILE_NAME) || 'object'}.png`)];
}

/** The result of drawing the picture of a failed test. */
export interface DrawnFailure {
  /** To be read below what failed. */
  readonly lines: readonly string[];
  /** The files that were written. */
  readonly files: readonly string[];
}

/** Draws why a test failed; that it cannot be drawn never hides what is known. */
export async function drawFailure(
  answer: GraphAnswer,
  files: readonly string[],
): Promise<DrawnFailure> {
  if (files.length === 0) return { lines: [], files };
  try {
    const { question } = readShowOptions('chain', { out: files });
    await writeGraph(answer, question, { work: PLAIN_WORK, place: FILES_ONLY });
    return { lines: files.map((file) => `Picture: ${escapeTerminal(file)}`), files };
  } catch (error) {
    if (!(error instanceof ShowBackrefError)) throw error;
    return { lines: [`No picture: ${escapeTerminal(error.message)}`], files: [] };
  }
}
