import { escapeHtml } from '../../report/html/escape-html.js';
import type { LineReport, LineRow, LineTable } from './line-table.js';

const STYLE = `body{font:14px/1.4 system-ui,sans-serif;margin:2em;color:#1a1a1a;background:#fff}
h1{font-size:1.2em}h2{font-size:1em;margin:2em 0 .5em}
table{border-collapse:collapse;font:13px/1.5 ui-monospace,monospace}
th{text-align:right;border-bottom:2px solid #888;padding:0 .8em}
th:last-child,td:last-child{text-align:left;white-space:pre}
td{text-align:right;padding:0 .8em}
@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#161616}}`;

/** A self-contained page, without script: each line is as red as its share of the whole. */
export function toLineHtml({ title, tables, notes }: LineReport): string {
  const page = [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>`,
    `<body><h1>${escapeHtml(title)}</h1>`,
    ...tables.map(toTable),
    ...notes.map((note) => `<p>${escapeHtml(note)}</p>`),
    '</body></html>',
  ];
  return `${page.join('\n')}\n`;
}

function toTable({ heading, columns, rows, notes }: LineTable): string {
  const titles = [...columns, 'Line Contents'].map((name) => `<th>${escapeHtml(name)}</th>`);
  return [
    `<h2>${heading.map(escapeHtml).join('<br>')}</h2>`,
    `<table><thead><tr>${titles.join('')}</tr></thead><tbody>`,
    ...rows.map(toRow),
    '</tbody></table>',
    ...notes.map((note) => `<p>${escapeHtml(note)}</p>`),
  ].join('\n');
}

function toRow({ cells, text, heat }: LineRow): string {
  const style = heat > 0 ? ` style="background:rgba(220,50,30,${(heat * 0.6).toFixed(3)})"` : '';
  const shown = [...cells, text.replaceAll('\t', '    ')];
  return `<tr${style}>${shown.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
}
