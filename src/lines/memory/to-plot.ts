import { THEMES, type ThemeName } from '../../report/dot/theme.js';
import { escapeHtml } from '../../report/html/escape-html.js';
import { visibleText } from '../../report/visible-text.js';
import { formatBytes } from '../../util/format-bytes.js';
import { highest } from '../../util/many.js';
import { type Axis, axisFor, unitOf } from './axis.js';
import { type MemoryLog, peakOf, type Sample, type Series, type SeriesName } from './memory-log.js';

export interface PlotOptions {
  readonly theme: ThemeName;
  /** Default: the command that was run. */
  readonly title?: string;
}

const WIDTH = 900;
const HEIGHT = 470;
/** The area of the curves. */
const FIELD = { left: 78, top: 56, right: 872, bottom: 366 };
const LEGEND = { top: 428, left: 78, width: 265, height: 20, columns: 3 };
const MOST_TITLE = 100;
const FAMILY = `font-family="Helvetica,Arial,'Liberation Sans',Arimo,sans-serif"`;

interface Stroke {
  readonly light: string;
  readonly dark: string;
  /** The dash pattern that distinguishes the curve without colours. */
  readonly dashes: string;
  readonly words: string;
}

const STROKES: Readonly<Record<SeriesName, Stroke>> = {
  rss: { light: '#14171a', dark: '#f0f3f6', dashes: '', words: 'whole process (rss)' },
  heapTotal: {
    light: '#5b636d',
    dark: '#9aa4af',
    dashes: '6 3',
    words: 'heap, reserved (heapTotal)',
  },
  heapUsed: { light: '#0a58ca', dark: '#58a6ff', dashes: '', words: 'heap, in use (heapUsed)' },
  external: {
    light: '#1a7f37',
    dark: '#3fb950',
    dashes: '2 3',
    words: 'outside of the heap (external)',
  },
  arrayBuffers: {
    light: '#9a4c00',
    dark: '#f0a35e',
    dashes: '8 3 2 3',
    words: 'of it: arrayBuffers',
  },
};

/** Maps a sample to a position. */
interface Scale {
  readonly time: Axis;
  readonly memory: Axis;
  readonly unit: { readonly name: string; readonly bytes: number };
}

/**
 * Memory over time as SVG: axes with units, one curve per kind of memory, the peak marked by dashed
 * lines.
 */
