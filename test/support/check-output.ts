import MarkdownIt from 'markdown-it';
import { type DefaultTreeAdapterMap, parse, defaultTreeAdapter as tree } from 'parse5';
import { SaxesParser } from 'saxes';
import { expect } from 'vitest';

/*
 * The rules for every output, whatever text the heap contains: well-formed for a strict parser of
 * its format, with no element, link or script but ours.
 */

type Element = DefaultTreeAdapterMap['element'];
type Node = DefaultTreeAdapterMap['node'];

const SVG_ELEMENTS = new Set([
  'svg',
  'g',
  'title',
  'desc',
  'a',
  'path',
  'polygon',
  'polyline',
  'text',
]);
const LOADING = /^(?:href|xlink:href|src|srcset|action|style|data)$|^on/i;

export function checkSvg(svg: string): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    expect(SVG_ELEMENTS).toContain(name);
    expect(Object.keys(attributes).filter((key) => LOADING.test(key))).toEqual([]);
  });
  parser.write(svg).close();
}

/** The page as a browser reads it; `elements` are all of them, in order. */
export interface ReadPage {
  readonly elements: readonly Element[];
  readonly textOf: (element: Element) => string;
}

export function checkHtml(html: string): ReadPage {
  const errors: string[] = [];
  const document = parse(html, { onParseError: ({ code }) => errors.push(code) });
  expect(errors).toEqual([]);
  const elements: Element[] = [];
  const visit = (node: Node) => {
    if (tree.isElementNode(node)) elements.push(node);
    if ('childNodes' in node) for (const child of node.childNodes) visit(child);
  };
  visit(document);
  const count = (name: string) => elements.filter(({ tagName }) => tagName === name).length;
  expect(['script', 'style', 'img', 'iframe', 'form', 'link', 'svg'].map(count)).toEqual([
    2, 1, 0, 0, 0, 0, 1,
  ]);
  const loading = elements.flatMap(({ attrs }) => attrs.filter(({ name }) => LOADING.test(name)));
  expect(loading).toEqual([]);
  return { elements, textOf };
}

function textOf(element: Element): string {
  const parts = element.childNodes.map((child) => {
    if (tree.isTextNode(child)) return child.value;
    return tree.isElementNode(child) ? textOf(child) : '';
  });
  return parts.join('');
}

const markdown = new MarkdownIt({ html: true, linkify: true });
// many readers make no link of a plain name such as evil.example, or app.py
markdown.linkify.set({ fuzzyLink: false });
const OWN_HTML = /^(?:<span>|<\/span>|<!-- In an issue, [^<>]*-->\s*)$/;

const OWN_TOKENS =
  /^(?:image|strong_open|strong_close|code_inline|softbreak|text|inline|fence|(?:heading|paragraph|bullet_list|list_item)_(?:open|close))$/;
/**
 * Text that GitHub turns into a link or a picture, wherever it is in one piece; for other readers
 * text with two slashes.
 */
const REFERENCE = /[@#$]\w|\bGH-\d|:[\w+-]+:|(?<![a-z\d])www\.|\/\//i;

/** Checks for the headings and items of a report, and nothing that loads, links or marks up. */
export function checkMarkdown(text: string): void {
  expect(faultsIn(text, OWN_HTML)).toEqual([]);
  expect(headingsIn(text)).toBe(4);
}

const SUMMARY_HTML =
  /^(?:<span>|<\/span>|<code>|<\/code>|<details><summary>[A-Z][a-z, ]+<\/summary>\s*|<\/details>\s*)$/;

/** The same of the summary of a job, which has parts to unfold, with as many headings. */
export function checkSummary(text: string, headings: number): void {
  expect(faultsIn(text, SUMMARY_HTML)).toEqual([]);
  expect(headingsIn(text)).toBe(headings);
}

function tokensOf(text: string) {
  return markdown.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])]);
}

function faultsIn(text: string, ownHtml: RegExp): readonly string[] {
  const wrong = tokensOf(text).filter(({ type, content, level }) => {
    if (type === 'html_inline' || type === 'html_block') return !ownHtml.test(content);
    if (type === 'text' && REFERENCE.test(content)) return true;
    // a deeper one is a list or quote within an item
    return !OWN_TOKENS.test(type) || level > 4;
  });
  return wrong.map(({ type, content }) => `${type}: ${content}`);
}

function headingsIn(text: string): number {
  return tokensOf(text).filter(({ type }) => type === 'heading_open').length;
}

const MERMAID_TEXT = '"(?:[A-Za-z0-9 ,]|[^\\x00-\\x7f]|#\\d+;|<br/>)+"';
const MERMAID_LINES = [
  /^flowchart TB$/,
  new RegExp(
    `^ {2}n\\d+(?:\\[\\[${MERMAID_TEXT}\\]\\]|\\[${MERMAID_TEXT}\\]|\\(${MERMAID_TEXT}\\)):::\\w+$`,
  ),
  new RegExp(`^ {2}n\\d+ (?:-->|-\\.->)(?:\\|${MERMAID_TEXT}\\|)? n\\d+$`),
  /^ {2}classDef \w+ [\w:,#-]+$/,
];

/**
 * Checks for only the four kinds of line we write, and text only in the form that Mermaid shows
 * literally.
 */
export function checkMermaid(text: string): void {
  const lines = text.trimEnd().split('\n');
  expect(lines.filter((line) => !MERMAID_LINES.some((pattern) => pattern.test(line)))).toEqual([]);
}

/** Checks for nothing that controls a terminal, and nothing invisible. */
export function checkPlainText(text: string): void {
  expect(text.replaceAll('\n', '')).not.toMatch(
    /[\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u,
  );
}

/** Checks for a PDF of one page, which ends where it should. */
export function checkPdf(bytes: Uint8Array): void {
  const text = Buffer.from(bytes).toString('latin1');
  expect(text.slice(0, 5)).toBe('%PDF-');
  expect(text.trimEnd().slice(-5)).toBe('%%EOF');
  expect(text.match(/\/Type \/Page\n/g)).toHaveLength(1);
}
