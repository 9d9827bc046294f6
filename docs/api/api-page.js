import { exportsOf } from './read-exports.js';

/**
 * The page that lists what can be imported.
 *
 * @param entries `{ name, file }` of each entry: what programs import, and the file with its types.
 * @param read returns the text of a file.
 */
export function apiPage(entries, read) {
  const listed = entries
    .map(({ name, file }) => ({ name, found: exportsOf(file, read).sort(byUse) }))
    .filter(({ found }) => found.length > 0);
  const seen = new Set();
  const parts = listed.flatMap(({ name, found }) => [
    `## ${name}`,
    ...found.flatMap((one) => (isNew(seen, one) ? sectionOf(one) : repeated(one))),
  ]);
  const head = [
    '# Everything that can be imported',
    `Generated from the types by \`npm run api\`. A change of this page is a change of the public interface.
[objgraph.md](objgraph.md) shows the functions in use.`,
    listed.map(({ name, found }) => `* \`${name}\`: ${summaryOf(found)}`).join('\n'),
  ];
  return `${[...head, ...parts].join('\n\n')}\n`;
}

/** Functions come before the types that they take and return. */
function byUse(a, b) {
  return Number(isType(a)) - Number(isType(b)) || a.name.localeCompare(b.name, 'en');
}

function isType({ text }) {
  return /^(?:interface|type) /.test(text);
}

function summaryOf(found) {
  const called = found.filter((one) => !isType(one)).map(({ name }) => `\`${name}\``);
  const types = found.length - called.length;
  return `${called.join(', ')}${types === 0 ? '' : `, and ${types} types`}`;
}

/** An entry may export again what another one has: it is described once. */
function isNew(seen, { name, text }) {
  const key = `${name}\n${text}`;
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

function repeated({ name }) {
  return [`\`${name}\`: see above.`];
}

function sectionOf({ name, comment, text }) {
  const description = proseOf(comment);
  return [`### ${name}`, ...(description === '' ? [] : [description]), `\`\`\`ts\n${text}\n\`\`\``];
}

/** A documentation comment as Markdown: tags as items, examples as code. */
function proseOf(comment) {
  const lines = comment.split('\n').map((line) => line.replace(/^ *\* ?/, '').trimEnd());
  const marked = lines.map((line) =>
    line
      .replace(/^@param (\S+)/, '* `$1`:')
      .replace(/^@returns/, '* returns')
      .replace(/^@throws/, '* throws')
      .replace(/\{@link (\S+?)\}/g, '`$1`')
      .replace(/\b([A-Z]+_\*)/g, '`$1`'),
  );
  return fenced(itemsApart(marked)).join('\n').trim();
}

/** An empty line before the first item, as Markdown wants it. */
function itemsApart(lines) {
  const isItem = (line) => line?.startsWith('* ');
  return lines.flatMap((line, index) => {
    const isFirst = isItem(line) && !lines.slice(0, index).some(isItem);
    return isFirst && lines[index - 1] !== '' ? ['', line] : [line];
  });
}

/** Code that is indented by four becomes a fenced block, as in all other pages. */
function fenced(lines) {
  const out = [];
  let isCode = false;
  for (const [index, line] of lines.entries()) {
    const isIndented = line.startsWith('    ');
    if (isIndented && !isCode && lines[index - 1] === '') {
      out.push('```js');
      isCode = true;
    } else if (isCode && !isIndented && line !== '') {
      closeCode(out);
      isCode = false;
    }
    out.push(isCode ? line.slice(4) : line);
  }
  if (isCode) closeCode(out);
  return out;
}

function closeCode(out) {
  while (out.at(-1) === '') out.pop();
  out.push('```', '');
}
