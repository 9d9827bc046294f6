import { dirname, extname, posix } from 'node:path';

/** `<!-- gallery: program timer -->` up to `<!-- end -->`: what is between them is filled in. */
const BLOCK = /(<!-- gallery: (\w+) ([\w-]+) -->\n)[\s\S]*?(<!-- end -->)/g;

/** Of pictures on a page; they have two pixels for each of a usual screen. */
const WIDTH = { alone: 480, beside: 400 };

const PARTS = { program, command, picture, tree, pair };

/** A page with the programs, commands, pictures and texts of its sections as they are now. */
export function fillPage(page, { text, sections, read }) {
  return text.replace(BLOCK, (_, begin, part, name, end) => {
    const section = sections.get(name);
    if (!(part in PARTS) || section === undefined) {
      throw new Error(`${page}: nothing is known to fill "${part} ${name}" with`);
    }
    const link = (path) => posix.relative(dirname(page), path);
    return `${begin}${PARTS[part](section, { link, read })}\n${end}`;
  });
}

function program({ program: path, programText }, { link }) {
  return `[${path}](${link(path)})\n\n${fenced(extname(path).slice(1), programText)}`;
}

function command({ name, source, ask, program: path }) {
  const out = `${name}.png`;
  const asked = `npx showbackref ${source} ${ask.join(' ')} --out ${out}`;
  if (source === path) return fenced('sh', asked);
  const open = `chromium --headless --remote-debugging-port=9222 ${path} &`;
  return fenced('sh', `${open}\n${asked}`);
}

function picture({ picture: path, sentences }, { link }) {
  return image(link(path), { alt: sentences.join(' '), width: WIDTH.alone });
}

function tree({ tree: text }) {
  return details('The same as text', fenced('text', text));
}

/** Objgraph's picture beside ours, and the two programs below. */
function pair({ name, program: path, programText, picture: ours, sentences }, { link, read }) {
  const theirs = `docs/images/compare/${name}-objgraph.png`;
  const python = `examples/compare/${name}.py`;
  const half = (file, alt) => image(link(file), { alt, width: WIDTH.beside });
  const cells = [
    half(theirs, `Drawn by objgraph from ${name}.py.`),
    half(ours, sentences.join(' ')),
  ];
  const rows = ['| objgraph | showbackref |', '|---|---|', `| ${cells.join(' | ')} |`];
  const programs = [fenced('python', read(python)), fenced('js', programText)].join('\n\n');
  return [rows.join('\n'), details(`${python}, ${path}`, programs)].join('\n\n');
}

function image(path, { alt, width }) {
  return `<img src="${path}" width="${width}" alt="${escapeAttribute(alt)}">`;
}

/** The table's own sign too. */
function escapeAttribute(text) {
  const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '|': '&#124;' };
  return text.replace(/[&<>"|]/g, (sign) => entities[sign]);
}

function details(summary, content) {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

function fenced(language, text) {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}