export function toPlot(log: MemoryLog, { theme, title }: PlotOptions): string {
  const { background, text, quietText } = THEMES[theme];
  const scale = scaleOf(log.series);
  const shown = visibleText(title ?? log.command, MOST_TITLE) || 'Memory';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg width="${WIDTH}pt" height="${HEIGHT}pt" viewBox="0 0 ${WIDTH} ${HEIGHT}" xmlns="http://www.w3.org/2000/svg" role="img">`,
    `<title>${escapeHtml(`Memory over time: ${shown}`)}</title>`,
    `<polygon fill="${background}" stroke="none" points="0,0 ${WIDTH},0 ${WIDTH},${HEIGHT} 0,${HEIGHT}"/>`,
    `<g ${FAMILY} font-size="12" fill="${quietText}">`,
    words(WIDTH / 2, 32, shown, { anchor: 'middle', size: 16, fill: text }),
    ...gridOf(scale, theme),
    ...log.series.map((series) => curveOf(series, scale, theme)),
    ...peakMarks(log, scale, theme),
    ...log.series.flatMap((series, at) => legendOf(series, at, theme)),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function scaleOf(series: readonly Series[]): Scale {
  const most = highest(series.map((one) => peakOf(one).bytes));
  const last = highest(series.map(({ samples }) => samples.at(-1)?.time ?? 0));
  const unit = unitOf(most);
  return { time: axisFor(last, 10), memory: axisFor((most / unit.bytes) * 1.04, 6), unit };
}

function place({ time, bytes }: Sample, scale: Scale): { x: number; y: number } {
  const { left, right, top, bottom } = FIELD;
  const x = left + ((right - left) * time) / scale.time.end;
  const y = bottom - ((bottom - top) * bytes) / scale.unit.bytes / scale.memory.end;
  return { x, y };
}

function gridOf(scale: Scale, theme: ThemeName): readonly string[] {
  const { left, right, top, bottom } = FIELD;
  const { weakEdge, border } = THEMES[theme];
  const across = scale.memory.marks.flatMap((mark) => {
    const { y } = place({ time: 0, bytes: mark * scale.unit.bytes }, scale);
    const label = mark.toFixed(scale.memory.decimals);
    return [
      line(left, y, right, y, `stroke="${weakEdge}" stroke-opacity="0.35"`),
      words(left - 8, y + 4, label, { anchor: 'end' }),
    ];
  });
  const along = scale.time.marks.flatMap((mark) => {
    const { x } = place({ time: mark, bytes: 0 }, scale);
    const label = mark.toFixed(scale.time.decimals);
    return [
      line(x, bottom, x, bottom + 5, `stroke="${border}"`),
      words(x, bottom + 19, label, { anchor: 'middle' }),
    ];
  });
  const middle = (top + bottom) / 2;
  return [
    ...across,
    ...along,
    line(left, bottom, right, bottom, `stroke="${border}"`),
    line(left, top, left, bottom, `stroke="${border}"`),
    words((left + right) / 2, bottom + 38, 'Time (s)', { anchor: 'middle' }),
    `<g transform="rotate(-90 20 ${middle})">${words(20, middle, `Memory (${scale.unit.name})`, { anchor: 'middle' })}</g>`,
  ];
}

function curveOf(series: Series, scale: Scale, theme: ThemeName): string {
  const points = thin(series.samples, scale).map((sample) => {
    const { x, y } = place(sample, scale);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return `<polyline fill="none" ${strokeOf(series.name, theme)} stroke-linejoin="round" points="${points.join(' ')}"/>`;
}

function strokeOf(name: SeriesName, theme: ThemeName): string {
  const { dashes, ...colours } = STROKES[name];
  const dashed = dashes === '' ? '' : ` stroke-dasharray="${dashes}"`;
  return `stroke="${colours[theme]}" stroke-width="1.6"${dashed}`;
}

/**
 * Thins out samples: within half a point, keeps the first, lowest, highest and last; more cannot be
 * seen.
 */
function thin(samples: readonly Sample[], scale: Scale): readonly Sample[] {
  const columns = new Map<number, Sample[]>();
  for (const sample of samples) {
    const column = Math.round(place(sample, scale).x * 2);
    const known = columns.get(column);
    if (known === undefined) columns.set(column, [sample]);
    else known.push(sample);
  }
  return [...columns.values()].flatMap((own) => {
    if (own.length <= 4) return own;
    const byBytes = [...own].sort((a, b) => a.bytes - b.bytes);
    const kept = new Set([own[0], byBytes[0], byBytes.at(-1), own.at(-1)]);
    return own.filter((sample) => kept.has(sample));
  });
}

/** Dashed lines through the highest sample of the first curve, as memory_profiler draws them. */
function peakMarks(log: MemoryLog, scale: Scale, theme: ThemeName): readonly string[] {
  const [first] = log.series;
  if (first === undefined) return [];
  const peak = peakOf(first);
  const { x, y } = place(peak, scale);
  const { left, right, top, bottom } = FIELD;
  const colour = THEMES[theme].target.text;
  const dashes = `stroke="${colour}" stroke-dasharray="5 4"`;
  const label = `peak ${exactSize(peak.bytes)} at ${peak.time.toFixed(2)} s${beyond(log, peak)}`;
  const isRight = x > (left + right) / 2;
  return [
    line(left, y, right, y, dashes),
    line(x, top, x, bottom, dashes),
    words(isRight ? x - 6 : x + 6, y - 6, label, {
      anchor: isRight ? 'end' : 'start',
      fill: colour,
    }),
  ];
}

/** A note if the system measured a higher peak between two samples. */
function beyond({ peak }: MemoryLog, { bytes }: Sample): string {
  return peak !== null && peak > bytes * 1.01 ? `, for a moment ${exactSize(peak)}` : '';
}

function legendOf(series: Series, at: number, theme: ThemeName): readonly string[] {
  const { left, top, width, height, columns } = LEGEND;
  const x = left + width * (at % columns);
  const y = top + height * Math.floor(at / columns);
  const label = `${STROKES[series.name].words}, peak ${formatBytes(peakOf(series).bytes)}`;
  return [
    line(x, y - 4, x + 26, y - 4, strokeOf(series.name, theme)),
    words(x + 32, y, label, { size: 11 }),
  ];
}

/** Three digits more than usual: this is the number that people look for. */
function exactSize(bytes: number): string {
  const unit = unitOf(bytes);
  return `${(bytes / unit.bytes).toFixed(unit.bytes === 1 ? 0 : 1)} ${unit.name}`;
}

function line(x1: number, y1: number, x2: number, y2: number, look: string): string {
  const [a, b, c, d] = [x1, y1, x2, y2].map((value) => value.toFixed(1));
  return `<line x1="${a}" y1="${b}" x2="${c}" y2="${d}" ${look}/>`;
}

function words(
  x: number,
  y: number,
  content: string,
  { anchor = 'start', size, fill }: { anchor?: string; size?: number; fill?: string } = {},
): string {
  const look = [
    ...(size === undefined ? [] : [` font-size="${size}"`]),
    ...(fill === undefined ? [] : [` fill="${fill}"`]),
  ].join('');
  return `<text text-anchor="${anchor}" x="${x.toFixed(1)}" y="${y.toFixed(1)}"${look}>${escapeHtml(content)}</text>`;
}
