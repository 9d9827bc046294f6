import { Resvg } from '@resvg/resvg-js';

/** A drawn node or edge: its id, its lines as a reader sees them, its tooltip, its box. */
export interface DrawnElement {
  readonly id: string;
  readonly lines: readonly DrawnText[];
  readonly tooltip: string;
  /** Left and right end of the innermost outline. */
  readonly left: number;
  readonly right: number;
}

export interface DrawnText {
  readonly text: string;
  readonly x: number;
  readonly anchor: string;
  readonly size: number;
}

/** Throws in the same cases as a strict XML parser (resvg has one). */
export function assertXml(svg: string): void {
  new Resvg(svg, { font: { loadSystemFonts: false } });
}

/** The elements of one class in an SVG of Graphviz, by id. */
export function readSvg(svg: string, kind: 'node' | 'edge'): Map<string, DrawnElement> {
  const groups = svg.matchAll(
    new RegExp(`<g id="(\\w+)" class="${kind}">([\\s\\S]*?)\\n</g>(?=\\n<!--|\\n</g>|\\n<g)`, 'g'),
  );
  return new Map([...groups].map(([, id = '', body = '']) => [id, readElement(id, body)]));
}

export function readTexts(svg: string): DrawnText[] {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, attributes = '', text]) => ({
    text: decodeEntities(text ?? ''),
    x: Number(attributeOf(attributes, 'x')),
    anchor: attributeOf(attributes, 'text-anchor'),
    size: Number(attributeOf(attributes, 'font-size')),
  }));
}

function readElement(id: string, body: string): DrawnElement {
  const outline = /<(?:path|polygon) [^>]*?(?:points|\bd)="([^"]*)"/.exec(body)?.[1] ?? '';
  const xs = [...outline.matchAll(/(-?[\d.]+),-?[\d.]+/g)].map(([, x]) => Number(x));
  const tooltip = decodeEntities(/xlink:title="([^"]*)"/.exec(body)?.[1] ?? '');
  return { id, lines: readTexts(body), tooltip, left: Math.min(...xs), right: Math.max(...xs) };
}

function attributeOf(attributes: string, name: string): string {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  return text.replace(/&(#x?)?(\w+);/g, (_, number: string | undefined, name: string) => {
    if (number === undefined) return ENTITIES[name] ?? `?${name}?`;
    return String.fromCodePoint(Number.parseInt(name, number === '#x' ? 16 : 10));
  });
}
