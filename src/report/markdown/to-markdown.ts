import type { Subgraph } from '../../collect/picture/subgraph.js';
import { aboutReport, type Origin } from '../about.js';
import type { Abridged } from '../budget/fit-graph.js';
import type { DotOptions } from '../dot/to-dot.js';
import { fillTemplate, type Template } from '../fill-template.js';
import { isWithinMermaidLimits, toMermaid } from '../mermaid/to-mermaid.js';
import { chainSentences } from '../sentences.js';
import { describeLimits, describeMasked } from '../summary.js';
import { readTextTemplate } from '../templates.js';
import type { TextDecor } from '../terminal/text-decor.js';
import { textTree } from '../text.js';
import { questionOf, reportTitle } from '../title.js';
import { visibleText } from '../visible-text.js';
import { escapeMarkdown, markdownCode, markdownFence } from './escape-markdown.js';

/** The placeholders of a Markdown template; docs/templates.md says what each stands for. */
export const MARKDOWN_PLACEHOLDERS = [
  ...['title', 'picture', 'sentences', 'tree', 'about', 'limits', 'masked', 'notes', 'mermaid'],
] as const;

/** Options of a Markdown report. */
export interface MarkdownOptions extends DotOptions, Origin {
  readonly template?: Template;
  /** The path from this file to a picture written in the same run. */
  readonly picture?: string;
  /** The width of a tree in columns; default: 80. */
  readonly width?: number;
  /** Of a picture that does not have all there is. */
  readonly abridged?: Abridged;
  /** Of a tree for a terminal. */
  readonly decor?: TextDecor;
}

const SENTENCE_LENGTH = 1000;

/** A bug report for GitHub and others that read Markdown: `templates/issue.md`, filled in. */
export function toMarkdown(subgraph: Subgraph, options: MarkdownOptions): string {
  const { picture, abridged } = options;
  const notes = abridged?.hasNotes === false ? [] : (options.notes ?? []);
  const title = options.title
    ? escapeMarkdown(reportTitle(subgraph, options.title).trim())
    : questionOf(subgraph, markdownCode);
  // the tree says the same in fewer words
  const mermaid = abridged === undefined ? mermaidBlock(subgraph, options) : '';
  const page = options.template?.text ?? readTextTemplate('issue.md');
  const report = fillTemplate(page, {
    title,
    picture: picture === undefined ? mermaid : pictureLink(picture, title),
    sentences: list(abridged?.sentences ?? chainSentences(subgraph)),
    tree: markdownFence(
      textTree(subgraph, { ...(options.width && { width: options.width }) }).join('\n'),
      'text',
    ),
    about: aboutReport(subgraph, options).map(aboutLine).join('\n'),
    limits: escapeMarkdown(describeLimits(subgraph, options.spelling)),
    masked: escapeMarkdown(describeMasked(subgraph) ?? ''),
    notes: [list(notes), ...nextLines(abridged)].filter((line) => line !== '').join('\n'),
    mermaid,
  } satisfies Record<(typeof MARKDOWN_PLACEHOLDERS)[number], string>);
  // where a block is left out, so is the space around it
  return abridged === undefined ? report : report.replace(/\n{3,}/g, '\n\n');
}

/** To be copied, so shown as code. */
function nextLines(abridged: Abridged | undefined): readonly string[] {
  return abridged?.next.map((step) => `- ${markdownCode(step)}`) ?? [];
}

/** A block that GitHub draws in the text of an issue, where a picture has to be added by hand. */
function mermaidBlock(subgraph: Subgraph, options: MarkdownOptions): string {
  const text = toMermaid(subgraph, options);
  if (isWithinMermaidLimits(text, subgraph)) return markdownFence(text, 'mermaid');
  return 'The graph is too large for a diagram in Markdown; draw it as a file such as graph.svg.';
}

/** A link to the picture, with a comment for the person who pastes this into an issue. */
function pictureLink(path: string, title: string): string {
  const url = path.split('/').map(encodeURIComponent).join('/');
  return `<!-- In an issue, put the picture in the place of the next line. -->\n![${title}](${escapeParentheses(url)})`;
}

function escapeParentheses(url: string): string {
  return url.replaceAll('(', '%28').replaceAll(')', '%29');
}

function list(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${itemText(sentence)}`).join('\n');
}

function aboutLine([name, value]: readonly [string, string]): string {
  const text = name === 'Asked by' ? markdownCode(value) : escapeMarkdown(value);
  return `- **${name}**: ${text}`;
}

/** Without a leading blank, because several would make code of the text. */
function itemText(sentence: string): string {
  return escapeMarkdown(visibleText(sentence, SENTENCE_LENGTH).trim());
}
