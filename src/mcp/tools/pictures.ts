import { pathToFileURL } from 'node:url';
import type { GraphAnswer } from '../../answer/collect-graph.js';
import { smallPng } from '../../answer/rendering/small-png.js';
import type { Work } from '../../answer/work.js';
import { writeGraph } from '../../answer/write-graph.js';
import { FILES_ONLY } from '../../answer/write-outputs.js';
import { ShowBackrefError } from '../../errors.js';
import type { FolderGuard } from '../../files/folder-guard.js';
import type { Arguments } from './read-arguments.js';
import type { Content } from './tool-result.js';

/** Where pictures go, in the folder of the server. */
const FOLDER = 'showbackref-out';
const MOST_PNG_BYTES = 100_000;
const MOST_FILE_NAME = 60;
const LOOK = { legend: true, theme: 'light', fonts: [] } as const;
const TYPES = { svg: 'image/svg+xml', html: 'text/html' } as const;

/** The pictures, and sentences about those that could not be drawn. */
export interface Pictures {
  readonly links: readonly Content[];
  readonly images: readonly Content[];
  readonly notes: readonly string[];
}

export interface PictureRequest {
  readonly guard: FolderGuard;
  readonly asked: Pick<Arguments, 'picture' | 'image'>;
  /** The file's name is made from it. */
  readonly title: string;
}

/** Draws a file in the folder, and a small PNG for the answer itself; a failure leaves the answer without a picture. */
export async function drawPictures(
  answer: GraphAnswer,
  { guard, asked, title }: PictureRequest,
  work: Work,
): Promise<Pictures> {
  const { picture = 'svg', image = false } = asked;
  const drawn: Pictures[] = [];
  if (picture !== 'none') {
    drawn.push(await orNote(() => drawFile(answer, picture, { guard, title }, work)));
  }
  if (image) drawn.push(await orNote(() => drawImage(answer)));
  return {
    links: drawn.flatMap(({ links }) => links),
    images: drawn.flatMap(({ images }) => images),
    notes: drawn.flatMap(({ notes }) => notes),
  };
}

const NOTHING: Pictures = { links: [], images: [], notes: [] };

async function orNote(draw: () => Promise<Pictures>): Promise<Pictures> {
  try {
    return await draw();
  } catch (error) {
    if (
      !(error instanceof ShowBackrefError) &&
      (error as NodeJS.ErrnoException).code === undefined
    ) {
      throw error;
    }
    return { ...NOTHING, notes: ['No picture: it cannot be drawn or written.'] };
  }
}

async function drawFile(
  answer: GraphAnswer,
  format: keyof typeof TYPES,
  { guard, title }: Pick<PictureRequest, 'guard' | 'title'>,
  work: Work,
): Promise<Pictures> {
  const name = `${toFileName(title)}.${format}`;
  const file = await guard.place(FOLDER, name);
  const path = `${FOLDER}/${name}`;
  const outputs = [{ path, file, format }];
  await writeGraph(
    answer,
    { outputs, look: LOOK, spelling: 'names' },
    { work, place: { ...FILES_ONLY, ...(work.signal && { signal: work.signal }) } },
  );
  const uri = pathToFileURL(file).href;
  return {
    ...NOTHING,
    links: [{ type: 'resource_link', uri, name: path, mimeType: TYPES[format] }],
  };
}

async function drawImage({ subgraph, notes }: GraphAnswer): Promise<Pictures> {
  const bytes = await smallPng(subgraph, { ...LOOK, notes, spelling: 'names' }, MOST_PNG_BYTES);
  if (bytes === null) return { ...NOTHING, notes: ['No image: it has more than 100 KB.'] };
  const data = Buffer.from(bytes).toString('base64');
  return { ...NOTHING, images: [{ type: 'image', data, mimeType: 'image/png' }] };
}

/** Letters, digits and dashes only. */
function toFileName(title: string): string {
  const name = title.replace(/[^A-Za-z0-9.@_]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
  return name.slice(0, MOST_FILE_NAME) || 'picture';
}
