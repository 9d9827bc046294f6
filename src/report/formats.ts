import type { Subgraph } from '../collect/picture/subgraph.js';
import type { MarkdownOptions } from './markdown/to-markdown.js';

/** The parts of a report besides the graph; each format takes from it what it can show. */
export type ReportOptions = MarkdownOptions;

/** Draws DOT; passed to a format by the caller, who has Graphviz. */
export interface Renderer {
  readonly svg: (dot: string) => Promise<string>;
  readonly png: (dot: string) => Promise<Uint8Array>;
  readonly pdf: (dot: string) => Promise<Uint8Array>;
}

/** One output format: everything that the command line and the pipeline need to know about it. */
export interface OutputFormat {
  readonly name: string;
  /** With the dot, in lower case. */
  readonly extension: string;
  readonly description: string;
  /** True if the finished output is bytes, which a terminal must not get. */
  readonly binary: boolean;
  /** A picture, a page with the picture in it, or text that needs no drawing. */
  readonly kind: 'picture' | 'page' | 'text';
  /** The placeholders that a user's template may contain; null if there is no template. */
  readonly placeholders: (() => Promise<readonly string[]>) | null;
  /** Writes the finished output; loads what it needs when called. */
  readonly write: (
    subgraph: Subgraph,
    options: ReportOptions,
    renderer: Renderer,
  ) => Promise<string | Uint8Array>;
}

const PICTURE = { binary: true, kind: 'picture', placeholders: null } as const;
const TEXT = { binary: false, kind: 'text', placeholders: null } as const;

const FORMATS: readonly OutputFormat[] = [
  {
    ...PICTURE,
    name: 'png',
    extension: '.png',
    description: 'picture for a bug report',
    write: async (subgraph, options, { png }) => png(await pictureDot(subgraph, options)),
  },
  {
    ...PICTURE,
    name: 'svg',
    extension: '.svg',
    description: 'picture that stays sharp, text can be searched',
    binary: false,
    write: writeSvg,
  },
  {
    ...PICTURE,
    name: 'pdf',
    extension: '.pdf',
    description: 'picture to print, text can be searched',
    write: async (subgraph, options, { pdf }) => pdf(await pictureDot(subgraph, options)),
  },
  {
    name: 'html',
    extension: '.html',
    description: 'page to explore: zoom, search, paths, details',
    binary: false,
    kind: 'page',
    placeholders: async () => (await import('./html/to-html.js')).HTML_PLACEHOLDERS,
    write: writeHtml,
  },
  {
    ...TEXT,
    name: 'md',
    extension: '.md',
    description: 'bug report for GitHub',
    placeholders: async () => (await import('./markdown/to-markdown.js')).MARKDOWN_PLACEHOLDERS,
    write: async (subgraph, options) =>
      (await import('./markdown/to-markdown.js')).toMarkdown(subgraph, options),
  },
  {
    ...TEXT,
    name: 'txt',
    extension: '.txt',
    description: 'tree for a terminal',
    write: async (subgraph, options) => (await import('./text.js')).toText(subgraph, options),
  },
  {
    ...TEXT,
    name: 'json',
    extension: '.json',
    description: 'nodes and references for another program',
    write: async (subgraph, options) => (await import('./json.js')).toJson(subgraph, options),
  },
  {
    ...TEXT,
    name: 'dot',
    extension: '.dot',
    description: 'Graphviz source of the picture',
    write: writeDot,
  },
  {
    ...TEXT,
    name: 'mmd',
    extension: '.mmd',
    description: 'Mermaid source, which GitHub draws',
    write: async (subgraph, options) =>
      (await import('./mermaid/to-mermaid.js')).toMermaid(subgraph, options),
  },
];

/** Every format, in the order of the help. */
export const outputFormats: readonly OutputFormat[] = FORMATS;

/** The format with that name in any letter case, or null. */
export function findFormat(name: string): OutputFormat | null {
  return FORMATS.find((format) => format.name === name.toLowerCase()) ?? null;
}

/** The format that a file name asks for by its extension in any letter case, or null. */
export function findFormatOfFile(fileName: string): OutputFormat | null {
  const lower = fileName.toLowerCase();
  return FORMATS.find(({ extension }) => lower.endsWith(extension)) ?? null;
}

async function writeDot(subgraph: Subgraph, options: ReportOptions): Promise<string> {
  return (await import('./dot/to-dot.js')).toDot(subgraph, options);
}

async function pictureDot(subgraph: Subgraph, options: ReportOptions): Promise<string> {
  const { assertDrawable } = await import('./picture-limits.js');
  assertDrawable(subgraph);
  return writeDot(subgraph, options);
}

async function writeSvg(
  subgraph: Subgraph,
  options: ReportOptions,
  { svg }: Renderer,
): Promise<string> {
  const { addTextAlternative, textAlternative } = await import('./text-alternative.js');
  const { fitText } = await import('./fit-text.js');
  const picture = fitText(await svg(await pictureDot(subgraph, options)));
  return addTextAlternative(picture, textAlternative(subgraph, options));
}

/** The page has its own title and legend, which can be read aloud and wrap. */
async function writeHtml(
  subgraph: Subgraph,
  options: ReportOptions,
  { svg }: Renderer,
): Promise<string> {
  const { toHtml } = await import('./html/to-html.js');
  const { theme, fonts, spelling } = options;
  const dot = await pictureDot(subgraph, {
    legend: false,
    ...(theme && { theme }),
    ...(fonts && { fonts }),
    ...(spelling && { spelling }),
  });
  return toHtml(subgraph, await svg(dot), options);
}
