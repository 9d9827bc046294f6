import type { Subgraph } from '../collect/subgraph.js';
import type { DotOptions } from './dot/to-dot.js';

/** What a report may say besides the graph; `legend` and `theme` matter to pictures only. */
export type ReportOptions = DotOptions;

/** One output format: everything the command line and the pipeline need to know about it. */
export interface OutputFormat {
  readonly name: string;
  /** With the dot, in lower case. */
  readonly extension: string;
  readonly description: string;
  /** Whether the finished output is bytes, which a terminal must not get. */
  readonly binary: boolean;
  /** What is left to do with the text `write` gives, which then is DOT: nothing, or to render it. */
  readonly picture: 'svg' | 'png' | null;
  /** Writes the report, or the DOT of a picture; loads what it needs when it is called. */
  readonly write: (subgraph: Subgraph, options: ReportOptions) => Promise<string>;
}

const FORMATS: readonly OutputFormat[] = [
  {
    name: 'png',
    extension: '.png',
    description: 'picture for a bug report',
    binary: true,
    picture: 'png',
    write: writePictureDot,
  },
  {
    name: 'svg',
    extension: '.svg',
    description: 'picture that stays sharp, text can be searched',
    binary: false,
    picture: 'svg',
    write: writePictureDot,
  },
  {
    name: 'dot',
    extension: '.dot',
    description: 'Graphviz source of the picture',
    binary: false,
    picture: null,
    write: writeDot,
  },
  {
    name: 'json',
    extension: '.json',
    description: 'nodes and references for another program',
    binary: false,
    picture: null,
    write: async (subgraph) => (await import('./json.js')).toJson(subgraph),
  },
  {
    name: 'txt',
    extension: '.txt',
    description: 'tree for a terminal',
    binary: false,
    picture: null,
    write: async (subgraph, options) => (await import('./text.js')).toText(subgraph, options),
  },
];

/** Every format, in the order the help names them. */
export const outputFormats: readonly OutputFormat[] = FORMATS;

/** The format of that name in any letter case, or null. */
export function findFormat(name: string): OutputFormat | null {
  return FORMATS.find((format) => format.name === name.toLowerCase()) ?? null;
}

/** The format a file name asks for by its extension in any letter case, or null. */
export function findFormatOfFile(fileName: string): OutputFormat | null {
  const lower = fileName.toLowerCase();
  return FORMATS.find(({ extension }) => lower.endsWith(extension)) ?? null;
}

async function writeDot(subgraph: Subgraph, options: ReportOptions): Promise<string> {
  return (await import('./dot/to-dot.js')).toDot(subgraph, options);
}

async function writePictureDot(subgraph: Subgraph, options: ReportOptions): Promise<string> {
  const { assertDrawable } = await import('./picture-limits.js');
  assertDrawable(subgraph);
  return writeDot(subgraph, options);
}
