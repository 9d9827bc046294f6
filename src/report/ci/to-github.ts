import { showInvisible } from '../../util/show-invisible.js';
import { truncate } from '../../util/truncate.js';
import { escapeMarkdown, markdownCode, markdownFence } from '../markdown/escape-markdown.js';
import { isWithinMermaidLimits, toMermaid } from '../mermaid/to-mermaid.js';
import { toMarkdownTables } from '../tables/to-markdown-table.js';
import { textTree } from '../text.js';
import { type Check, type Finding, paragraphOf, type SourceSpot } from './check.js';
import { smallPicture } from './small-picture.js';

/** GitHub takes 1024 KiB for one step, and nothing of what is longer. */
const MOST_BYTES = 900_000;
/** A summary with more boxes would be too long. */
const MOST_BOXES = 12;
/** Findings of which a diagram is drawn: each of them takes the browser a moment. */
const MOST_DIAGRAMS = 10;
const TITLE_LENGTH = 200;
const TEXT_LENGTH = 1000;
const MOST_LINES = 200;
const MOST_ROWS = 50;

const VERDICTS: Readonly<Record<Finding['verdict'], string>> = {
  fails: '❌',
  accepted: '☑️',
  noted: 'ℹ️',
  passes: '✅',
};

/** Markdown for the summary of a job: sentence, diagram, and the tree as text to unfold. */
export function toGithub(check: Check): string {
  const parts = [
    `## showbackref ${check.command}: ${headWords(check)}\n`,
    ...(check.findings.length === 0 ? [paragraph(check.nothing)] : []),
    ...check.findings.map(toPart),
    ...(check.notes.length === 0
      ? []
      : [`${check.notes.map((note) => `* ${inline(note, TEXT_LENGTH)}`).join('\n')}\n`]),
    ...tableParts(check),
  ];
  return fitting(parts);
}

function headWords({ subject, findings }: Check): string {
  const failed = findings.filter(({ verdict }) => verdict === 'fails').length;
  const words = failed === 0 ? 'passed' : `${failed} failed`;
  return `${words}, ${inline(subject, TITLE_LENGTH)}`;
}

function toPart(finding: Finding, at: number): string {
  const { rule, title, verdict, reason, spot, picture } = finding;
  const place = spot === null ? '' : ` at ${markdownCode(placeOf(spot))}`;
  const sections = [
    `### ${VERDICTS[verdict]} ${rule}: ${inline(title, TITLE_LENGTH)}${place}`,
    inline(paragraphOf(finding), TEXT_LENGTH),
    ...(reason === null ? [] : [`Accepted: ${inline(reason, TEXT_LENGTH)}`]),
    ...(picture === null || verdict === 'accepted' || at >= MOST_DIAGRAMS
      ? []
      : pictureParts(picture)),
  ];
  return `${sections.join('\n\n')}\n`;
}

function pictureParts(picture: NonNullable<Finding['picture']>): readonly string[] {
  const small = smallPicture(picture, MOST_BOXES);
  const mermaid = toMermaid(small);
  const left = picture.nodes.length - small.nodes.length;
  const tree = textTree(picture).slice(0, MOST_LINES);
  return [
    ...(isWithinMermaidLimits(mermaid, small) ? [markdownFence(mermaid, 'mermaid')] : []),
    ...(left > 0
      ? [
          `The diagram shows ${small.nodes.length} of ${picture.nodes.length} boxes; the tree has them all.`,
        ]
      : []),
    `<details><summary>Who holds it, as text</summary>\n\n${markdownFence(tree.join('\n'), 'text')}\n\n</details>`,
  ];
}

function tableParts({ tables }: Check): readonly string[] {
  const short = tables.map((table) => ({ ...table, rows: table.rows.slice(0, MOST_ROWS) }));
  return short.length === 0
    ? []
    : [`<details><summary>Table</summary>\n\n${toMarkdownTables(short)}\n</details>\n`];
}

/** Whole parts as long as there is room; how many others there are is said. */
function fitting(parts: readonly string[]): string {
  const kept: string[] = [];
  let bytes = 0;
  for (const [at, part] of parts.entries()) {
    bytes += Buffer.byteLength(part) + 1;
    if (bytes > MOST_BYTES) {
      kept.push(`${parts.length - at} more parts did not fit into this summary.\n`);
      break;
    }
    kept.push(part);
  }
  return kept.join('\n');
}

function placeOf({ file, line }: SourceSpot): string {
  return line === null ? file : `${file}:${line}`;
}

function paragraph(text: string): string {
  return `${inline(text, TEXT_LENGTH)}\n`;
}

/** Without a blank in front, which would make code of it where it stands first. */
function inline(text: string, limit: number): string {
  return escapeMarkdown(truncate(showInvisible(text), limit).trim());
}
