import { decodeEntities } from '../util/decode-entities.js';

/**
 * The parsed output of Graphviz: an SVG of `renderSvg`, never any other. It consists of polygons,
 * polylines, paths, ellipses and one-line texts with plain attributes, moved once as a whole.
 */
export interface GraphvizPicture {
  /** In points. */
  readonly width: number;
  readonly height: number;
  /** The origin of the elements' coordinates. */
  readonly x: number;
  readonly y: number;
  /** In painting order. */
  readonly elements: readonly (DrawnShape | DrawnText)[];
}

/** An outline as SVG path data; a null colour means not filled, or not drawn. */
export interface DrawnShape {
  readonly path: string;
  readonly fill: string | null;
  readonly stroke: string | null;
  readonly width: number;
  /** Lengths of dash and gap; empty for a solid line. */
  readonly dash: readonly number[];
}

export interface DrawnText {
  readonly text: string;
  readonly x: number;
  /** The position of the baseline. */
  readonly y: number;
  readonly size: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly fill: string;
  /** The first name in the list of fonts, in its quotes if it has any. */
  readonly family: string;
}

type Attributes = ReadonlyMap<string, string>;

const SIZE = /viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/;
const ORIGIN = /<g id="graph0"[^>]* translate\(([-\d.]+) ([-\d.]+)\)"/;
const ELEMENT = /<(polygon|polyline|path|ellipse|text)\b([^>]*?)(?:\/>|>([^<]*)<\/text>)/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;

export function readGraphvizSvg(svg: string): GraphvizPicture {
  const [, width = '1', height = '1'] = SIZE.exec(svg) ?? [];
  const [, x = '0', y = '0'] = ORIGIN.exec(svg) ?? [];
  const elements = [...svg.matchAll(ELEMENT)].map(([, name = '', written = '', text = '']) => {
    const attributes = new Map(
      [...written.matchAll(ATTRIBUTE)].map(([, key, value]) => [key ?? '', value ?? '']),
    );
    return name === 'text' ? readText(attributes, text) : readShape(name, attributes);
  });
  return { width: Number(width), height: Number(height), x: Number(x), y: Number(y), elements };
}

function readShape(name: string, attributes: Attributes): DrawnShape {
  return {
    path: pathOf(name, attributes),
    fill: colourOf(attributes.get('fill') ?? 'black'),
    stroke: colourOf(attributes.get('stroke') ?? 'none'),
    width: numberOf(attributes, 'stroke-width', 1),
    dash: (attributes.get('stroke-dasharray') ?? '').split(',').filter(Boolean).map(Number),
  };
}

function pathOf(name: string, attributes: Attributes): string {
  if (name === 'path') return attributes.get('d') ?? '';
  if (name === 'ellipse') return ellipsePath(attributes);
  const points = (attributes.get('points') ?? '').trim().split(/\s+/).join('L');
  return `M${points}${name === 'polygon' ? 'Z' : ''}`;
}

function ellipsePath(attributes: Attributes): string {
  const [x, y] = [numberOf(attributes, 'cx', 0), numberOf(attributes, 'cy', 0)];
  const [rx, ry] = [numberOf(attributes, 'rx', 0), numberOf(attributes, 'ry', 0)];
  return `M${x - rx},${y}a${rx},${ry} 0 1 0 ${2 * rx},0a${rx},${ry} 0 1 0 ${-2 * rx},0Z`;
}

function readText(attributes: Attributes, written: string): DrawnText {
  const anchor = attributes.get('text-anchor');
  return {
    text: decodeEntities(written).replaceAll('\u00a0', ' '),
    x: numberOf(attributes, 'x', 0),
    y: numberOf(attributes, 'y', 0),
    size: numberOf(attributes, 'font-size', 14),
    anchor: anchor === 'middle' || anchor === 'end' ? anchor : 'start',
    fill: colourOf(attributes.get('fill') ?? '') ?? '#000000',
    family: (attributes.get('font-family') ?? '').split(',')[0] ?? '',
  };
}

function numberOf(attributes: Attributes, name: string, otherwise: number): number {
  const value = attributes.get(name);
  return value === undefined ? otherwise : Number(value);
}

function colourOf(value: string): string | null {
  if (value === 'none' || value === 'transparent') return null;
  return value === '' ? null : value;
}
