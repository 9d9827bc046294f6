import { readFileSync } from 'node:fs';
import { parseSync } from 'rolldown/experimental';

/** A row of the table in CONTRIBUTING.md. */
export interface AvoidedWords {
  /** The words; with ` …` at their end, only at the beginning of a comment. */
  readonly avoid: string;
  /** Words to write instead. */
  readonly write: string;
  /** Phrases that contain the words and are fine. */
  readonly except: readonly string[];
}

/** Words to avoid that were found in a file. */
export interface FoundWords {
  /** Starts at 1. */
  readonly line: number;
  readonly found: string;
  readonly write: string;
}

/** A comment, a string or the prose of a page. */
interface Passage {
  readonly text: string;
  readonly line: number;
  readonly isComment: boolean;
}

const BEGINNING = ' …';
/** Extensions of source files. */
const CODE = /\.[cm]?[jt]s$/;
/** Text in code spans names code, not things. */
const CODE_SPAN = /(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g;

/** Reads the rows of the table: words in code spans, what to write, and exceptions in code spans. */
export function readAvoidedWords(page: string): readonly AvoidedWords[] {
  const rows = page.split('\n').filter((line) => /^\| `/.test(line));
  return rows.flatMap((row) => {
    const [avoid = '', write = '', except = ''] = row.slice(1).split('|');
    return spansOf(avoid).map((words) => ({
      avoid: words,
      write: write.trim(),
      except: spansOf(except),
    }));
  });
}

/** Finds words to avoid in the comments and strings of a source file, or in the prose of a page. */
export function findAvoidedWords(
  file: string,
  text: string,
  rows: readonly AvoidedWords[],
): readonly FoundWords[] {
  // only few files contain such words at all, and only these are parsed
  if (!roughly(rows).test(text)) return [];
  const whole = { text: text.replace(/\n\s*(?:\*|\/\/)/g, '\n'), line: 1, isComment: false };
  const possible = rows.filter((row) => isAtBeginning(row) || findRow(whole, row).length > 0);
  if (!roughly(possible).test(text)) return [];
  const passages = CODE.test(file) ? passagesOfCode(file, text) : [proseOf(text)];
  return passages.flatMap((passage) => possible.flatMap((row) => findRow(passage, row)));
}

/** The same for a file on disk. */
export function checkWords(file: string, rows: readonly AvoidedWords[]): readonly string[] {
  const found = findAvoidedWords(file, readFileSync(file, 'utf8'), rows);
  return found.map((one) => `${file}:${one.line}: "${one.found}"; write: ${one.write}`);
}

function spansOf(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, words = '']) => words);
}

/** Matches words of any row in raw source text, where line breaks and `*` may divide them. */
function roughly(rows: readonly AvoidedWords[]): RegExp {
  const beginnings = rows.filter(isAtBeginning);
  const others = rows.filter((row) => !isAtBeginning(row));
  return new RegExp(`(?:[/*]\\s+(?:${anyOf(beginnings)})|\\b(?:${anyOf(others)}))(?!\\w)`);
}

function isAtBeginning({ avoid }: AvoidedWords): boolean {
  return avoid.endsWith(BEGINNING);
}

/** Never matches without rows. */
function anyOf(rows: readonly AvoidedWords[]): string {
  const patterns = rows.map(({ avoid }) => {
    const [first = '', ...rest] = avoid.replace(BEGINNING, '');
    const pattern = literally(rest.join('')).replaceAll(' ', '[\\s*/]+');
    return `[${first.toLowerCase()}${first.toUpperCase()}]${pattern}`;
  });
  return patterns.join('|') || '(?!)';
}

function findRow({ text, line, isComment }: Passage, row: AvoidedWords): readonly FoundWords[] {
  const isBeginning = isAtBeginning(row);
  if (isBeginning && !isComment) return [];
  const pattern = isBeginning
    ? new RegExp(`^\\s*${phrasePattern(row.avoid.replace(BEGINNING, ''))}`, 'g')
    : new RegExp(phrasePattern(row.avoid), 'gi');
  const fine = row.except.flatMap((words) => [
    ...text.matchAll(new RegExp(phrasePattern(words), 'gi')),
  ]);
  return [...text.matchAll(pattern)]
    .filter((match) => !fine.some((exception) => overlap(match, exception)))
    .map((match) => ({
      line: line + text.slice(0, match.index).split('\n').length - 1,
      found: match[0].trim().replace(/\s+/g, ' '),
      write: row.write,
    }));
}

function overlap(a: RegExpExecArray, b: RegExpExecArray): boolean {
  return a.index < b.index + b[0].length && b.index < a.index + a[0].length;
}

/** Whole words, with any white space between them. */
function phrasePattern(words: string): string {
  const end = /\w$/.test(words) ? '(?![\\w-])' : '';
  return `(?<![\\w-])${words.split(' ').map(literally).join('\\s+')}${end}`;
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function passagesOfCode(file: string, text: string): readonly Passage[] {
  const { comments, program } = parseSync(file, text);
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  const blocks: { start: number; end: number }[] = [];
  for (const { start, end, type } of comments) {
    const last = blocks.at(-1);
    const isNextLine = last !== undefined && /^\n[ \t]*$/.test(text.slice(last.end, start));
    if (type === 'Line' && isNextLine) last.end = end;
    else blocks.push({ start, end });
  }
  return [
    ...blocks.map(({ start, end }) => ({
      text: withoutCode(withoutMarks(text.slice(start, end))),
      line: lineAt(start),
      isComment: true,
    })),
    ...stringsOf(program).map(({ start, end }) => ({
      text: withoutCode(text.slice(start + 1, end - 1)),
      line: lineAt(start),
      isComment: false,
    })),
  ];
}

function proseOf(page: string): Passage {
  const lines = page.replace(/^(```+)[\s\S]*?^\1/gm, blank).split('\n');
  const text = lines.map((line) => (/^ {4}\S/.test(line) ? '' : line)).join('\n');
  return { text: withoutCode(text), line: 1, isComment: false };
}

function withoutMarks(comment: string): string {
  const lines = comment.replace(/\*\/$/, '').split('\n');
  const texts = lines.map((line) => line.replace(/^\s*(?:\/\*\*?|\/\/|\*)? ?/, ''));
  return texts.map((line) => (/^ {4}/.test(line) ? '' : line)).join('\n');
}

function withoutCode(text: string): string {
  return text.replace(CODE_SPAN, blank);
}

/** As many characters that belong to no word; line breaks stay. */
function blank(text: string): string {
  return text.replace(/[^\n]/g, '·');
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Strings and parts of templates with several words in them; names of modules are code. */
function stringsOf(program: object): readonly Range[] {
  const found: Range[] = [];
  const open: unknown[] = [program];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null) continue;
    if (isText(node)) found.push(node);
    for (const value of Object.values(node)) if (typeof value === 'object') open.push(value);
  }
  return found;
}

function isText(node: object): node is Range {
  const { type, value } = node as { type?: unknown; value?: unknown };
  if (type === 'Literal') return typeof value === 'string' && value.includes(' ');
  return type === 'TemplateElement';
}
