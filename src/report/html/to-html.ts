import { createHash } from 'node:crypto';
import type { Subgraph } from '../../collect/picture/subgraph.js';
import { aboutReport, type Origin } from '../about.js';
import { type ColourKey, colourKeys } from '../dot/legend.js';
import type { DotOptions } from '../dot/to-dot.js';
import { fillTemplate, type Template } from '../fill-template.js';
import { chainSentences } from '../sentences.js';
import { describeLimits, describeMasked, describeSize } from '../summary.js';
import { readTextTemplate } from '../templates.js';
import { textTree } from '../text.js';
import { reportTitle } from '../title.js';
import { visibleText } from '../visible-text.js';
import { escapeHtml, escapeJsonInHtml } from './escape-html.js';
import { inlineSvg } from './inline-svg.js';
import { pageData } from './page-data.js';
import { type PageTheme, pageStyle } from './page-style.js';

/** The placeholders of an HTML template; docs/templates.md says what each stands for. */
export const HTML_PLACEHOLDERS = [
  ...['title', 'theme', 'policy', 'style', 'picture', 'legend', 'sentences', 'about', 'limits'],
  ...['masked', 'notes', 'tree', 'data', 'script'],
] as const;

type Options = DotOptions & Origin & { readonly template?: Template };

const SENTENCE_LENGTH = 1000;

/**
 * The page: one file that loads nothing and runs only its own script, which a policy in it enforces
 * by hashes. The same answer gives the same bytes.
 *
 * @param svg the picture, without title and legend: the page has its own.
 */
export function toHtml(subgraph: Subgraph, svg: string, options: Options): string {
  const theme: PageTheme = options.theme ?? 'auto';
  const style = pageStyle(theme);
  const script = readTextTemplate('report-view.js') + readTextTemplate('report.js');
  const json = escapeJsonInHtml(JSON.stringify(pageData(subgraph)));
  const page = options.template?.text ?? readTextTemplate('report.html');
  return fillTemplate(page, {
    title: escapeHtml(reportTitle(subgraph, options.title)),
    theme,
    policy: policyElement(style, script),
    style: `<style>${style}</style>`,
    picture: inlineSvg(svg, `${reportTitle(subgraph, options.title)} (${describeSize(subgraph)})`),
    legend: colourKeys(subgraph).map(keyElement).join('\n'),
    sentences: listElement(chainSentences(subgraph)),
    about: aboutElement([...aboutReport(subgraph, options), ...noteFacts(options.notes)]),
    limits: escapeHtml(describeLimits(subgraph, options.spelling)),
    masked: escapeHtml(describeMasked(subgraph) ?? ''),
    notes: listElement(options.notes ?? []),
    tree: `<pre>${textTree(subgraph).map(escapeHtml).join('\n').trimEnd()}</pre>`,
    data: `<script type="application/json" id="report-data">${json}</script>`,
    script: `<script type="module">${script}</script>`,
  } satisfies Record<(typeof HTML_PLACEHOLDERS)[number], string>);
}

/** Allows only what is in the page: no request, no other script, no form. */
function policyElement(style: string, script: string): string {
  const policy =
    `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; ` +
    "base-uri 'none'; form-action 'none'";
  return `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function keyElement({ name, meaning }: ColourKey): string {
  return `<span class="key key-${name}">${escapeHtml(meaning)}</span>`;
}

function listElement(sentences: readonly string[]): string {
  const items = sentences.map(
    (sentence) => `<li>${escapeHtml(visibleText(sentence, SENTENCE_LENGTH))}</li>`,
  );
  return items.length === 0 ? '' : `<ul>\n${items.join('\n')}\n</ul>`;
}

function aboutElement(facts: readonly (readonly [string, string])[]): string {
  const rows = facts.map(
    ([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`,
  );
  return `<dl class="about">\n${rows.join('\n')}\n</dl>`;
}

function noteFacts(notes: readonly string[] = []): (readonly [string, string])[] {
  return notes.map((note) => ['Note', visibleText(note, SENTENCE_LENGTH)]);
}
