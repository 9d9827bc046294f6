import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt({ html: true });

/** A file of the repository. */
export function pageOf(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** The code of a page in one language, block after block. */
export function blocksOf(path: string, language: string): readonly string[] {
  return markdown
    .parse(readFileSync(pageOf(path), 'utf8'), {})
    .filter(({ type, info }) => type === 'fence' && info.trim() === language)
    .map(({ content }) => content);
}

/** The lines of its shell blocks, without the comments after them. */
export function commandsOf(path: string): readonly string[] {
  return blocksOf(path, 'sh')
    .flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'))
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
}
